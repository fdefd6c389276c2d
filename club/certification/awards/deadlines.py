"""Until when recognitions can be renewed, as the board of candidates shows it."""

from collections.abc import Collection

from flask_babel import lazy_gettext

from club.certification.awards.standing_queries import awards_with_facts, periods_of
from club.certification.awards.terms import terms_of
from club.certification.candidacy.board import Deadline
from club.certification.candidacy.models import CandidateState
from club.certification.progress.validity import window_of


def renewal_deadlines(candidate_ids: Collection[int]) -> dict[int, Deadline]:
    """Of those whose renewal is due: the end of the time of grace."""
    found = {}
    for award in awards_with_facts(candidate_ids):
        window = window_of(periods_of(award)[-1], terms_of(award.level.version))
        if window and award.candidate.state is CandidateState.RENEWAL_DUE:
            found[award.candidate_id] = Deadline(window.last, lazy_gettext("can be renewed until"))
    return found
