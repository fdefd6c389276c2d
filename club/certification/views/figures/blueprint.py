from flask import Blueprint, Response
from flask_babel import gettext
from flask_login import current_user

from club.certification.candidacy.permissions import may_keep_candidacies
from club.periods import PeriodError
from club.refusal import RefusedError
from club.web.access import Audience
from club.web.errors import error_answer

bp = Blueprint("certification_figures", __name__)
READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)


def names_candidates() -> bool:
    """Whether the reader may see who the candidates are; officials read their numbers alone."""
    return may_keep_candidacies(current_user)


def unanswered(error: PeriodError | RefusedError) -> Response:
    """What cannot be read is answered with what to write."""
    advice = gettext("An address may name on, period, cut, from, to, scheme and as_of.")
    return error_answer(422, gettext(error.refusal.value), advice)
