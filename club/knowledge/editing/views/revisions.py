"""What a text said before: each of its revisions, and two of them side by side."""

from collections.abc import Iterable

from flask import abort, current_app, make_response, render_template, request
from markupsafe import Markup

from club.accounts.queries import names_of
from club.knowledge import queries as knowledge
from club.knowledge.article_rules import facts_in
from club.knowledge.editing import queries
from club.knowledge.editing.fact_words import fact_words
from club.knowledge.editing.models import ArticleRevision
from club.knowledge.editing.permissions import may_edit, may_write
from club.knowledge.editing.side_by_side import side_by_side
from club.knowledge.editing.views.blueprint import account, bp
from club.knowledge.models import Article
from club.knowledge.moved import moved, revision_withheld, taken_out
from club.knowledge.rendering import render
from club.web.access import Audience, open_to
from club.web.pages import page_number


@bp.get("/knowledge/<string:slug>/revisions")
@open_to(Audience.EVERYONE)
def revisions(slug: str) -> str:
    article = article_or_away(slug)
    kept = queries.revisions_of(slug)
    return render_template(
        "knowledge/editing/revisions.html",
        article=article,
        revisions=kept,
        withheld={one.number for one in kept if _is_withheld(one)},
        names=names_of(_accounts(kept)),
        writers=queries.writers_of(kept),
        writes=may_write(account()),
        site=_site(),
    )


@bp.get("/knowledge/<string:slug>/revisions/<int:number>")
@open_to(Audience.EVERYONE)
def revision(slug: str, number: int) -> str:
    article = article_or_away(slug)
    kept = revision_or_404(slug, number)
    facts, _faults = facts_in(kept.facts)
    return render_template(
        "knowledge/editing/revision.html",
        article=article,
        revision=kept,
        facts=facts,
        rows=fact_words(facts, queries.topic_and_tool_names()),
        text=_drawn(facts.body, facts.title.vi),
        english=_drawn(facts.english or "", facts.title.en, "en"),
        names=names_of(_accounts([kept])),
        writers=queries.writers_of([kept]),
        edits=may_edit(account()),
        site=_site(),
    )


@bp.get("/knowledge/<string:slug>/revisions/compare")
@open_to(Audience.EVERYONE)
def compare(slug: str) -> str:
    article = article_or_away(slug)
    numbers = sorted(page_number(request.args.get(name)) for name in ("one", "other"))
    found = queries.revisions_numbered(slug, numbers)
    if not found.keys() >= set(numbers):
        abort(404)
    if any(map(_is_withheld, found.values())):
        abort(make_response(revision_withheld(article.modified_at)))
    before, after = (found[number] for number in numbers)
    names = queries.topic_and_tool_names()
    return render_template(
        "knowledge/editing/compare.html",
        article=article,
        before=before,
        after=after,
        sections=side_by_side(facts_in(before.facts)[0], facts_in(after.facts)[0], names),
        site=_site(),
    )


def article_or_away(slug: str) -> Article:
    """The text at this address, else the way to where it is today. What was withdrawn, readers no
    longer get at; editors do.
    """
    article = knowledge.article_by_slug(slug)
    if article is None:
        abort(make_response(moved(slug)))
    if article.retired_at is not None and not may_edit(account()):
        abort(make_response(taken_out(article)))
    return article


def revision_or_404(slug: str, number: int) -> ArticleRevision:
    """Readers hear of one that a firm no longer agrees to that it is gone."""
    kept = queries.revisions_numbered(slug, [number]).get(number) or abort(404)
    if _is_withheld(kept):
        abort(make_response(revision_withheld(kept.published_at)))
    return kept


def _is_withheld(kept: ArticleRevision) -> bool:
    """From readers, because a firm no longer agrees to it; not from editors."""
    return kept.withheld and not may_edit(account())


def _accounts(kept: Iterable[ArticleRevision]) -> set[int]:
    return {one for row in kept for one in (row.by_id, row.reviewed_by_id) if one}


def _drawn(markdown: str, title: str, beside: str = "") -> Markup:
    return Markup(render(markdown, title=title, beside=beside).html)  # noqa: S704  made safe there


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)
