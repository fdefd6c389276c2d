"""What everybody reads of schemes: what a level asks for, before applying."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from club import clock
from club.certification.schemes import queries
from club.certification.schemes.models import Purpose
from club.certification.schemes.wording import asked_of, minimum_words, statement_of, terms_words
from club.certification.views.schemes.blueprint import bp, names_for_reader
from club.web.access import Audience, open_to


@bp.get("/experts/schemes")
@open_to(Audience.EVERYONE)
def overview() -> str:
    return render_template(
        "certification/schemes/overview.html", schemes=queries.schemes_open_to_candidates()
    )


@bp.get("/experts/schemes/<string:key>")
@open_to(Audience.EVERYONE)
def scheme(key: str) -> ResponseReturnValue:
    """The version that candidates start on today, or the next one."""
    found = queries.version_to_start_on(key, on=clock.today()) or abort(404)
    names = names_for_reader()
    return render_template(
        "certification/schemes/scheme.html",
        version=found,
        purposes=list(Purpose),
        asked_of=asked_of,
        minimum_words=minimum_words,
        terms_words=lambda asked: terms_words(asked, names),
        statement_of=statement_of,
    )
