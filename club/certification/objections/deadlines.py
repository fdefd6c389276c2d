"""By when appeals are to be decided, as the board of candidates shows it."""

from collections.abc import Collection

from flask_babel import lazy_gettext

from club.certification.candidacy.board import Deadline
from club.certification.objections.queries import due_days


def appeal_deadlines(candidate_ids: Collection[int]) -> dict[int, Deadline]:
    return {
        candidate_id: Deadline(due_on, lazy_gettext("appeal to be decided"))
        for candidate_id, due_on in due_days(candidate_ids).items()
    }
