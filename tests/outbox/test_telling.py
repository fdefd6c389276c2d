"""Everybody is told everything by one mechanism."""

from pathlib import Path

from club.outbox.telling import Reader, tell
from tests.support.factories import NOW, a_person
from tests.support.letters import letter_with

ROOMS = Path(__file__).parents[2] / "club"
EMPLOYMENT = {"organisation": "Xưởng Gốm", "from_day": NOW.date()}


def test_letters_are_written_nowhere_else():
    writing = {
        path.relative_to(ROOMS).as_posix()
        for path in ROOMS.rglob("*.py")
        if "write_letter" in path.read_text(encoding="utf-8")
    }
    assert writing == {"outbox/operations.py", "outbox/telling.py"}


def test_the_same_event_is_told_once():
    reader = Reader(a_person().id, "Nguyễn Văn An", "an@club.example", "vi", signs_in=True)
    told = [tell(reader, "people.employment", event=7, words=EMPLOYMENT, now=NOW) for _ in "12"]
    letter = letter_with(told[0])
    assert told[1] is None
    assert letter.event_key == "people.employment:7"
    assert letter.recipient == "an@club.example"
    assert letter.in_site


def test_of_an_address_that_may_be_anybodys_the_site_says_nothing():
    reader = Reader(
        a_person().id, "Nguyễn Văn An", "an@club.example", "vi", signs_in=True, is_known=False
    )
    letter = letter_with(tell(reader, "people.employment", event=8, words=EMPLOYMENT, now=NOW))
    assert letter.person_id is None
    assert not letter.in_site
