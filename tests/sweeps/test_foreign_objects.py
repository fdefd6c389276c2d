from urllib.parse import urlsplit

import pytest
from werkzeug.routing import Rule

from tests.support.demo import load_small_demo, visitors
from tests.sweeps.foreign_objects import EVERYBODY, TABLE, Door, doors

KEPT_OUT = {401, 403, 404, 405}


def rules_with_objects(app) -> list[Rule]:
    return [r for r in app.url_map.iter_rules() if r.arguments and r.endpoint != "static"]


def test_every_route_with_a_placeholder_is_in_the_table(app):
    endpoints = {rule.endpoint for rule in rules_with_objects(app)}
    assert endpoints - set(TABLE) == set()
    assert set(TABLE) - endpoints == set()


def test_the_table_names_only_visitors_that_come():
    assert {v for endpoint in TABLE for door in doors(endpoint) for v in door.may} <= EVERYBODY


@pytest.mark.slow
def test_nobody_reaches_what_belongs_to_somebody_else(app, sign_in):
    load_small_demo()
    clients = visitors(app, sign_in)
    surprises = [
        surprise
        for rule in rules_with_objects(app)
        for door in doors(rule.endpoint)
        for surprise in try_door(app, rule, door, clients)
    ]
    assert "\n".join(surprises) == ""


def try_door(app, rule: Rule, door: Door, clients) -> list[str]:
    address = address_of(app, rule, door.to())
    surprises = []
    for visitor, client in clients.items():
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            if visitor in door.may and method != "GET":
                continue  # would change the club for those who come after
            answer = client.open(address, method=method)
            if got_in(answer) != (visitor in door.may) and not said_elsewhere(door, answer):
                surprises.append(f"{visitor}: {method} {address} -> {answer.status_code}")
    return surprises


def address_of(app, rule: Rule, values: dict[str, object]) -> str:
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=next(iter(rule.methods & {"GET", "POST"})))  # fmt: skip


def got_in(answer) -> bool:
    if answer.status_code == 302:
        return urlsplit(answer.headers["Location"]).path not in {"/login", "/login/again"}
    return answer.status_code not in KEPT_OUT


def said_elsewhere(door, answer) -> bool:
    """A link with a wrong token is open to all, and may tell them that there is nothing."""
    return door.may == EVERYBODY and answer.status_code == 404
