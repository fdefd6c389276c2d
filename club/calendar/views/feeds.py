"""The agenda for eyes, and the feeds for calendar programs."""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, abort, current_app, render_template, request
from flask_babel import force_locale, gettext

from club import clock
from club.calendar import contents, feed, operations, rules, selections
from club.calendar.contents import SessionKey
from club.calendar.entries import PublicEntries, private_entries
from club.calendar.models import FeedKind
from club.courses.filters import RunFilter, filter_from, following_month
from club.courses.labels import AUDIENCES, RUN_FORMS
from club.courses.models import SessionState
from club.courses.queries import course_by_slug, topics_in_order
from club.documents.icalendar import kept_or_written, whole_calendar
from club.units import queries as units
from club.web.access import Audience, open_to
from club.web.cache import kept
from club.web.language import LANGUAGES, month_name, said

bp = Blueprint("calendar", __name__)

_MOST_ON_PAGE = 200
_public_entries = PublicEntries()


@bp.get("/calendar")
@open_to(Audience.EVERYONE)
def agenda() -> str:
    """What is ahead, or what a chosen month holds."""
    now = clock.now()
    wanted = filter_from(request.args)
    since = clock.instant_of(wanted.month or clock.local_day(now))
    found = contents.public_sessions(wanted, since=since, now=now)
    if wanted.month:
        ends = clock.instant_of(following_month(wanted.month))
        found = [row for row in found if row.starts_at < ends]
    choices = _choices(now)
    return render_template(
        "calendar/agenda.html",
        days=_by_day(found[:_MOST_ON_PAGE]),
        more=len(found) > _MOST_ON_PAGE,
        wanted=wanted,
        choices=choices,
        chips=_chips(wanted, choices),
        feed_url=site() + "/calendar.ics" + _query(wanted.address_query()),
        cancelled=SessionState.CANCELLED,
    )


def _by_day(found: Iterable[Any]) -> list[tuple[date, list[Any]]]:
    days = groupby(found, key=lambda row: clock.local_day(row.starts_at))
    return [(day, list(rows)) for day, rows in days]


def _choices(now: datetime) -> dict[str, list[tuple[str, str]]]:
    """Topics and wards hardly ever change."""
    day = clock.local_day(now)
    names = kept(f"agenda {day}", lambda: _names(day))
    return {
        name: [(key, said(vietnamese, english)) for key, vietnamese, english in of_kind]
        for name, of_kind in names.items()
    }


def _names(day: date) -> dict[str, list[tuple[str, str, str | None]]]:
    return {
        "topic": [(topic.key, topic.name, topic.name_en) for topic in topics_in_order()],
        "ward": [(ward.key, ward.name, ward.name_en) for ward in units.wards_on(day)],
    }


def _chips(wanted: RunFilter, choices: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """What the calendar is limited to, each with the address without it."""
    words = {
        "q": f"“{wanted.q}”",
        "open": gettext("Registration open"),
        "course": _course_title(wanted.course),
        "month": month_name(wanted.month) if wanted.month else "",
        "audience": str(AUDIENCES[wanted.audience]) if wanted.audience else "",
        "form": str(RUN_FORMS[wanted.form]) if wanted.form else "",
        "topic": dict(choices["topic"]).get(wanted.topic, wanted.topic),
        "ward": dict(choices["ward"]).get(wanted.ward, wanted.ward),
    }
    return [
        (words[name], "/calendar" + _query(wanted.without(name).address_query()))
        for name in wanted.in_use
    ]


def _course_title(slug: str) -> str:
    course = course_by_slug(slug) if slug else None
    return said(course.title, course.title_en) if course else slug


@bp.get("/calendar.ics")
@open_to(Audience.EVERYONE)
def public_feed() -> Response:
    now = clock.now()
    wanted, since = filter_from(request.args), rules.window_start(now)
    language = _language()
    query = _query(wanted.address_query())

    def write() -> bytes:
        with force_locale(language):
            name = gettext("Courses of the productivity club")
            words = [text for text, _ in _chips(wanted, _choices(now))]
        return whole_calendar(
            name=": ".join([name, ", ".join(words)]) if words else name,
            source=f"{site()}/calendar.ics{query}",
            url=f"{site()}/calendar{query}",
            entries=_public_entries.of(keys(), site=site(), language=language),
        )

    def keys() -> list[SessionKey]:
        if wanted.in_use:
            return selections.selected_keys(wanted, since=since, now=now)
        return contents.public_keys(since=since)

    if wanted.in_use:
        fingerprint = selections.selection_fingerprint(wanted, since=since, now=now)
    else:
        fingerprint = contents.public_fingerprint(since=since)
    return feed.answer(
        fingerprint, about=f"{language}|{query}|{since}", public=True, write=write, now=now
    )


@bp.get("/calendar/<string:token>.ics")
@open_to(Audience.EVERYONE)
def private_feed(token: str) -> Response:
    """A secret address: everything that could end it, and whether there is news, is asked in
    one statement; programs come day and night.
    """
    now = clock.now()
    since, today = rules.window_start(now), clock.local_day(now)
    found = contents.private_state(operations.token_hash(token), since=since, today=today)
    if found is None:
        abort(404)
    address, fingerprint = found

    def write() -> bytes:
        with force_locale(address.language):
            return whole_calendar(
                name=calendar_name(address.kind, address.organisation),
                source=f"{site()}/calendar/{token}.ics",
                url=f"{site()}/me/calendar",
                entries=map(kept_or_written, private_entries(address, since=since, site=site())),
            )

    about = f"{address}|{since}"
    return feed.answer(fingerprint, about=about, public=False, write=write, now=now)


def calendar_name(kind: FeedKind, organisation: str | None) -> str:
    """What programs call the calendar of a secret address; ``organisation``: its name."""
    if kind is FeedKind.ORGANISATION:
        return str(gettext("Courses of %(name)s", name=organisation))
    if kind is FeedKind.TEACHING:
        return str(gettext("What I teach"))
    return str(gettext("My courses"))


def _language() -> str:
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def site() -> str:
    """The public address without a final slash."""
    return str(current_app.extensions["club.settings"].public_url)


def _query(written: str) -> str:
    return f"?{written}" if written else ""
