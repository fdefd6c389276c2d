"""The desk of searches: what was looked for in vain, and the answers that editors put first."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.knowledge.finding import operations, queries
from club.knowledge.finding.forms import PromotionForm
from club.web.access import Audience, open_to
from club.web.keeping import kept_or_again
from club.web.language import is_english

bp = Blueprint("searches", __name__, url_prefix="/office/knowledge/searches")
_ADDRESS = "/office/knowledge/searches"
_SHOWN_DAYS = timedelta(days=90)


@bp.get("")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def desk() -> str:
    today = clock.today()
    return render_template(
        "knowledge/finding/desk.html",
        in_vain=queries.asked_in_vain(since=today - _SHOWN_DAYS),
        promotions=queries.promotions(language="en" if is_english() else "vi"),
        days_shown=_SHOWN_DAYS.days,
        kept_days=operations.KEPT_FOR.days,
        today=today,
    )


@bp.get("/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def new() -> str:
    form = PromotionForm(formdata=None, words=request.args.get("words"), from_day=clock.today())
    return _page(form)


@bp.post("/new")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def promote() -> ResponseReturnValue:
    form = PromotionForm()
    return kept_or_again(
        form,
        lambda: operations.promote(
            form.words.data,
            address=form.address.data,
            from_day=form.from_day.data,
            till_day=form.till_day.data,
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _page(form),
        said=gettext("It stands first for these words."),
        to=_ADDRESS,
    )


@bp.post("/<uuid:public_id>/end")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def end(public_id: UUID) -> ResponseReturnValue:
    operations.end_promotion(public_id, by=current_user.id, now=clock.now())
    flash(gettext("It stands first no longer."), "success")
    return redirect(_ADDRESS)


def _page(form: PromotionForm) -> str:
    return render_template("knowledge/finding/new.html", form=form)
