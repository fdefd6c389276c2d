"""Asking an expert, or the club to find one."""

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.helping import operations, queries
from club.certification.helping.forms import AskForm
from club.certification.register.queries import listed_expert
from club.certification.register.words import field_words
from club.certification.views.helping.blueprint import bp
from club.membership.queries import is_member
from club.people.queries import organisations_represented_by
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal


@bp.get("/experts/help")
@open_to(Audience.SIGNED_IN)
def asking() -> str:
    given = {name: request.args.get(name, "") for name in ("tool", "sector", "expert")}
    represented = organisations_represented_by(current_user.person_id, on=clock.today())
    if represented and not given["sector"]:
        given["sector"] = represented[0].sector or ""
    return _page(AskForm(data=given))


@bp.post("/experts/help")
@open_to(Audience.SIGNED_IN)
def ask() -> ResponseReturnValue:
    form = AskForm()
    _offer(form)
    if form.validate():
        try:
            asked = operations.ask(form.question(), by=current_user.id, now=clock.now())
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(
                gettext("Your request is on its way. You get a letter with each answer."), "success"
            )
            return redirect(f"/help-requests/{asked.public_id}")
    return _page(form), form.answer_status


@bp.get("/me/help-requests")
@open_to(Audience.SIGNED_IN)
def own() -> str:
    return render_template(
        "certification/helping/own.html",
        asked=queries.asked_by(current_user.person_id),
        received=queries.asked_of(current_user.person_id),
        may_ask=_may_ask(),
    )


def _may_ask() -> bool:
    today, person_id = clock.today(), current_user.person_id
    represented = organisations_represented_by(person_id, on=today)
    return bool(represented) or is_member(person_id, on=today)


def _offer(form: AskForm) -> bool:
    """Whether there is anybody for whom this account may ask."""
    today, person_id = clock.today(), current_user.person_id
    represented = organisations_represented_by(person_id, on=today)
    member = is_member(person_id, on=today)
    form.offer(field_words(on=today), represented, is_member=member)
    return bool(represented) or member


def _page(form: AskForm) -> str:
    may_ask = _offer(form)
    return render_template(
        "certification/helping/ask.html",
        form=form,
        may_ask=may_ask,
        expert=listed_expert(form.expert.data or "", on=clock.today()),
    )
