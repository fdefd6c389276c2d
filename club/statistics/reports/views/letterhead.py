"""Under which name reports go out, who signs and who receives them."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.statistics.reports import operations, queries
from club.statistics.reports.forms import LetterheadForm
from club.statistics.reports.views.blueprint import bp
from club.web.access import Audience, open_to


@bp.get("/letterhead")
@open_to(Audience.OFFICIAL)
def letterhead() -> str:
    return _page(LetterheadForm(obj=queries.letterhead()))


@bp.post("/letterhead")
@open_to(Audience.OFFICIAL)
def change_letterhead() -> ResponseReturnValue:
    form = LetterheadForm()
    if form.validate():
        operations.change_letterhead(form.letterhead(), by=current_user.id, now=clock.now())
        flash(
            gettext("From now on reports go out like this. Frozen ones keep what they had."),
            "success",
        )
        return redirect(url_for("reports.letterhead"))
    return _page(form), form.answer_status


def _page(form: LetterheadForm) -> str:
    return render_template("statistics/reports/letterhead.html", form=form)
