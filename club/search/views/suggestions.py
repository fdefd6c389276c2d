"""What somebody may be typing, for the search boxes of all pages."""

from flask import Response, jsonify, request
from flask_babel import gettext, ngettext

from club import clock
from club.search.above import promoted_names, still_shown
from club.search.labels import LABELS
from club.search.models import FoundKind
from club.search.queries import Found, suggested
from club.search.views.blueprint import bp
from club.search.words import LONGEST_QUESTION, question
from club.vietnamese import tidy_line
from club.web.access import Audience, open_to
from club.web.described import TEXT, described, list_of, one_of, record
from club.web.language import is_english

_SUGGESTION = record(title=TEXT, url=TEXT, kind=one_of(FoundKind), label=TEXT)


@bp.get("/search/suggestions.json")
@open_to(Audience.EVERYONE)
@described(
    "Pages whose titles begin to be typed, the likeliest first; at most eight",
    record(items=list_of(_SUGGESTION), told=TEXT),
    query={"q": "What has been typed so far, with or without accents"},
)
def suggestions() -> Response:
    """``told`` says in the reader's language how many there are, for who does not see them."""
    typed = tidy_line(request.args.get("q", "")[:LONGEST_QUESTION])
    now = clock.now()
    found = suggested(
        typed,
        language="en" if is_english() else "vi",
        promoted=promoted_names(question(typed), now),
    )
    found = still_shown(found, now)
    told = ngettext("%(num)s suggestion", "%(num)s suggestions", len(found))
    response = jsonify(
        items=[_suggestion(one) for one in found], told=told if found else gettext("No suggestion")
    )
    # Whoever takes back a letter asks for the same again.
    response.headers["Cache-Control"] = "private, max-age=60"
    return response


def _suggestion(one: Found) -> dict[str, str]:
    return {
        "title": one.title.striptags(),
        "url": one.url,
        "kind": one.kind.value,
        "label": str(LABELS[one.kind]),
    }
