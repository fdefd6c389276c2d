"""Answering for a place by the link in a letter, for who has no account to sign in with."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.accounts import queries as accounts
from club.accounts.readers import reader
from club.refusal import RefusedError
from club.registration import accepting, by_link, queries
from club.registration.forms import DeclineForm
from club.registration.links import is_passed_on, registration_in
from club.registration.models import Registration
from club.registration.questions.standing import answering_of
from club.registration.rules import leaving, offers
from club.registration.standing import standing_with
from club.registration.views.blueprint import bp
from club.registration.views.taking_part import say_whether_it_was_taken
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.seals import needs_no_form_token


@bp.get("/answer/<string:token>")
@open_to(Audience.EVERYONE)
def answer_page(token: str) -> str:
    """Mail programs follow links by themselves, so looking changes nothing."""
    return _page(registration_of_link(token), token, DeclineForm(formdata=None))


@bp.post("/answer/<string:token>")
@open_to(Audience.EVERYONE)
def answer(token: str) -> ResponseReturnValue:
    """Accept what is offered, decline, or only object. The token is the proof."""
    theirs, form, now = registration_of_link(token), DeclineForm(), clock.now()
    if not form.validate():
        return _page(theirs, token, form), 422
    try:
        given = request.form.get("answer")
        if given == "accept":
            say_whether_it_was_taken(is_new=accepting.accept(theirs.id, by=None, now=now))
        elif given == "object":
            by_link.take_back_agreement(theirs, now=now)
            flash(
                gettext("The agreement is taken back. No organisation enters you again."), "success"
            )
        elif given == "decline":
            objects = bool(form.objects.data)
            by_link.decline(theirs, reason=form.reason.data, objects=objects, now=now)
            flash(gettext("Your name is off the list. We have written to you."), "success")
        else:
            flash(gettext("Nothing was changed. Press the button for what you want."), "warning")
            return _page(theirs, token, form), 422
    except RefusedError as refused:
        reason_needed = refused.refusal is leaving.WithdrawalRefusal.REASON_NEEDED
        if reason_needed:
            show_refusal(form, refused)
        else:
            flash(gettext(refused.refusal.value), "warning")
        return _page(registration_of_link(token), token, form), 422 if reason_needed else 409
    return redirect(url_for("registration.answer_page", token=token))


def registration_of_link(token: str) -> Registration:
    public_id = registration_in(token) or abort(404)
    return queries.registration_by_public_id(public_id) or abort(404)


def _page(theirs: Registration, token: str, form: DeclineForm) -> str:
    now, run = clock.now(), theirs.run
    terms = queries.terms_of_run(run)
    answering = answering_of(theirs, terms, at=now)
    late = offers.refusal_to_take_late_place(theirs, terms, has_room=run.places_free > 0, at=now)
    return render_template(
        "registration/by_link.html",
        registration=theirs,
        run=run,
        token=token,
        form=form,
        mine=standing_with(theirs, now=now),
        refusal=leaving.refusal_to_leave(theirs, at=now),
        needs_reason=leaving.needs_reason(theirs, terms, at=now),
        may_take_late_place=late is None,
        may_object=accounts.agreed_through(theirs.person_id, "organisation"),
        address=reader(theirs.person_id).email,
        answering=answering.as_others_may_see() if is_passed_on(token) else answering,
    )


needs_no_form_token(bp, answer)
