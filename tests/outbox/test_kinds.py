"""Every letter that a room can write has been thought about."""

import re
from pathlib import Path

from club.outbox.kinds import KINDS, Matter, kind_called

ROOT = Path(__file__).parents[2]
LETTERS = [
    path for path in (ROOT / "templates").glob("*/letters/*.txt") if not path.name.startswith("_")
]


def kind_of(path):
    return f"{path.parts[-3]}.{path.stem}"


def test_every_letter_stands_in_the_table_and_nothing_else_does():
    assert {kind_of(path) for path in LETTERS} == set(KINDS)


def test_no_secret_link_is_ever_shown_as_a_notice():
    secret = {kind_of(p) for p in LETTERS if re.search(r"\btoken\b", p.read_text(encoding="utf-8"))}
    assert secret
    assert {kind for kind in secret if KINDS[kind].in_site} == set()


def test_what_nobody_has_thought_about_goes_at_once_and_is_not_shown():
    unlisted = kind_called("nobody.knows")
    assert (unlisted.waits, unlisted.in_site, unlisted.matter.is_optional) == (False, False, False)


def test_only_reminders_good_news_and_questions_can_be_turned_off():
    assert {m for m in Matter if m.is_optional} == {
        Matter.REMINDERS, Matter.CERTIFICATES, Matter.COURSES, Matter.MATERIALS,
        Matter.FEEDBACK, Matter.FOLLOW_UPS, Matter.EXPIRY, Matter.FIGURES,
    }  # fmt: skip
    assert {kind.matter for kind in KINDS.values()} == set(Matter)
