"""How a recognition stands, for the club: confirming its renewal, suspending it, taking it back."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.deciders import Deciders, who_can_decide
from club.certification.awards import queries, rules
from club.certification.awards.forms import SuspensionForm
from club.certification.awards.models import Award, WithdrawalProposal
from club.certification.awards.operations import renewing, suspending, withdrawing
from club.certification.awards.permissions import may_recognise
from club.certification.awards.renewal import renewal_earned
from club.certification.awards.standing import AwardFacts
from club.certification.awards.standing_queries import awards_with_facts, facts_of_award
from club.certification.candidacy.forms import RemarkForm
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.queries import candidate_by_public_id, uses_in
from club.certification.candidacy.standing import accepted_by, is_only_counted, progress_of
from club.certification.progress.validity import window_of
from club.certification.views.awards.blueprint import bp
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm
from club.web.keeping import kept_or_again

_STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
#: What can be sent from the page, by the name that its template knows it by, which is also the
#: prefix of its fields.
_FORMS: dict[str, type[ClubForm]] = {
    "renewing": RemarkForm,
    "suspending": SuspensionForm,
    "resuming": RemarkForm,
    "withdrawing": RemarkForm,
}


@bp.get("/candidacies/<uuid:public_id>/standing")
@open_to(*_STAFF)
@shows_person("candidate", "public_id")
def standing(public_id: UUID) -> str:
    return _page(_candidate(public_id))


@bp.post("/candidacies/<uuid:public_id>/renewal")
@open_to(*_STAFF)
def renew(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), RemarkForm(prefix="renewing")

    def keep() -> None:
        renewing.confirm_renewal(
            candidate.id, remark=form.remark.data or None, by=current_user.id, now=clock.now()
        )

    said = gettext("The recognition is renewed; the person is told.")
    return _kept_or_again(candidate, keep, said, renewing=form)


@bp.post("/candidacies/<uuid:public_id>/suspension")
@open_to(*_STAFF)
def suspend(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), SuspensionForm(prefix="suspending")

    def keep() -> None:
        suspending.suspend(candidate.id, form.pause(), by=current_user.id, now=clock.now())

    said = gettext("The recognition is suspended; the person is told.")
    return _kept_or_again(candidate, keep, said, suspending=form)


@bp.post("/candidacies/<uuid:public_id>/resumption")
@open_to(*_STAFF)
def resume(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), RemarkForm(prefix="resuming")

    def keep() -> None:
        suspending.resume(
            candidate.id, remark=form.remark.data or None, by=current_user.id, now=clock.now()
        )

    said = gettext("The suspension is over; the person is told.")
    return _kept_or_again(candidate, keep, said, resuming=form)


@bp.post("/candidacies/<uuid:public_id>/recognition/withdrawal")
@open_to(*_STAFF)
def propose_withdrawal(public_id: UUID) -> ResponseReturnValue:
    candidate, form = _candidate(public_id), RemarkForm(prefix="withdrawing")

    def keep() -> None:
        withdrawing.propose_withdrawal(
            candidate.id, reason=form.remark.data or None, by=current_user.id, now=clock.now()
        )

    said = gettext("Proposed. It is withdrawn once somebody else agrees.")
    return _kept_or_again(candidate, keep, said, withdrawing=form)


@bp.post("/candidacies/<uuid:public_id>/recognition/withdrawal/agreement")
@open_to(*_STAFF)
def agree_to_withdrawal(public_id: UUID) -> ResponseReturnValue:
    candidate = _candidate(public_id)
    seen = request.form.get("proposal", type=int)
    withdrawing.agree_to_withdrawal(candidate.id, by=current_user.id, now=clock.now(), seen=seen)
    flash(gettext("The recognition is withdrawn; the person is told."), "success")
    return redirect(_address(public_id))


@bp.post("/candidacies/<uuid:public_id>/recognition/withdrawal/refusal")
@open_to(*_STAFF)
def drop_withdrawal(public_id: UUID) -> ResponseReturnValue:
    candidate = _candidate(public_id)
    withdrawing.drop_withdrawal(candidate.id, by=current_user.id, now=clock.now())
    flash(gettext("The proposal is dropped; the recognition stays as it is."), "success")
    return redirect(_address(public_id))


def _kept_or_again(
    candidate: Candidate, keep: Callable[[], object], said: str, **form: ClubForm
) -> ResponseReturnValue:
    """``form``: under the name that the page knows it by."""
    public_id = candidate.public_id
    [sent] = form.values()
    return kept_or_again(
        sent, keep, lambda: _page(_candidate(public_id), **form), said=said, to=_address(public_id)
    )


def _address(public_id: UUID) -> str:
    return f"/candidacies/{public_id}/standing"


def _candidate(public_id: UUID) -> Candidate:
    candidate = candidate_by_public_id(public_id) or abort(404)
    permit(may_recognise(current_user))
    return candidate


def _page(candidate: Candidate, **sent: ClubForm) -> str:
    """``sent``: a form that is to be mended, under the name that the template knows it by."""
    award = next(iter(awards_with_facts([candidate.id])), None) or abort(404)
    today, facts = clock.today(), facts_of_award(award)
    conflict = conflict_with(candidate, current_user, on=today)
    proposal = queries.open_withdrawal(candidate.id)
    return render_template(
        "certification/awards/standing.html",
        candidate=candidate,
        level=candidate.level,
        award=award,
        standing=facts.on(today),
        window=window_of(facts.periods[-1], facts.terms),
        conflict=conflict,
        deciders=who_can_decide(candidate, on=today) if conflict else {},
        proposal=proposal,
        agreers=_agreers(candidate, proposal, on=today),
        form=next(iter(sent.values()), None),
        **_renewal(candidate, facts),
        **_refusals(candidate, award),
        **{name: sent.get(name) or kind(prefix=name) for name, kind in _FORMS.items()},
    )


def _renewal(candidate: Candidate, facts: AwardFacts) -> dict[str, object]:
    uses, today = uses_in(candidate.id), clock.today()
    earned = renewal_earned(candidate, facts, uses, on=today)
    accepted = accepted_by(candidate, uses, progress_of(candidate, uses, on=today))
    refusal = rules.refusal_to_confirm(
        candidate.state,
        earned,
        is_only_counted=is_only_counted(candidate),
        accepted_by=accepted,
        by=current_user.id,
    )
    confirmers: Deciders = {}
    if refusal is rules.AwardRefusal.ACCEPTED_IT:
        confirmers = who_can_decide(candidate, dict.fromkeys(accepted, refusal), on=today)
    return {"earned": earned, "not_renewed": refusal, "confirmers": confirmers}


def _agreers(candidate: Candidate, proposal: WithdrawalProposal | None, *, on: date) -> Deciders:
    """Who can agree to what the reader proposed."""
    if proposal is None or proposal.proposed_by_id != current_user.id:
        return {}
    return who_can_decide(candidate, {current_user.id: rules.AwardRefusal.SOMEBODY_ELSE}, on=on)


def _refusals(candidate: Candidate, award: Award) -> dict[str, object]:
    """Why nothing of the kind can be done now; ``None``: it can."""
    return {
        "not_suspended": rules.refusal_to_be_suspended(candidate.state),
        "not_resumed": rules.refusal_to_resume(candidate.state),
        "not_withdrawn": rules.refusal_to_withdraw(candidate.state),
        "suspension": award.suspensions[-1] if award.suspensions else None,
    }
