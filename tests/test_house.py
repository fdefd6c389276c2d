"""The house stands, and its test commands leave out what they say and no more."""

import re
import subprocess
from itertools import combinations
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

from tests.support.factories import a_run, an_account

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
MARKERS = ("browser", "pages", "site", "slow", "stories")
COMBINATIONS = {marks for n in range(len(MARKERS) + 1) for marks in combinations(MARKERS, n)}


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


@pytest.mark.parametrize(
    ("changed", "looked_at"),
    [("templates/web/error.html", "templates/web/error.html"), ("pyproject.toml", "templates")],
)
def test_templates_are_looked_at_again_when_they_or_what_is_asked_of_them_change(
    changed, looked_at
):
    command = ["make", "--dry-run", f"--what-if={changed}", ".djlint_cache/looked_at"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    given = re.search(r"djlint --check --lint --quiet (.*)", said)[1].split()
    assert {looked_at, "templates"}.intersection(given)


def test_what_opens_pages_is_marked(request, client):
    assert request.node.get_closest_marker("pages")


def test_what_opens_none_is_not_marked(request):
    assert not request.node.get_closest_marker("pages")
