"""Where a text is found that had another address before."""

from datetime import datetime

from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from club.knowledge.editions import present_address
from club.knowledge.models import Article
from club.knowledge.queries import shown_instead_of


def moved(slug: str) -> ResponseReturnValue:
    """The same page at the text's present address, for ever; 404 where there never was one, 410
    where it would tell which firm a text is about that no longer names it.
    """
    present = present_address(slug) or abort(404)
    if present.closed_at:
        return _gone(present.closed_at, title=None)
    path = request.full_path.rstrip("?")
    return redirect(path.replace(f"/knowledge/{slug}", f"/knowledge/{present.slug}", 1), 301)


def taken_out(article: Article) -> ResponseReturnValue:
    """In place of a text that readers no longer get at."""
    since = article.retired_at or article.modified_at
    if article.withheld:
        return _gone(since, title=None)
    instead = shown_instead_of(article)
    return _gone(since, title=(article.title, article.title_en), instead=instead)


def revision_withheld(since: datetime) -> ResponseReturnValue:
    """In place of what a text said before a firm took back its agreement."""
    return _gone(since, title=None)


def _gone(
    since: datetime, *, title: tuple[str, str] | None, instead: Article | None = None
) -> ResponseReturnValue:
    """``title``: in Vietnamese and English, where it may be shown; ``instead``: what to read."""
    page = render_template("knowledge/retired.html", since=since, title=title, instead=instead)
    return page, 410
