"""The agenda for eyes, the feeds for calendar programs, and a person's secret addresses."""

from collections.abc import Iterable
from datetime import date
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
from club.calendar import feed, operations, queries, rules
from club.calendar.entries import PublicTexts, personal_entries
from club.calendar.forms import FeedForm
from club.calendar.models import CalendarFeed
from club.calendar.writing import calendar_text, entry_text
from club.courses.filters import filter_from, following_month
from club.courses.models import SessionState
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.language import LANGUAGES

bp = Blueprint("calendar", __name__)

_MOST_ON_PAGE = 200
_public_texts = PublicTexts()


@bp.get("/calendar")
@open_to(Audience.EVERYONE)
def agenda() -> str:
    """What is ahead, or what a chosen month holds."""
    now = clock.now()
    wanted = filter_from(request.args)
    since = clock.instant_of(wanted.month or clock.local_day(now))
    found = queries.public_sessions(wanted, since=since, now=now)
    if wanted.month:
        ends = clock.instant_of(following_month(wanted.month))
        found = [row for row in found if row.starts_at < ends]
    return render_template(
        "calendar/agenda.html",
        days=_by_day(found[:_MOST_ON_PAGE]),
        more=len(found) > _MOST_ON_PAGE,
        wanted=wanted,
        feed_url=_site() + "/calendar.ics" + _query(wanted.address_query()),
        cancelled=SessionState.CANCELLED,
    )


def _by_day(found: Iterable[Any]) -> list[tuple[date, list[Any]]]:
    days = groupby(found, key=lambda row: clock.local_day(row.starts_at))
    return [(day, list(rows)) for day, rows in days]


@bp.get("/calendar.ics")
@open_to(Audience.EVERYONE)
def public_feed() -> Response:
    now = clock.now()
    wanted, since = filter_from(request.args), rules.window_start(now)
    language = _language()
    query = _query(wanted.address_query())

    def write() -> str:
        keys = queries.public_keys(wanted, since=since, now=now)
        return calendar_text(
            name=gettext("Courses of the productivity club"),
            source=f"{_site()}/calendar.ics{query}",
            url=f"{_site()}/calendar{query}",
            texts=_public_texts.of(keys, site=_site(), language=language),
        )

    fingerprint = queries.public_fingerprint(wanted, since=since, now=now)
    return feed.answer(fingerprint, about=f"{language}|{query}|{since}", public=True, write=write)


@bp.get("/calendar/<string:token>.ics")
@open_to(Audience.EVERYONE)
def personal_feed(token: str) -> Response:
    now = clock.now()
    found = queries.feed_by_token_hash(operations.token_hash(token))
    if found is None or not _answers(found):
        abort(404)
    person_id, language, since = found.person_id, found.language, rules.window_start(now)

    def write() -> str:
        rows = queries.personal_sessions(person_id, since=since)
        return calendar_text(
            name=gettext("My courses"),
            source=f"{_site()}/calendar/{token}.ics",
            url=f"{_site()}/me/calendar",
            texts=map(entry_text, personal_entries(rows, site=_site(), language=language)),
        )

    fingerprint = queries.personal_fingerprint(person_id, since=since)
    about = f"{language}|{found.id}|{since}"
    return feed.answer(fingerprint, about=about, public=False, write=write)


def _answers(found: CalendarFeed) -> bool:
    return rules.feed_answers(
        found,
        created_on=clock.local_day(found.created_at),
        membership_ends=queries.membership_ends_of(found.person_id),
        today=clock.today(),
    )


@bp.get("/me/calendar")
@open_to(Audience.SIGNED_IN)
def my_feeds() -> str:
    return _my_feeds(FeedForm(language=str(get_locale())))


@bp.post("/me/calendar")
@open_to(Audience.SIGNED_IN)
def open_feed() -> ResponseReturnValue:
    form = FeedForm()
    if not form.validate_on_submit():
        return _my_feeds(form), 422
    try:
        _, token = operations.open_feed(
            current_user.person_id,
            name=form.name.data,
            language=form.language.data,
            now=clock.now(),
        )
    except RefusedError as refused:
        form.name.errors = [gettext(refused.refusal.value)]
        return _my_feeds(form), 422
    return _my_feeds(FeedForm(formdata=None), token=token)


@bp.post("/me/calendar/<int:feed_id>/replacement")
@open_to(Audience.SIGNED_IN)
def replace_feed(feed_id: int) -> ResponseReturnValue:
    permit(queries.feed_of_person(feed_id, current_user.person_id) is not None)
    try:
        _, token = operations.replace_feed(feed_id, now=clock.now())
    except RefusedError as refused:
        flash(gettext(refused.refusal.value), "error")
        return redirect(url_for("calendar.my_feeds"))
    return _my_feeds(FeedForm(formdata=None), token=token)


@bp.post("/me/calendar/<int:feed_id>/revocation")
@open_to(Audience.SIGNED_IN)
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    permit(queries.feed_of_person(feed_id, current_user.person_id) is not None)
    operations.revoke_feed(feed_id, now=clock.now())
    flash(gettext("The address no longer works."), "success")
    return redirect(url_for("calendar.my_feeds"))


def _my_feeds(form: FeedForm, *, token: str | None = None) -> str:
    """The list; right after making one, also its address, which is never shown again."""
    feeds = [f for f in queries.open_feeds_of(current_user.person_id) if _answers(f)]
    return render_template(
        "calendar/my_feeds.html",
        form=form,
        feeds=feeds,
        new_url=f"{_site()}/calendar/{token}.ics" if token else None,
    )


def _language() -> str:
    asked = request.args.get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _site() -> str:
    return str(current_app.extensions["club.settings"].public_url)


def _query(written: str) -> str:
    return f"?{written}" if written else ""
