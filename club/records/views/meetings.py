"""Which session of a run a page of the trainer's desk is about."""

from flask import abort, request

from club import clock
from club.courses.models import Run, Session
from club.records.attendance import desk


def chosen_session(run: Run) -> Session | None:
    """The session the address names (404 for one of another run), else the one to mark now."""
    named = request.args.get("session")
    if named is None:
        return desk.session_to_mark(run, now=clock.now())
    by_name = {str(session.public_id): session for session in run.sessions}
    return by_name.get(named) or abort(404)


def number_of(run: Run, meeting: Session | None) -> int | None:
    """Which session it is, counted among those that are held."""
    held = run.held_sessions
    return held.index(meeting) + 1 if meeting in held else None


def list_address(run: Run, meeting: Session | None) -> str:
    """Of the attendance list."""
    return _address(run, meeting, "attendance")


def walk_ins_address(run: Run, meeting: Session | None) -> str:
    """Where somebody is put on the list."""
    return _address(run, meeting, "walk-ins")


def check_in_address(run: Run, meeting: Session) -> str:
    """Of the screen with the code."""
    return _address(run, meeting, "check-in")


def online_address(run: Run, meeting: Session) -> str:
    """Where the list of an online meeting is handed in."""
    return _address(run, meeting, "online-list")


def online_marks_address(run: Run, meeting: Session) -> str:
    """Where it is confirmed."""
    return _address(run, meeting, "online-list/marks")


def _address(run: Run, meeting: Session | None, page: str) -> str:
    base = f"/teaching/runs/{run.code}/{page}"
    return f"{base}?session={meeting.public_id}" if meeting else base
