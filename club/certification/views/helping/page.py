"""One request for help: for who asks, the expert who is asked, and the club."""

from uuid import UUID

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.audit.looks import shows_person
from club.certification.helping import operations, queries
from club.certification.helping.forms import OutcomeForm, PassForm, StepForm
from club.certification.helping.letters import asker_name, contact_of, person_of
from club.certification.helping.models import HelpRequest, HelpState, HelpStepKind
from club.certification.helping.parties import may_see, parties_in
from club.certification.helping.rules import TRANSITIONS, WAITS_FOR, Party, steps_open_to
from club.certification.register.facts import Wanted
from club.certification.register.queries import experts_listed
from club.certification.views.helping.blueprint import bp
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm
from club.web.keeping import kept_or_again

#: Experts that a coordinator chooses from, those with the tool first.
_OFFERED = 200
_ADDRESSES_KNOWN = {HelpState.UNDER_WAY, HelpState.HELPED, HelpState.NOT_HELPED}
#: Steps that come with words and nothing else, by the value of their button.
_WITH_WORDS = {
    kind.value: kind
    for kind, move in TRANSITIONS.items()
    if kind not in {HelpStepKind.HELPED, HelpStepKind.NOT_HELPED, HelpStepKind.PASSED}
    and Party.TIME not in move.by
    and kind is not HelpStepKind.ASKED
}


@bp.get("/help-requests/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
@shows_person("help_request", "public_id")
def help_request(public_id: UUID) -> str:
    return _page(_found(public_id))


@bp.post("/help-requests/<uuid:public_id>/steps")
@open_to(Audience.SIGNED_IN)
def take_step(public_id: UUID) -> ResponseReturnValue:
    found, form = _found(public_id), StepForm()
    kind = _WITH_WORDS.get(request.form.get("step", "")) or abort(400)
    return _took(found, form, operations.Taken(kind, form.words.data or None))


@bp.post("/help-requests/<uuid:public_id>/outcome")
@open_to(Audience.SIGNED_IN)
def note_outcome(public_id: UUID) -> ResponseReturnValue:
    found, form = _found(public_id), OutcomeForm()
    if not form.validate():
        return _page(found, form), form.answer_status
    return _took(found, form, form.taken())


@bp.post("/help-requests/<uuid:public_id>/expert")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def pass_to(public_id: UUID) -> ResponseReturnValue:
    found, form = _found(public_id), PassForm()
    form.offer(_experts(found))
    return kept_or_again(
        form,
        lambda: operations.pass_to(
            found.id,
            form.expert.data,
            words=form.note.data or None,
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _page(_found(public_id), form),
        said=gettext("The expert has been asked."),
        to=f"/help-requests/{public_id}",
    )


def _took(found: HelpRequest, form: ClubForm, taken: operations.Taken) -> ResponseReturnValue:
    return kept_or_again(
        form,
        lambda: operations.take_step(found.id, taken, by=current_user.id, now=clock.now()),
        lambda: _page(_found(found.public_id), form),
        said=gettext("Noted; whoever it concerns gets a letter."),
        to=f"/help-requests/{found.public_id}",
    )


def _found(public_id: UUID) -> HelpRequest:
    found = queries.request_by_public_id(public_id) or abort(404)
    permit(may_see(current_user, found))
    return found


def _experts(found: HelpRequest) -> list[tuple[str, str]]:
    """Who can be asked, by code: first those who work with the tool of the request."""
    today = clock.today()
    able = experts_listed(Wanted(helps="1"), on=today, size=_OFFERED).items
    wanted = Wanted(helps="1", tool=found.tool.key) if found.tool else Wanted(helps="1")
    fitting = experts_listed(wanted, on=today, size=_OFFERED).items
    known = {one.code: one.name for one in (*fitting, *able)}
    return list(known.items())


def _page(found: HelpRequest, sent: ClubForm | None = None) -> str:
    """``sent``: a form that is to be mended."""
    parties = parties_in(current_user, found)
    if not parties:
        return render_template("certification/helping/gone.html")
    expert = person_of(found.expert) if found.expert else None
    is_exchanged = found.state in _ADDRESSES_KNOWN and expert is not None
    passing = None
    if Party.CLUB in parties and found.state.is_open:
        passing = sent if isinstance(sent, PassForm) else PassForm()
        passing.offer(_experts(found))
    return render_template(
        "certification/helping/request.html",
        request_=found,
        asker=asker_name(found),
        parties={party.value for party in parties},
        waits_for=WAITS_FOR.get(found.state),
        steps=[kind for kind in steps_open_to(parties, found.state) if kind.value in _WITH_WORDS],
        may_note=HelpStepKind.HELPED in steps_open_to(parties, found.state),
        form=sent or StepForm(),
        step_form=sent if isinstance(sent, StepForm) else StepForm(),
        outcome_form=sent if isinstance(sent, OutcomeForm) else OutcomeForm(),
        pass_form=passing,
        to_asker=contact_of(found.person) if is_exchanged and Party.EXPERT in parties else None,
        to_expert=contact_of(expert)
        if is_exchanged and expert and Party.ASKER in parties
        else None,
        names=names_of([step.by_id for step in found.steps if step.by_id]),
    )
