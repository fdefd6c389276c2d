"""By when assessors are to judge, as the board of candidates shows it."""

from collections.abc import Collection

from flask_babel import lazy_gettext

from club.certification.assessment.queries import first_due, left_by_assessors
from club.certification.candidacy.board import Deadline

_DUE = lazy_gettext("to be judged")
_LEFT = lazy_gettext("to be judged, but an assessor has left")


def judging_deadlines(candidate_ids: Collection[int]) -> dict[int, Deadline]:
    left = left_by_assessors(candidate_ids)
    return {
        candidate_id: Deadline(due_on, _LEFT if candidate_id in left else _DUE)
        for candidate_id, due_on in first_due(candidate_ids).items()
    }
