import secrets

from club.outbox.operations import write_letter
from tests.support.demo import TODAY
from tests.support.factories import a_person


def letter():
    written = write_letter(
        kind="test",
        event_key=f"test:{secrets.token_hex(4)}",
        person_id=None,
        recipient="nguoi-khac@example.vn",
        language="vi",
        subject="Chào",
        body_text="Chào anh chị.",
        now=TODAY,
    )
    return {"public_id": written}


def another_notice():
    """Told to somebody who is none of the visitors."""
    written = write_letter(
        kind="registration.confirmed",
        event_key=f"test:{secrets.token_hex(4)}",
        person_id=a_person().id,
        recipient="nguoi-khac@example.vn",
        language="vi",
        subject="Chào",
        body_text="Chào anh chị.",
        now=TODAY,
    )
    return {"public_id": written}
