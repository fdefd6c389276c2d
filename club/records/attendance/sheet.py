"""The list that people sign on paper, as a PDF."""

from collections.abc import Sequence
from datetime import datetime

from club import clock
from club.courses.models import Run, Session
from club.documents.pdf import pdf
from club.documents.qr import qr_drawing
from club.records.attendance.lists import Entry

#: Lines left empty for those who come without having registered.
_EMPTY_LINES = 5


def sign_in_sheet(  # noqa: PLR0913  what is printed, and where it leads
    run: Run,
    meeting: Session,
    number: int | None,
    entries: Sequence[Entry],
    *,
    club_name: str,
    list_address: str,
    now: datetime,
) -> bytes:
    """Vietnamese, whoever asks: it hangs in the room. The QR code leads to the list."""
    begins, ends = clock.local(meeting.starts_at), clock.local(meeting.ends_at)
    data = {
        "club": club_name,
        "course": run.course.title,
        "run": run.code,
        "session": f"Buổi {number}" if number else "",
        "when": f"{begins:%H:%M} – {ends:%H:%M}, ngày {begins:%d/%m/%Y}",
        "place": meeting.place or run.place or "",
        "trainers": ", ".join(
            trainer.person.full_name for trainer in meeting.held_by or run.trainers
        ),
        "people": [_line(entry) for entry in entries],
        "empty": _EMPTY_LINES,
        "qr": qr_drawing(list_address, border=0),
        "qr-alt": f"Mã QR của danh sách điểm danh tại {list_address}",
    }
    return pdf("records/sign_in_sheet.typ", data, made_at=now)


def _line(entry: Entry) -> list[str]:
    return [entry.person.full_name, entry.organisation.name if entry.organisation else "Cá nhân"]
