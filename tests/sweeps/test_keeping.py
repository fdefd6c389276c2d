"""Who may keep an answer: nobody, where it is about somebody."""

import pytest

from tests.support.demo import ANONYMOUS, STRANGER, load_small_demo, visitors
from tests.sweeps.foreign_objects import doors
from tests.sweeps.test_foreign_objects import address_of, rules_with_objects
from tests.sweeps.test_pages import addresses

#: The same for everybody, whoever asks.
FOR_EVERYBODY = {
    "public, max-age=300": {"/calendar.ics", "/verify/status/revocation/0"},
    "public, no-cache": {"/knowledge/5s/picture.png"},
    "no-cache": {"/teaching/service-worker.js"},
}
#: Large, or asked for again and again: kept by its reader's own programs, and only by them.
BY_ITS_READER = {"/file", "/calendar/", "/search/suggestions.json", "/knowledge/pictures/"}
WALKED_BY = (ANONYMOUS, STRANGER, "member", "coordinator", "administrator")


def all_addresses(app):
    yield from addresses(app)
    for rule in rules_with_objects(app):
        if "GET" in rule.methods:
            yield from (address_of(app, rule, door.to()) for door in doors(rule.endpoint))


def complaint(answer, address, *, signed_in) -> str:
    said = answer.headers.get("Cache-Control", "")
    if address in FOR_EVERYBODY.get(said, ()):
        return ""
    if "public" in said or (signed_in and "private" not in said):
        return said or "nothing"
    by_reader = any(part in address for part in BY_ITS_READER)
    return said if signed_in and not by_reader and "no-store" not in said else ""


@pytest.mark.slow
def test_what_is_personal_is_kept_by_nobody(app, sign_in):
    load_small_demo()
    clients = {name: c for name, c in visitors(app, sign_in).items() if name in WALKED_BY}
    wrong = {
        f"{visitor} {address}: {said}"
        for address in all_addresses(app)
        for visitor, client in clients.items()
        if (said := complaint(client.get(address), address, signed_in=visitor != ANONYMOUS))
    }
    assert wrong == set()
