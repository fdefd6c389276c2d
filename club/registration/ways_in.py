"""Runs by how people come into them, for lists that lead to a form."""

from sqlalchemy import ColumnElement, select

from club.courses.models import Run
from club.registration.models import RunTerms, WayIn


def anybody_comes() -> ColumnElement[bool]:
    """Into these people come by themselves, if only to ask for a place."""
    return _is_no(*(way for way in WayIn if not way.is_for_anybody))


def organisations_nominate() -> ColumnElement[bool]:
    """Into these organisations send people."""
    return _is_no(*(way for way in WayIn if not way.takes_nominations))


def people_move_into() -> ColumnElement[bool]:
    """Into these people come from another run of the course in one step, without being asked
    for, chosen or sent.
    """
    return _is_no(*(way for way in WayIn if way is not WayIn.OPEN))


def _is_no(*ways: WayIn) -> ColumnElement[bool]:
    """A run without terms of its own is open."""
    return Run.id.not_in(select(RunTerms.run_id).where(RunTerms.way_in.in_(ways)))
