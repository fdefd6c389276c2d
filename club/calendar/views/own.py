"""A person's secret calendar addresses: making, replacing and revoking them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_login import current_user

from club import clock
from club.accounts.models import RoleName
from club.calendar import operations, queries
from club.calendar.forms import FeedForm
from club.calendar.models import CalendarFeed
from club.calendar.views.feeds import bp, calendar_name, site
from club.people.queries import organisations_represented_by
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal

#: One blueprint for the room: whoever registers it gets these pages with it.
__all__ = ["bp"]


@bp.get("/me/calendar")
@open_to(Audience.SIGNED_IN)
def my_feeds() -> str:
    """``?shows=`` chooses what the new address is to show, for links from other pages."""
    asked = {"language": str(get_locale())}
    if request.args.get("shows"):
        asked["shows"] = request.args["shows"]
    return _my_feeds(_form(data=asked))


@bp.post("/me/calendar")
@open_to(Audience.SIGNED_IN)
def open_feed() -> ResponseReturnValue:
    form = _form()
    if not form.validate_on_submit():
        return _my_feeds(form), 422
    try:
        feed, token = operations.open_feed(
            current_user.person_id,
            name=form.name.data,
            language=form.language.data,
            kind=form.kind,
            organisation_id=form.organisation_id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _my_feeds(form), 422
    return _my_feeds(_form(formdata=None), new=(feed, token))


@bp.post("/me/calendar/<int:feed_id>/replacement")
@open_to(Audience.SIGNED_IN)
def replace_feed(feed_id: int) -> ResponseReturnValue:
    permit(queries.feed_of_person(feed_id, current_user.person_id) is not None)
    feed, token = operations.replace_feed(feed_id, now=clock.now())
    return _my_feeds(_form(formdata=None), new=(feed, token))


@bp.post("/me/calendar/<int:feed_id>/revocation")
@open_to(Audience.SIGNED_IN)
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    permit(queries.feed_of_person(feed_id, current_user.person_id) is not None)
    operations.revoke_feed(feed_id, now=clock.now())
    flash(gettext("The address no longer works."), "success")
    return redirect(url_for("calendar.my_feeds"))


def _form(**given: object) -> FeedForm:
    return FeedForm(
        is_trainer=current_user.holds(RoleName.TRAINER),
        represented=organisations_represented_by(current_user.person_id, on=clock.today()),
        **given,
    )


def _my_feeds(form: FeedForm, *, new: tuple[CalendarFeed, str] | None = None) -> str:
    """The list; right after making one, also its address, which is never shown again."""
    shown = {}
    if new:
        feed, token = new
        organisation = feed.organisation.name if feed.organisation else None
        shown["new_url"] = f"{site()}/calendar/{token}.ics"
        shown["new_name"] = calendar_name(feed.kind, organisation)
    return render_template(
        "calendar/my_feeds.html",
        form=form,
        feeds=queries.working_feeds_of(current_user.person_id, today=clock.today()),
        **shown,
    )
