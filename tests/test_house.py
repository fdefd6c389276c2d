"""The house stands, and its test commands leave out what they say and no more."""

import re
from itertools import chain, combinations
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

from tests.support.factories import a_run, an_account

MAKEFILE = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
MARKERS = ("browser", "pages", "site", "slow")
COMBINATIONS = set(chain.from_iterable(combinations(MARKERS, n) for n in range(5)))


def test_the_house_answers(client):
    assert client.get("/healthz").json == {"alive": True}


def test_factories_save(sign_in):
    run = a_run(sessions=2)
    assert [s.minutes for s in run.sessions] == [240, 240]
    assert sign_in(an_account()).get("/healthz").status_code == 200


def taken_by(target):
    """Which combinations of markers this target of the Makefile runs."""
    recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", MAKEFILE, re.MULTILINE)[1]
    chosen = Expression.compile(re.search(r"-m \"?([a-z ]+)\"?$", recipe, re.MULTILINE)[1])
    return {
        marks for marks in COMBINATIONS if chosen.evaluate(lambda name, m=marks, **_: name in m)
    }


def test_check_takes_what_has_no_marker_and_nothing_else():
    assert taken_by("check") == {()}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_whatever_its_markers_a_test_is_run_by_make_test(engine):
    parts = re.search(r"^test:(.*)##", MAKEFILE, re.MULTILINE)[1].split()
    assert set(parts) == {"lint", "test-sqlite", "test-postgresql", "test-site", "test-browser"}
    everywhere = taken_by("test-browser") | taken_by("test-site")
    assert COMBINATIONS - taken_by(f"test-{engine}") - everywhere == set()


def test_what_opens_pages_is_marked(request, client):
    assert request.node.get_closest_marker("pages")


def test_what_opens_none_is_not_marked(request):
    assert not request.node.get_closest_marker("pages")
