"""Who may appeal against what and until when, who may look after an appeal or a complaint, and what
that leads to. Pure.

A time in days begins with the day after the one on which somebody was told, and ends with the end
of its last day, where the club is (Civil Code 2015, articles 147 and 148). It is not put off over
holidays: that would have to be known before, by everybody.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.objections.models import (
    Appeal,
    AppealState,
    AppealStepKind,
    Complaint,
    ComplaintAbout,
    ComplaintHearing,
    ComplaintState,
    ComplaintStepKind,
    Remedy,
)
from club.vietnamese import folded

#: Papers that can be brought for one appeal or complaint.
MOST_PAPERS = 5
#: A visitor has this long to confirm the address.
UNCONFIRMED_KEPT_FOR = timedelta(days=7)
#: Open complaints of one sender.
MOST_OPEN = 10
#: A desk marks what is due within so many days.
SOON = timedelta(days=3)

_S, _R = CandidateState, StepReason
#: What can be appealed, by why the step was taken and where it led; and what granting it can lead
#: to. Nobody is certified by an appeal alone: what was not assessed rightly is assessed anew.
REMEDIES: dict[tuple[StepReason, CandidateState], tuple[Remedy, ...]] = {
    (_R.NOT_ADMITTED, _S.REFUSED): (Remedy.ADMITTED,),
    (_R.DECIDED, _S.NOT_YET): (Remedy.NEW_ROUND, Remedy.SET_ASIDE),
    (_R.DECIDED, _S.REFUSED): (Remedy.NEW_ROUND, Remedy.SET_ASIDE),
    (_R.DECIDED, _S.RENEWAL_DUE): (Remedy.NEW_ROUND,),
    (_R.SUSPENDED, _S.SUSPENDED): (Remedy.RESTORED,),
    (_R.RECOGNITION_WITHDRAWN, _S.WITHDRAWN): (Remedy.RESTORED,),
}
#: Where time may have taken a candidacy on from where a decision led: that loses nobody the appeal.
_RUN_ON = {(_S.RENEWAL_DUE, _S.LAPSED)}
#: States in which there may be something to appeal.
APPEALABLE_STATES = {state for _reason, state in REMEDIES} | {after for _before, after in _RUN_ON}
_LEADS_TO = {
    Remedy.ADMITTED: _S.ADMITTED,
    Remedy.SET_ASIDE: _S.COLLECTING,
}


class AppealRefusal(StrEnum):
    NOTHING_TO_APPEAL = "There is no decision here that can be appealed now."
    TOO_LATE = "The time to appeal against this decision is over."
    APPEALED_ALREADY = "You have appealed against this decision already; that is possible once."
    ANOTHER_WAY = "You are on the way to this level again. Withdraw from that before you appeal."
    OF_THE_BODY = "Another body decides in this scheme: appeal there."
    NOT_OPEN = "This appeal has been decided or taken back already."
    OTHER_REMEDY = "This is nothing that granting this appeal can lead to."
    REASON_MISSING = "Write why: the candidate reads it."
    EXTENDED_ALREADY = "The time for this appeal was extended already; that is possible once."
    OVERDUE = "The time for this appeal is over, so it cannot be extended any more. Decide it now."
    TOO_MANY_PAPERS = "An appeal takes five papers. Put what is left into one of them."


class Involvement(StrEnum):
    """Why somebody cannot decide an appeal, beside what ``assessment.rules.Conflict`` says."""

    DECIDED_IT = "Whoever decided in this candidacy before does not decide the appeal."
    JUDGED_IT = "Whoever judged or voted in this candidacy does not decide the appeal."


class Urgency(StrEnum):
    OVERDUE = "overdue"
    SOON = "soon"
    IN_TIME = "in_time"


@dataclass(frozen=True)
class Contested:
    """What is known of a decision when somebody wants to appeal against it."""

    #: Where the candidacy is now.
    state: CandidateState
    #: Of the step: why it was taken, and where it led.
    reason: StepReason
    led_to: CandidateState
    last_day: date
    #: Whether another body decides in the scheme, and the club only writes it down.
    by_another_body: bool = False
    appealed_already: bool = False
    #: Whether the person has begun the way to the same level anew.
    on_another_way: bool = False
    #: Whether something was handed in since: whoever goes on trying has accepted the decision.
    tries_on: bool = False


def last_day(told_on: date, days: int) -> date:
    return told_on + timedelta(days=days)


def refusal_to_appeal(contested: Contested | None, *, today: date) -> AppealRefusal | None:
    """``None`` for ``contested``: nothing of the kind was decided."""
    if contested is None or (contested.reason, contested.led_to) not in REMEDIES:
        return AppealRefusal.NOTHING_TO_APPEAL
    if contested.appealed_already:
        return AppealRefusal.APPEALED_ALREADY
    if contested.tries_on or not _is_still_there(contested):
        return AppealRefusal.NOTHING_TO_APPEAL
    if contested.by_another_body and contested.reason is _R.DECIDED:
        return AppealRefusal.OF_THE_BODY
    if today > contested.last_day:
        return AppealRefusal.TOO_LATE
    return AppealRefusal.ANOTHER_WAY if contested.on_another_way else None


def _is_still_there(contested: Contested) -> bool:
    is_there = contested.state is contested.led_to
    return is_there or (contested.led_to, contested.state) in _RUN_ON


def is_contestable(reason: StepReason) -> bool:
    return any(reason is contestable for contestable, _state in REMEDIES)


def remedies_of(reason: StepReason, led_to: CandidateState) -> tuple[Remedy, ...]:
    return REMEDIES.get((reason, led_to), ())


def where_it_leads(remedy: Remedy, *, stood_before: CandidateState | None) -> CandidateState:
    """``stood_before``: where the candidacy was before the decision; assessed anew is what was
    assessed then, the level or a renewal.
    """
    if remedy in {Remedy.RESTORED, Remedy.NEW_ROUND}:
        assert stood_before is not None
        return stood_before
    return _LEADS_TO[remedy]


def refusal_to_close(state: AppealState, candidate: CandidateState) -> AppealRefusal | None:
    """To grant, to refuse, or to take back."""
    is_open = state is AppealState.OPEN and candidate is CandidateState.APPEALED
    return None if is_open else AppealRefusal.NOT_OPEN


def refusal_to_extend(appeal: Appeal, *, today: date) -> AppealRefusal | None:
    """Once, and only before the time is over."""
    if appeal.state is not AppealState.OPEN:
        return AppealRefusal.NOT_OPEN
    if any(step.kind is AppealStepKind.EXTENDED for step in appeal.steps):
        return AppealRefusal.EXTENDED_ALREADY
    return AppealRefusal.OVERDUE if appeal.due_on < today else None


def urgency(due_on: date, *, today: date) -> Urgency:
    if due_on < today:
        return Urgency.OVERDUE
    return Urgency.SOON if due_on - today <= SOON else Urgency.IN_TIME


#: Steps that the sender or whom it is about takes, and nobody of the club.
BY_THE_SENDER = {
    ComplaintStepKind.SENT,
    ComplaintStepKind.CONFIRMED,
    ComplaintStepKind.ANSWERED,
    ComplaintStepKind.WITHDRAWN,
}


class ComplaintRefusal(StrEnum):
    NOT_OPEN = "This complaint has been answered or taken back already."
    CONFIRMED_ALREADY = "This complaint is confirmed already."
    ACKNOWLEDGED_ALREADY = "Somebody has confirmed already that this complaint is looked after."
    OWN = "You sent this complaint, so somebody else has to look after it."
    ABOUT_YOU = "This complaint is about you, so somebody else has to look after it."
    NAMES_YOU = "This complaint names you, so somebody else has to look after it."
    REASON_MISSING = "Write what was found: the sender reads it."
    PUT_MISSING = "Write what the person is to answer."
    DAY_PAST = "This day is over. Choose a later day."
    PERSON_MISSING = "Find the person first."
    PERSON_CHANGED = "This entry has become part of another one. Find the person once more."
    ASKED_ALREADY = "This person has been asked already."
    SENDER = "This person sent the complaint. Choose whom it is about."
    NOBODY_HEARD = "Hear whom it is about first: nobody is found at fault unheard."
    STILL_HEARD = "Somebody can still answer. Wait for the answer, or until that day is over."
    ANSWER_MISSING = "Write your answer."
    ANSWERED_ALREADY = "You have answered already."
    EXTENDED_ALREADY = "The time for this complaint was extended already; that is possible once."
    OVERDUE = "The time for this complaint is over, so it cannot be extended. Answer it now."
    TOO_MANY_PAPERS = "A complaint takes five papers. Put what is left into one of them."
    TOO_MANY = "Ten complaints of yours wait already. The club answers those first."


def fingerprint(sender: object, about: ComplaintAbout, named: str, words: str) -> str:
    said = "\x1f".join((str(sender), about.value, folded(named), folded(words)))
    return hashlib.sha256(said.encode()).hexdigest()


def refusal_to_look_after(
    *,
    person_id: int,
    sender_id: int | None,
    is_named: bool,
    heard: Collection[int],
) -> ComplaintRefusal | None:
    """``is_named``: by the words of whoever complains. ``heard``: the people whom it is about, once
    somebody has written down who they are.
    """
    if person_id == sender_id:
        return ComplaintRefusal.OWN
    if person_id in heard:
        return ComplaintRefusal.ABOUT_YOU
    return ComplaintRefusal.NAMES_YOU if is_named else None


def refusal_to_close_complaint(
    outcome: ComplaintState,
    about: ComplaintAbout,
    hearings: Collection[ComplaintHearing],
    *,
    today: date,
) -> ComplaintRefusal | None:
    """Nobody is found at fault who was not asked, or could still answer."""
    if outcome is ComplaintState.NOT_UPHELD:
        return None
    if about.is_about_somebody and not hearings:
        return ComplaintRefusal.NOBODY_HEARD
    waits = any(one.answered_at is None and one.answer_by >= today for one in hearings)
    return ComplaintRefusal.STILL_HEARD if waits else None


def next_day_of(complaint: Complaint) -> date:
    """The last day for what comes next: to confirm it, else to answer it."""
    waits = complaint.state is ComplaintState.RECEIVED
    return min(complaint.acknowledge_by, complaint.due_on) if waits else complaint.due_on


def refusal_to_extend_complaint(complaint: Complaint, *, today: date) -> ComplaintRefusal | None:
    if not complaint.state.is_open:
        return ComplaintRefusal.NOT_OPEN
    if any(step.kind is ComplaintStepKind.EXTENDED for step in complaint.steps):
        return ComplaintRefusal.EXTENDED_ALREADY
    return ComplaintRefusal.OVERDUE if complaint.due_on < today else None
