"""What the people of a run are to be told of its changes, before it is told, and what was told."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from flask_login import current_user

from club import clock
from club.accounts.readers import readers_of
from club.courses.models import Run
from club.refusal import RefusedError
from club.registration.changes import operations, queries, rules
from club.registration.changes.queries import News
from club.registration.changes.words import sentences
from club.registration.models import RegistrationState
from club.registration.views.blueprint import bp, managed_run_or_404
from club.web.access import Audience, open_to

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/office/runs/<string:code>/changes")
@open_to(*_STAFF)
def changes(code: str) -> str:
    return _page(managed_run_or_404(code))


@bp.post("/office/runs/<string:code>/changes")
@open_to(*_STAFF)
def tell_changes(code: str) -> ResponseReturnValue:
    run = managed_run_or_404(code)
    seen = request.form.get("seen", type=int)
    try:
        told = operations.tell_now(run.id, seen=seen, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        return _page(run, refusal=gettext(refused.refusal.value)), 409
    flash(ngettext("%(num)s person is told.", "%(num)s people are told.", told), "success")
    return redirect(url_for("runs_office.run", code=code))


def _page(run: Run, *, refusal: str | None = None) -> str:
    now = clock.now()
    news = queries.news_of(run.id, now=now)
    readers = readers_of([one.person_id for one in news.concerned]) if news else {}
    return render_template(
        "registration/office_changes.html",
        run=run,
        refusal=refusal,
        news=news if news and news.people else None,
        sentences=sentences,
        due_at=_due_at(news) if news else None,
        counts=_counts(news) if news else [],
        without_address=[one.full_name for one in readers.values() if one.email is None],
        told=queries.told_of(run.id),
    )


def _due_at(news: News) -> object:
    now = clock.now()
    due = rules.due_at(news.difference, last_edit_at=news.last_edit_at, now=now)
    return max(due, now)


def _counts(news: News) -> list[tuple[str, int]]:
    """How many of each kind are told."""
    states = [one.state for one in news.concerned]
    places, trainers = states.count(RegistrationState.CONFIRMED), states.count(None)
    counts = [
        (gettext("With a place"), places),
        (gettext("Waiting or asked"), len(states) - places - trainers),
        (gettext("Trainers"), trainers),
    ]
    invited = len(news.guests)
    return [*counts, (gettext("Invited, not registered yet"), invited)] if invited else counts
