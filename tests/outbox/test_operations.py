import pytest
from sqlalchemy import select

from club.db import db, transaction
from club.outbox.models import Letter, LetterState
from club.outbox.operations import write_letter
from tests.support.factories import NOW, a_person
from tests.support.letters import letter_with


def write(**given):
    defaults = {
        "kind": "test.kind",
        "event_key": "test:1",
        "person_id": None,
        "recipient": "an@example.vn",
        "language": "vi",
        "subject": "Lớp 5S",
        "body_text": "Chào chị.\n",
        "now": NOW,
    }
    return letter_with(write_letter(**defaults | given))


def letters():
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def test_a_letter_waits_to_be_sent_at_once():
    person = a_person()
    letter = write(person_id=person.id)
    assert letters() == [letter]
    assert (letter.state, letter.next_attempt_at, letter.attempts) == (LetterState.WAITING, NOW, 0)
    assert letter.public_id is not None


def test_one_event_makes_one_letter():
    assert write() is not None
    assert write(subject="Again") is None
    assert [letter.subject for letter in letters()] == ["Lớp 5S"]


def test_a_letter_goes_with_the_transaction_that_caused_it():
    def fail_after_writing():
        with transaction():
            write()
            raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        fail_after_writing()
    assert letters() == []


def test_a_line_break_in_the_subject_or_recipient_becomes_a_space():
    letter = write(subject="Lớp\r\nBcc: x@y.vn", recipient="an@example.vn\n")
    assert letter.subject == "Lớp Bcc: x@y.vn"
    assert letter.recipient == "an@example.vn"
