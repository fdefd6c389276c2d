"""Every address says who may enter and keeps the manner of the others."""

import re

from club.accounts.models import RoleName
from club.web.access import Audience

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
