"""A text, as it stood in one revision, to be kept and cited: on paper, and as data."""

from flask import Blueprint, Response, current_app, jsonify
from flask.typing import ResponseReturnValue

from club import clock
from club.identity.queries import club_profile_on
from club.knowledge.article_rules import facts_in
from club.knowledge.citing.as_data import TEXT_DATA, text_data
from club.knowledge.citing.printed import text_on_paper
from club.knowledge.editing.models import ArticleRevision
from club.knowledge.editing.views.revisions import article_or_away, revision_or_404
from club.web.access import Audience, open_to
from club.web.cache import kept
from club.web.described import described
from club.web.revisions import unless_known

bp = Blueprint("knowledge_citing", __name__)
_NOT_THERE = {
    301: ("It has another address today", None),
    404: ("There is no such text or revision", None),
    410: ("The text was withdrawn", None),
}


@bp.get("/knowledge/<string:slug>.pdf")
@open_to(Audience.EVERYONE)
def paper(slug: str) -> ResponseReturnValue:
    """As it is read today."""
    return _paper(slug, revision_or_404(slug, article_or_away(slug).revision))


@bp.get("/knowledge/<string:slug>/revisions/<int:number>.pdf")
@open_to(Audience.EVERYONE)
def revision_paper(slug: str, number: int) -> ResponseReturnValue:
    article_or_away(slug)
    return _paper(slug, revision_or_404(slug, number))


@bp.get("/knowledge/<string:slug>.json")
@open_to(Audience.EVERYONE)
@described("One case, tool's page or article, as it is read today", TEXT_DATA, otherwise=_NOT_THERE)
def data(slug: str) -> ResponseReturnValue:
    article = article_or_away(slug)
    return _data(slug, revision_or_404(slug, article.revision), present=article.revision)


@bp.get("/knowledge/<string:slug>/revisions/<int:number>.json")
@open_to(Audience.EVERYONE)
@described("The same, as it stood in one revision", TEXT_DATA, otherwise=_NOT_THERE)
def revision_data(slug: str, number: int) -> ResponseReturnValue:
    article = article_or_away(slug)
    return _data(slug, revision_or_404(slug, number), present=article.revision)


def _data(slug: str, revision: ArticleRevision, *, present: int) -> ResponseReturnValue:
    def answer() -> Response:
        facts, _faults = facts_in(revision.facts)
        return jsonify(text_data(facts, revision, slug=slug, present=present, site=_site()))

    return unless_known(revision.id, slug, present, changed_at=revision.published_at, page=answer)


def _paper(slug: str, revision: ArticleRevision) -> ResponseReturnValue:
    profile = club_profile_on(clock.local_day(revision.published_at))
    club = profile.name if profile else ""
    name = f"{slug}-{revision.number}.pdf"

    def made() -> bytes:
        facts, _faults = facts_in(revision.facts)
        return text_on_paper(
            facts,
            number=revision.number,
            published_at=revision.published_at,
            address=f"{_site()}/knowledge/{slug}/revisions/{revision.number}",
            club=club,
        )

    return unless_known(
        revision.id,
        slug,
        club,
        changed_at=revision.published_at,
        page=lambda: Response(
            kept(f"paper {revision.id} {slug} {club}", made),
            mimetype="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{name}"'},
        ),
    )


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)
