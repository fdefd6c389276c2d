"""A phone that made marks without a line, and sends them an hour later."""

import uuid
from datetime import timedelta

from club.records.attendance.models import AttendanceMark
from tests.records.kit import every
from tests.support.factories import NOW

MINUTE = timedelta(minutes=1)
#: When the phone sends; the session began an hour before.
SENT = NOW + 60 * MINUTE


def address(run):
    return f"/teaching/runs/{run.code}/attendance/marks?session={run.sessions[0].public_id}"


def milliseconds(moment):
    return round(moment.timestamp() * 1000)


def tapped(person, mark, made_at=NOW, seen=None, **given):
    return {
        "id": str(uuid.uuid4()),
        "person": str(person.public_id),
        "mark": mark,
        "made_at": milliseconds(made_at),
        "seen": seen,
    } | given


def send(who, run, *taps, sent_at=SENT, account=None):
    """As ``who`` from a phone on which ``account`` made the marks; nobody else unless told."""
    client, owner = who
    body = {
        "account": str((account or owner).person.public_id),
        "sent_at": milliseconds(sent_at),
        "marks": list(taps),
    }
    return client.post(address(run), json=body)


def times():
    return [(m.mark, m.marked_at) for m in every(AttendanceMark)]
