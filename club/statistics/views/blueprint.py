from flask import Blueprint, Response, url_for
from flask_babel import gettext

from club.periods import PeriodError
from club.refusal import RefusedError
from club.statistics.dimensions import Dimension
from club.web.access import Audience
from club.web.described import TEXT, record
from club.web.errors import error_answer

bp = Blueprint("statistics", __name__, url_prefix="/statistics")
ROW_READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)

UNANSWERED = {
    422: (
        "The question cannot be read or answered",
        record(error=TEXT, advice=TEXT, request=TEXT),
    )
}


def unanswered(error: PeriodError | RefusedError) -> Response:
    what_can_be_asked = gettext(
        "An address may name period, from, to, as_of, and by with any of %(dimensions)s. "
        "%(description)s says what each of them takes.",
        dimensions=", ".join(Dimension),
        description=url_for("web.description"),
    )
    return error_answer(422, gettext(error.refusal.value), what_can_be_asked)


def file_of(body: str | bytes, name: str, content_type: str) -> Response:
    response = Response(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
