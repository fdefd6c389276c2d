"""The catalogue and the pages of its courses."""

from datetime import date, datetime
from functools import lru_cache

from flask import Blueprint, abort, current_app, render_template, request
from flask_babel import gettext
from markupsafe import Markup

from club import clock
from club.courses import queries, run_lists
from club.courses.filters import RunFilter, filter_from, following_month
from club.courses.labels import AUDIENCES, RUN_FORMS
from club.courses.models import Course, CourseAudience, Run, RunForm
from club.courses.run_lists import RunRow, TopicCount
from club.courses.standing import RunStanding, standing_of
from club.courses.structured_data import course_data, run_data
from club.knowledge.queries import case_for_course
from club.knowledge.text_queries import tools_for_course
from club.units import queries as units
from club.web.access import Audience, open_to, who_asks
from club.web.cache import kept
from club.web.kept_pages import kept_page
from club.web.language import month_name, said, wanted_language
from club.web.page_parts import PageOf, page_parts
from club.web.pages import page_number

bp = Blueprint("courses", __name__)
bp.add_app_template_filter(clock.local_day, "local_day")
PAGE_SIZE = 60
_MONTHS_AHEAD = 6
_RELATED = 4
_TO_READ = 3

Choices = list[tuple[str, str]]


@bp.get("/courses/")
@open_to(Audience.EVERYONE)
def catalogue() -> str:
    wanted, page = filter_from(request.args), page_number(request.args.get("page"))
    state = ("catalogue", run_lists.fingerprint(), wanted, page)
    return kept_page(state, lambda: _catalogue(wanted, page, now=clock.now()))


def _catalogue(wanted: RunFilter, page: int, *, now: datetime) -> str:
    runs = run_lists.upcoming_runs(wanted, page=page, size=PAGE_SIZE, now=now)
    others = [] if wanted.asks_for_runs else run_lists.courses_without_run(wanted, now=now)
    topics, wards = kept(f"filters {clock.local_day(now)}", lambda: _what_to_choose_from(now))
    choices = _choices(wanted, topics, wards, today=clock.local_day(now))
    return render_template(
        "courses/catalogue.html",
        runs=runs,
        others=others if not runs.has_next else [],
        run_card=lambda row: run_card(row, now=now),
        course_count=sum(topic.courses for topic in topics),
        wanted=wanted,
        choices=choices,
        chips=_chips(wanted, choices),
        page_url=lambda number: _address(wanted, page=number),
    )


def _what_to_choose_from(
    now: datetime,
) -> tuple[list[TopicCount], list[tuple[str, str, str | None]]]:
    """Topics and wards, which hardly ever change and stand in every filter."""
    wards = units.wards_on(clock.local_day(now))
    return run_lists.topic_counts(), [(unit.key, unit.name, unit.name_en) for unit in wards]


@bp.get("/courses/<string:slug>")
@open_to(Audience.EVERYONE)
def course(slug: str) -> str:
    course, now = queries.course_by_slug(slug) or abort(404), clock.now()
    return render_template(
        "courses/course.html",
        course=course,
        runs=run_lists.upcoming_runs_of_course(course.id, now=now),
        held=run_lists.runs_held(course.id, now=now),
        related=run_lists.related_courses(course, limit=_RELATED),
        tools=tools_for_course(course.code, limit=_TO_READ),
        case=case_for_course(course.code),
        standing=lambda run: standing_of(run, now=now),
        more=page_parts(
            PageOf.COURSE,
            course,
            account=who_asks(),
            now=now,
        ),
    )


def run_card(row: RunRow, *, now: datetime) -> Markup:
    """The card of a run in a catalogue. Drawing it costs more than all else on such a page, so
    it is kept for as long as nothing it shows has changed: the row is the key.
    """
    return _drawn_card(row, standing_of(row, now=now), wanted_language())


@lru_cache(maxsize=4096)
def _drawn_card(row: RunRow, standing: RunStanding, language: str) -> Markup:  # noqa: ARG001
    template = current_app.jinja_env.get_template("courses/_run_card.html")
    return Markup(template.render(run=row, standing=standing))  # noqa: S704  rendered, escaped


@bp.app_template_global()
def course_structured_data(course: Course, runs: list[RunRow], club: str) -> dict[str, object]:
    return course_data(course, runs, site=_site(), club=club)


@bp.app_template_global()
def run_structured_data(run: Run, club: str) -> dict[str, object]:
    return run_data(run, site=_site(), club=club, now=clock.now())


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)


def _choices(
    wanted: RunFilter,
    topics: list[TopicCount],
    wards: list[tuple[str, str, str | None]],
    *,
    today: date,
) -> dict[str, Choices]:
    return {
        "topic": [(topic.key, said(topic.name, topic.name_en)) for topic in topics],
        "audience": [(kind.value, str(AUDIENCES[kind])) for kind in CourseAudience],
        "month": _months(wanted, today=today),
        "ward": [(key, said(name, name_en)) for key, name, name_en in wards],
        "form": [(form.value, str(RUN_FORMS[form])) for form in RunForm],
    }


def _months(wanted: RunFilter, *, today: date) -> Choices:
    months = [today.replace(day=1)]
    while len(months) < _MONTHS_AHEAD:
        months.append(following_month(months[-1]))
    if wanted.month and wanted.month not in months:
        months.append(wanted.month)
    return [(f"{month:%Y-%m}", upper_first(month_name(month))) for month in sorted(months)]


@bp.app_template_filter()
def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


@bp.app_template_filter()
def lower_first(text: str) -> str:
    """For a word in the middle of a sentence; ISO and R&D stay as they are."""
    return text if text[1:2].isupper() or text[1:2] == "&" else text[:1].lower() + text[1:]


def _chips(wanted: RunFilter, choices: dict[str, Choices]) -> list[tuple[str, str]]:
    """What is filtered by, each with the address without it."""
    values = {**vars(wanted), "month": f"{wanted.month:%Y-%m}" if wanted.month else ""}
    words = {"q": f"“{wanted.q}”", "open": gettext("Registration open"), "course": wanted.course}
    return [
        (
            words.get(name) or dict(choices[name]).get(str(values[name]), str(values[name])),
            _address(wanted.without(name)),
        )
        for name in wanted.in_use
    ]


def _address(wanted: RunFilter, *, page: int = 1) -> str:
    parts = [wanted.address_query(), f"page={page}" if page > 1 else ""]
    query = "&".join(part for part in parts if part)
    return f"/courses/?{query}" if query else "/courses/"
