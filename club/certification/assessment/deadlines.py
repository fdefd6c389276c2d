"""By when assessors are to judge, as the board of candidates shows it."""

from collections.abc import Collection

from flask_babel import lazy_gettext

from club.certification.assessment.queries import first_due
from club.certification.candidacy.board import Deadline


def judging_deadlines(candidate_ids: Collection[int]) -> dict[int, Deadline]:
    return {
        candidate_id: Deadline(due_on, lazy_gettext("to be judged"))
        for candidate_id, due_on in first_due(candidate_ids).items()
    }
