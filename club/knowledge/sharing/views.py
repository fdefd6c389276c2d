from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.files.serving import file_response
from club.identity.queries import club_profile_on
from club.knowledge.models import Article, ArticleKind
from club.knowledge.queries import topics_in_order
from club.knowledge.sharing.feeds import JSON_FEED, Feed, atom, json_feed
from club.knowledge.sharing.queries import Wanted, newest_texts, picture_of, state_of
from club.knowledge.sharing.structured_data import article_data
from club.web.access import Audience, open_to
from club.web.described import described
from club.web.language import is_english, said
from club.web.revisions import unless_known

bp = Blueprint("knowledge_sharing", __name__)
_NEWEST = 30
_BEFORE_ANYTHING = datetime(1970, 1, 1, tzinfo=UTC)


@bp.get("/knowledge/feed.atom")
@open_to(Audience.EVERYONE)
def atom_feed() -> ResponseReturnValue:
    return _answered(lambda feed: Response(atom(feed), mimetype="application/atom+xml"))


@bp.get("/knowledge/feed.json")
@open_to(Audience.EVERYONE)
@described(
    "New texts of the knowledge base, the newest first, as JSON Feed 1.1",
    JSON_FEED,
    media="application/feed+json",
    query={"kind": "Of one kind: case, tool or article", "topic": "Of one topic, by its key"},
    otherwise={404: ("There is no such kind or topic", None)},
)
def json_feed_of_texts() -> ResponseReturnValue:
    return _answered(_as_json)


@bp.get("/knowledge/<string:slug>/picture.png")
@open_to(Audience.EVERYONE)
def picture(slug: str) -> Response:
    """For pages elsewhere that show who passes the text's address on."""
    response = file_response(picture_of(slug) or abort(404))
    # What a firm takes back is gone at once: it is asked for each time, by its ETag.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Content-Disposition"] = f'inline; filename="{slug}.png"'
    return response


@bp.app_template_global()
def article_structured_data(article: Article, club: str) -> dict[str, object]:
    return article_data(article, site=_site(), publisher=club, english=is_english())


def _answered(written: Callable[[Feed], Response]) -> ResponseReturnValue:
    wanted = _wanted()
    state = state_of(wanted)

    def page() -> Response:
        return written(_feed(wanted, state.modified_at or _BEFORE_ANYTHING))

    return unless_known(wanted, state, changed_at=state.modified_at, page=page)


def _as_json(feed: Feed) -> Response:
    answer = jsonify(json_feed(feed))
    answer.mimetype = "application/feed+json"
    return answer


def _wanted() -> Wanted:
    """Of a kind or a topic that does not exist there is no feed."""
    kind, topic = request.args.get("kind"), request.args.get("topic")
    if kind and kind not in {one.value for one in ArticleKind}:
        abort(404)
    if topic and topic not in {one.key for one in topics_in_order()}:
        abort(404)
    return Wanted(ArticleKind(kind) if kind else None, topic or None)


def _feed(wanted: Wanted, changed_at: datetime) -> Feed:
    site = _site()
    profile = club_profile_on(clock.today())
    publisher = said(profile.name, profile.name_en) if profile else ""
    query = urlencode(sorted(request.args.items()))
    return Feed(
        title=gettext("New texts of %(club)s", club=publisher),
        publisher=publisher,
        site=site,
        address=f"{site}{request.path}" + (f"?{query}" if query else ""),
        changed_at=changed_at,
        texts=newest_texts(wanted, limit=_NEWEST),
    )


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)
