"""What the pages of appeals share: whose business one is, and how it looks."""

from uuid import UUID

from flask import Blueprint, abort, render_template
from flask_login import current_user

from club import clock
from club.audit.names import names_of
from club.certification.candidacy.tie_queries import deciders
from club.certification.objections import queries, rules
from club.certification.objections.days import days_to_answer
from club.certification.objections.forms import (
    ExtensionForm,
    PaperForm,
    RulingForm,
    TakeBackForm,
)
from club.certification.objections.independence import why_not_decide
from club.certification.objections.models import Appeal, AppealState
from club.certification.objections.permissions import (
    is_appellant,
    may_decide_objections,
    may_see_appeal,
)
from club.files import accepting
from club.web.access import Audience, permit
from club.web.forms import ClubForm

bp = Blueprint("objections", __name__)

#: Who decides about appeals and complaints.
STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
LARGEST_PAPER = 20 * accepting.MIB


def appeal_or_404(public_id: UUID) -> Appeal:
    """The appellant's own, or one that the club decides about."""
    appeal = queries.appeal_by_public_id(public_id) or abort(404)
    permit(may_see_appeal(current_user, appeal))
    return appeal


def own_or_404(public_id: UUID) -> Appeal:
    appeal = queries.appeal_by_public_id(public_id) or abort(404)
    permit(is_appellant(current_user, appeal))
    return appeal


def appeal_page(appeal: Appeal, sent: ClubForm | None = None) -> str:
    """``sent``: the form that is to be mended."""
    today, is_own = clock.today(), is_appellant(current_user, appeal)
    is_open = appeal.state is AppealState.OPEN
    ruling, extension, paper, taking_back = (
        sent if isinstance(sent, kind) else kind(prefix=prefix)
        for kind, prefix in (
            (RulingForm, "ruling"),
            (ExtensionForm, "extension"),
            (PaperForm, ""),
            (TakeBackForm, "taking_back"),
        )
    )
    ruling.offer(rules.remedies_of(appeal.step.reason, appeal.step.to_state))
    decides = is_open and may_decide_objections(current_user)
    why_not = {}
    if decides:
        accounts = deciders()
        found = why_not_decide(appeal.candidate, accounts, on=today)
        why_not = {account: found[account.id] for account in accounts}
    return render_template(
        "certification/objections/appeal.html",
        appeal=appeal,
        candidate=appeal.candidate,
        is_own=is_own,
        is_open=is_open,
        decides=decides,
        why_not=why_not,
        own_hindrance=next((no for one, no in why_not.items() if one.id == current_user.id), None),
        urgency=rules.urgency(appeal.due_on, today=today) if is_open else None,
        refusal_to_extend=rules.refusal_to_extend(appeal, today=today),
        days=days_to_answer(appeal.candidate.level.version),
        most_papers=rules.MOST_PAPERS,
        names=names_of({step.by_id for step in appeal.steps}),
        ruling=ruling,
        extension=extension,
        paper=paper,
        taking_back=taking_back,
    )
