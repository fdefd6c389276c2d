"""Why a row that stands beside the figures is not as it was frozen, as somebody wrote it down."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from club.audit import queries as log
from club.audit.actions import ACTIONS
from club.certification.figures import queries as certification
from club.statistics.elsewhere import queries as elsewhere
from club.statistics.reports.beside.telling import Part

#: What of a pilot project's log changes what reports say of it.
_OF_PROJECTS = ("pilots.add", "pilots.change", "pilots.end")


@dataclass(frozen=True)
class Reason:
    words: str
    at: datetime | None = None


def reasons_since(moment: datetime, *, part: Part, codes: Collection[str]) -> dict[str, Reason]:
    """By the codes of the part's rows; rows about which nobody wrote anything are not there."""
    ask = _ASKED.get(part)
    return ask(codes, moment) if ask and codes else {}


def _of_certificates(codes: Collection[str], moment: datetime) -> dict[str, Reason]:
    found = certification.taken_back_or_suspended(codes, since=moment)
    return {code: Reason(words, at) for code, words, at in found}


def reasons_of_holders(moment: datetime, *, codes: Collection[str]) -> dict[str, Reason]:
    """Why certificates are another person's together than they were, by their codes."""
    found = certification.holders_put_together(codes, since=moment) if codes else ()
    return {code: Reason(words, at) for code, words, at in found}


def _of_projects(codes: Collection[str], moment: datetime) -> dict[str, Reason]:
    """A project that is changed or ended asks for no reason: what was done, and when."""
    entries = log.entries_about("pilot_project", codes, actions=_OF_PROJECTS, since=moment)
    return {one.subject_id: Reason(str(ACTIONS[one.action]), one.at) for one in entries}


def _of_elsewhere(codes: Collection[str], _moment: datetime) -> dict[str, Reason]:
    return {code: Reason(words) for code, words in elsewhere.reasons_of(codes).items()}


_ASKED: dict[Part, Callable[[Collection[str], datetime], dict[str, Reason]]] = {
    Part.EXPERTS: _of_certificates,
    Part.PILOTS: _of_projects,
    Part.ELSEWHERE: _of_elsewhere,
}
