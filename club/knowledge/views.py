from itertools import groupby
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from club import clock
from club.identity.queries import club_profile_on
from club.knowledge import following, queries, text_queries
from club.knowledge.editions import Edition, edition_of
from club.knowledge.evidence.bands import AT_HOME, NOT_NAMED, begun_in
from club.knowledge.evidence.comparing import change_of
from club.knowledge.evidence.reasons import reason_for
from club.knowledge.evidence.relating import related_to
from club.knowledge.figures import in_english
from club.knowledge.labels import caution
from club.knowledge.moved import moved, taken_out
from club.knowledge.naming_queries import named_by
from club.knowledge.rows import Figure, TextRow, figure_of
from club.knowledge.sheet import one_page_sheet
from club.knowledge.summary import summary_points
from club.people.sectors import sector_name
from club.web.access import Audience, open_to
from club.web.cache import kept
from club.web.kept_pages import kept_page
from club.web.language import is_english, said
from club.web.page_parts import PageOf, page_parts
from club.web.revisions import unless_known

bp = Blueprint("knowledge", __name__)
bp.add_app_template_filter(sector_name, "sector_name")
bp.add_app_template_global(caution, "caution")
bp.add_app_template_filter(reason_for, "reason_for")
_NEW_CASES = 4
_RELATED = 3


@bp.get("/knowledge/")
@open_to(Audience.EVERYONE)
def start() -> str:
    return render_template(
        "knowledge/start.html",
        fields=_by_field(text_queries.tools()),
        cases=queries.new_cases(_NEW_CASES),
        articles=text_queries.articles(),
    )


@bp.get("/knowledge/tools/")
@open_to(Audience.EVERYONE)
def tool_list() -> str:
    return render_template("knowledge/tools.html", fields=_by_field(text_queries.tools()))


@bp.get("/knowledge/<string:slug>")
@open_to(Audience.EVERYONE)
def article(slug: str) -> ResponseReturnValue:
    edition = edition_of(slug, today=clock.today())
    if edition is None:
        return moved(slug)
    if edition.retired_at:
        return taken_out(queries.article_by_slug(slug) or abort(404))
    now, reader = clock.now(), current_user if current_user.is_authenticated else None
    beside = page_parts(PageOf.ARTICLE, edition, account=None, now=now)
    below = page_parts(PageOf.ARTICLE_FOR_READER, edition, account=reader, now=now)
    return unless_known(
        edition,
        beside,
        below,
        changed_at=edition.modified_at,
        page=lambda: kept_page(
            ("article", edition, beside),
            lambda: _article_page(slug, edition, beside),
            {"for_reader": lambda: below},
        ),
    )


@bp.get("/knowledge/<string:slug>/sheet.pdf")
@open_to(Audience.EVERYONE)
def sheet(slug: str) -> ResponseReturnValue:
    edition = edition_of(slug, today=clock.today())
    if edition is None:
        return moved(slug)
    if edition.retired_at:
        return taken_out(queries.article_by_slug(slug) or abort(404))
    return unless_known(
        edition,
        changed_at=edition.modified_at,
        page=lambda: Response(
            kept(f"sheet {edition}", lambda: _sheet(slug)),
            mimetype="application/pdf",
            headers={"Content-Disposition": f'inline; filename="{slug}.pdf"'},
        ),
    )


@bp.get("/me/topics")
@open_to(Audience.SIGNED_IN)
def my_topics() -> str:
    person_id, topics = current_user.person_id, queries.topics_in_order()
    followed = following.followed_topics([person_id], at=clock.now())[person_id]
    return render_template(
        "knowledge/my_topics.html",
        topics=topics,
        followed={topic.key for topic in topics if topic.id in followed},
    )


@bp.post("/me/topics")
@open_to(Audience.SIGNED_IN)
def follow_topics() -> ResponseReturnValue:
    wanted = request.form.getlist("topic")
    following.follow_only(current_user.person_id, wanted, now=clock.now())
    flash(gettext("Saved."), "success")
    return redirect(url_for("knowledge.my_topics"))


def _sheet(slug: str) -> bytes:
    found = queries.article_by_slug(slug)
    points = summary_points(found.body) if found else []
    if found is None or not points:
        abort(404)
    profile = club_profile_on(clock.local_day(clock.now()))
    club = profile.name if profile else ""
    return one_page_sheet(found, points, club=club, address=f"{_site()}/knowledge/{slug}")


def _article_page(slug: str, edition: Edition, beside: str) -> str:
    found = queries.article_by_slug(slug) or abort(404)
    named = named_by(found.id, language="en" if is_english() else "vi")
    return render_template(
        "knowledge/case.html" if found.case else "knowledge/article.html",
        article=found,
        edition=edition,
        case=found.case,
        figures=[figure_of(measure) for measure in found.measures] if found.case else [],
        tools=named.tools,
        courses=named.courses,
        topics=named.topics,
        related=related_to(found, cases=_RELATED, texts=_RELATED),
        has_sheet=bool(summary_points(found.body)),
        beside=beside,
        site=_site(),
    )


def _by_field(tools: list[TextRow]) -> list[tuple[str, list[TextRow]]]:
    """The tools of each field under its name; a page without one comes last."""
    return [
        (name, list(group))
        for name, group in groupby(tools, key=lambda tool: said(tool.topic, tool.topic_en) or "")
    ]


@bp.app_template_filter()
def in_words(figure: Figure) -> dict[str, object]:
    """A figure as ``measure()`` of the components wants it, in the reader's language."""
    notes = [said(figure.period, figure.period_en), said(figure.note, figure.note_en)]
    change = change_of(figure)
    return {
        "metric": said(figure.metric, figure.metric_en),
        "unit": said(figure.unit, figure.unit_en),
        "before": _spelt(figure.before),
        "after": _spelt(figure.after),
        "change": said(figure.change, figure.change_en),
        "note": ". ".join(note for note in notes if note),
        "percent": change.percent if change else None,
        "way": change.way.value if change else "",
        "how": said(figure.how_measured, figure.how_measured_en),
        "conflicts": [_other_in_words(one) for one in figure.conflicts],
    }


def _other_in_words(other: dict[str, Any]) -> dict[str, object]:
    change, where = other["change"] or {}, other["where"]
    return {
        "before": _spelt(other["before"]),
        "after": _spelt(other["after"]),
        "change": said(change.get("vi"), change.get("en")),
        "where": said(where["vi"], where["en"]),
    }


@bp.app_template_filter()
def country_abroad(code: str) -> str:
    """The name of another country than ours; nothing where the source names none."""
    if code in {AT_HOME, NOT_NAMED}:
        return ""
    return str(get_locale().territories.get(code, code))


@bp.app_template_filter()
def years_in_words(year: str | None) -> str:
    """Of a year as a case states it: "từ 2003" of one that is only known to have begun then."""
    first = begun_in(year)
    return str(gettext("from %(year)s", year=first)) if first else year or ""


def _spelt(value: float | str | None) -> float | str | None:
    return in_english(value) if isinstance(value, str) and is_english() else value


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)
