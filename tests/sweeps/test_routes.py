"""Every address says who may enter and keeps the manner of the others."""

import re

import pytest

from club.accounts.models import RoleName
from club.web.access import Audience
from tests.support.factories import an_account

#: Files of the design and nothing else: what stands there is everybody's.
OPEN_BY_NATURE = {"static"}
#: Placeholders of Flask-Security's own addresses are signed tokens that it reads itself.
LIBRARYS = "security."


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in OPEN_BY_NATURE]


def test_every_route_says_who_may_enter(app):
    silent = {
        f"{rule.rule} ({rule.endpoint})"
        for rule in rules(app)
        if not getattr(app.view_functions[rule.endpoint], "audiences", None)
    }
    assert silent == set()


def test_every_audience_is_a_role():
    general = {Audience.EVERYONE.value, Audience.SIGNED_IN.value}
    assert {a.value for a in Audience} - general <= {r.value for r in RoleName}


def test_addresses_are_in_kebab_case_with_typed_placeholders(app):
    fixed = [(rule, re.sub(r"<[^>]*>", "", rule.rule)) for rule in rules(app)]
    untidy = {rule.rule for rule, words in fixed if not re.fullmatch(r"[a-z0-9/.\-]*", words)}
    untyped = {
        rule.rule
        for rule in rules(app)
        if re.search(r"<[^:>]+>", rule.rule) and not rule.endpoint.startswith(LIBRARYS)
    }
    assert (untidy, untyped) == (set(), set())


def test_no_address_changes_something_when_it_is_only_read(app):
    """GET and POST of one address are two functions, or one that looks at the method."""
    writes = {"delete", "remove", "withdraw", "accept", "publish", "cancel", "logout"}
    read_only = {
        rule.rule
        for rule in rules(app)
        if rule.methods <= {"GET", "HEAD", "OPTIONS"}
        and rule.rule.rstrip("/").rsplit("/", 1)[-1] in writes
    }
    assert read_only == set()


def with_numbers(app):
    """Method and address of each route that has a number in it, the number left open."""
    return sorted(
        (method, re.sub(r"<int:[^>]*>", "{}", rule.rule))
        for rule in rules(app)
        if "<int:" in rule.rule
        for method in rule.methods & {"GET", "POST"}
    )


@pytest.mark.parametrize("number", [10**9 - 1, 2**31, 10**30, "9" * 5000, "²", "-1"])
def test_a_number_that_no_row_has_is_not_found(app, sign_in, number):
    """Not an error of a database that cannot count so far."""
    browser = sign_in(an_account(*RoleName))
    other = {"<uuid:public_id>": "5f0c2a51-6a1b-4d0e-9f27-2f6d3f6c1a11", "<string:code>": "X-1"}
    answers = {}
    for method, address in with_numbers(app):
        for placeholder, value in other.items():
            address = address.replace(placeholder, value)  # noqa: PLW2901
        answers[method, address] = browser.open(
            address.format(*[number] * address.count("{}")), method=method
        ).status_code
    assert len(answers) > 8
    assert {key: status for key, status in answers.items() if status != 404} == {}
