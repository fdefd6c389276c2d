"""Which way a candidacy can go: the one table of steps; and who may take which step when.
Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from club.certification.candidacy.models import (
    CandidateState,
    CandidateStep,
    EvidenceUse,
    StepReason,
    UseState,
)
from club.certification.schemes.models import Judge, SchemeVersion, Unit, VersionState
from club.certification.schemes.rules import SchemeRefusal, refusal_of_amount

LONGEST_TITLE = 200
LONGEST_WORDS = 2000
#: Pieces of evidence of one person that stand at once.
MOST_EVIDENCE = 100

_S, _R = CandidateState, StepReason

#: From a state (``None``: not a candidate yet) to a state, for these reasons and no others.
# fmt: off
TRANSITIONS: dict[tuple[CandidateState | None, CandidateState], set[StepReason]] = {
    (None, _S.APPLIED): {_R.APPLIED},
    (None, _S.NOMINATED): {_R.NOMINATED_BY_CLUB, _R.NOMINATED_BY_ORGANISATION},
    (_S.NOMINATED, _S.APPLIED): {_R.NOMINATION_ACCEPTED},
    (_S.NOMINATED, _S.WITHDRAWN): {_R.NOMINATION_DECLINED, _R.NOMINATION_TAKEN_BACK},
    (_S.APPLIED, _S.ADMITTED): {_R.ADMITTED},
    (_S.APPLIED, _S.REFUSED): {_R.NOT_ADMITTED},
    (_S.APPLIED, _S.APPLIED): {_R.MOVED_TO_VERSION},
    (_S.ADMITTED, _S.ADMITTED): {_R.MOVED_TO_VERSION},
    (_S.ADMITTED, _S.COLLECTING): {_R.EVIDENCE_BEGUN},
    (_S.ADMITTED, _S.UNDER_ASSESSMENT): {_R.HANDED_IN},
    (_S.COLLECTING, _S.COLLECTING): {_R.MOVED_TO_VERSION},
    (_S.COLLECTING, _S.UNDER_ASSESSMENT): {_R.HANDED_IN},
    (_S.UNDER_ASSESSMENT, _S.COLLECTING): {_R.SENT_BACK},
    (_S.UNDER_ASSESSMENT, _S.CERTIFIED): {_R.DECIDED},
    (_S.UNDER_ASSESSMENT, _S.NOT_YET): {_R.DECIDED},
    (_S.UNDER_ASSESSMENT, _S.REFUSED): {_R.DECIDED},
    (_S.NOT_YET, _S.NOT_YET): {_R.MOVED_TO_VERSION},
    (_S.NOT_YET, _S.COLLECTING): {_R.TRIES_AGAIN},
    (_S.CERTIFIED, _S.VALID): {_R.RECOGNISED},
    (_S.VALID, _S.RENEWAL_DUE): {_R.RENEWAL_OPENED},
    (_S.RENEWED, _S.RENEWAL_DUE): {_R.RENEWAL_OPENED},
    (_S.RENEWAL_DUE, _S.RENEWED): {_R.RENEWED, _R.RENEWED_LATE},
    (_S.RENEWAL_DUE, _S.RENEWAL_UNDER_ASSESSMENT): {_R.HANDED_IN},
    (_S.RENEWAL_UNDER_ASSESSMENT, _S.RENEWAL_DUE): {_R.SENT_BACK, _R.DECIDED},
    (_S.RENEWAL_UNDER_ASSESSMENT, _S.RENEWED): {_R.RENEWED, _R.RENEWED_LATE},
    (_S.RENEWAL_DUE, _S.LAPSED): {_R.NOT_RENEWED},
    (_S.LAPSED, _S.RENEWED): {_R.RENEWED_LATE},
    (_S.LAPSED, _S.RENEWAL_UNDER_ASSESSMENT): {_R.HANDED_IN},
    (_S.VALID, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.RENEWAL_DUE, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.RENEWAL_UNDER_ASSESSMENT, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.RENEWED, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.SUSPENDED, _S.VALID): {_R.RESUMED},
    (_S.SUSPENDED, _S.RENEWAL_DUE): {_R.RESUMED},
    (_S.SUSPENDED, _S.RENEWED): {_R.RESUMED},
    (_S.SUSPENDED, _S.LAPSED): {_R.NOT_RENEWED},
    (_S.APPLIED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.ADMITTED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.COLLECTING, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.UNDER_ASSESSMENT, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.NOT_YET, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.CERTIFIED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_CLUB},
    (_S.VALID, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.RENEWAL_DUE, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.RENEWAL_UNDER_ASSESSMENT, _S.WITHDRAWN): {
        _R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN,
    },
    (_S.RENEWED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.SUSPENDED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.NOT_YET, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.REFUSED, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.SUSPENDED, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.WITHDRAWN, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.RENEWAL_DUE, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.LAPSED, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.APPEALED, _S.LAPSED): {_R.APPEAL_REFUSED, _R.APPEAL_WITHDRAWN},
    (_S.APPEALED, _S.NOT_YET): {_R.APPEAL_REFUSED, _R.APPEAL_WITHDRAWN},
    (_S.APPEALED, _S.REFUSED): {_R.APPEAL_REFUSED, _R.APPEAL_WITHDRAWN},
    (_S.APPEALED, _S.SUSPENDED): {_R.APPEAL_REFUSED, _R.APPEAL_WITHDRAWN, _R.APPEAL_GRANTED},
    (_S.APPEALED, _S.WITHDRAWN): {_R.APPEAL_REFUSED, _R.APPEAL_WITHDRAWN},
    (_S.APPEALED, _S.ADMITTED): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.COLLECTING): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.UNDER_ASSESSMENT): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.VALID): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.RENEWAL_DUE): {_R.APPEAL_REFUSED, _R.APPEAL_WITHDRAWN, _R.APPEAL_GRANTED},
    (_S.APPEALED, _S.RENEWAL_UNDER_ASSESSMENT): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.RENEWED): {_R.APPEAL_GRANTED},
    (_S.ADMITTED, _S.HELD): {_R.CERTIFICATE_CHECKED},
    (_S.COLLECTING, _S.HELD): {_R.CERTIFICATE_CHECKED},
    (_S.UNDER_ASSESSMENT, _S.HELD): {_R.CERTIFICATE_CHECKED},
    (_S.NOT_YET, _S.HELD): {_R.CERTIFICATE_CHECKED},
    (_S.CERTIFIED, _S.HELD): {_R.CERTIFICATE_CHECKED},
    (_S.EXPIRED, _S.HELD): {_R.CERTIFICATE_CHECKED},
    (_S.HELD, _S.EXPIRED): {_R.CERTIFICATE_ENDED},
    (_S.HELD, _S.COLLECTING): {_R.CERTIFICATE_MISTAKEN},
    (_S.HELD, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
}
# fmt: on
#: States that a certificate of another body takes a candidacy on from.
FOLLOWING = [before for before, after in TRANSITIONS if before and _S.HELD in {before, after}]


def leads(before: CandidateState | None, after: CandidateState, reason: StepReason) -> bool:
    """Whether the table knows the step."""
    return reason in TRANSITIONS.get((before, after), set())


def after(state: CandidateState, reason: StepReason) -> CandidateState | None:
    """Where a reason that knows one way only leads to; ``None``: nowhere from this state."""
    return next((found for found in CandidateState if leads(state, found, reason)), None)


def stood_when_appealed(steps: Sequence[CandidateStep]) -> CandidateState:
    """Where a candidacy was when its last appeal was made; without a grant it comes back there."""
    made = next(one for one in reversed(steps) if one.reason is StepReason.APPEAL_MADE)
    assert made.from_state
    return made.from_state


def check_step(before: CandidateState | None, after: CandidateState, reason: StepReason) -> None:
    """Raises ``ValueError`` for a step that is not in the table."""
    if not leads(before, after, reason):
        msg = f"no candidate goes from {before} to {after} for {reason}"
        raise ValueError(msg)


class CandidacyRefusal(StrEnum):
    HELD_BY_ASSESSORS = (
        "Assessors hold this once everything else has been handed in. There is nothing to bring for"
        " it."
    )
    NOT_OPEN = "This version of the scheme takes no candidates today. Choose another one."
    NEWER_VERSION = (
        "A newer version of the scheme takes candidates now. Read what it asks for; what you wrote "
        "is kept below."
    )
    CANDIDATE_ALREADY = "There is a candidacy for this level already, and it is not over."
    OWN_NOMINATION = "You cannot nominate yourself. Apply under “My expert certification”."
    NOT_OF_ORGANISATION = "This person does not work for the organisation today."
    ANSWERED = "This nomination has been answered already."
    OWN_CANDIDACY = "Nobody decides about an own candidacy. Somebody else has to."
    DECIDED = "Somebody has decided about this in the meantime. Look at it once more."
    REASON_MISSING = "Write why, so that the person knows what to do."
    NO_EVIDENCE_NOW = "This candidacy takes no evidence now."
    FOR_ASSESSORS = "Assessors judge this, once everything has been handed in."
    USED_ALREADY = "This evidence counts for this requirement already."
    ACCEPTED_HERE = (
        "This paper was accepted here and stays. Where that was a mistake, the club can take the"
        " acceptance back."
    )
    RESTS_ON_IT = "A decision about the candidate was taken on this. It stays as it was accepted."
    SIGNED_IT = "The candidate signed this; nobody accepted it."
    NOT_OPEN_NOW = "Nothing is collected or judged in this candidacy now."
    OTHER_REQUIREMENT = "Choose a requirement of this level."
    OTHER_EVIDENCE = "Choose evidence of your own that has not been taken back."
    NO_AMOUNT = "Write how much it proves, as a number above zero."
    DAY_AHEAD = "This day lies ahead. Choose today or an earlier day."
    DAYS_TURNED = "The last day lies before the first day."
    TOO_MUCH_EVIDENCE = "A hundred pieces of evidence are kept for you. Take some back first."
    NOT_COLLECTING = "This candidacy cannot be handed in now."
    NOTHING_TO_JUDGE = (
        "Nothing of this is for assessors: the club confirms the renewal once everything is there."
    )
    STILL_MISSING = "Something that has to be there is missing still. The path says what."
    NOT_TRYING_AGAIN = "Only who was told “not yet” takes another try."
    OVER = "This candidacy cannot be withdrawn any more."
    NO_SUCH_VERSION = "Choose a published version that has this level."
    NOT_MOVING = "A candidacy moves to another version before it is assessed only."


class Conflict(StrEnum):
    """Why somebody cannot judge or decide anything about a candidate, be it admitting, accepting
    evidence, assessing, voting, deciding, recognising or renewing. The strongest first.
    """

    IS_THE_CANDIDATE = "Nobody assesses or decides about an own candidacy."
    TRAINED_THE_CANDIDATE = "Whoever trained the candidate does not assess or decide."
    SAME_ORGANISATION = "Whoever works in the candidate's organisation does not assess or decide."
    NOMINATED_THE_CANDIDATE = "Whoever nominated the candidate does not assess or decide."
    BEFORE_THE_APPEAL = (
        "An appeal was granted: whoever assessed or decided before does not do so again."
    )


@dataclass(frozen=True)
class Ties:
    """What connects an account with a candidate on a day."""

    is_the_candidate: bool = False
    trained_the_candidate: bool = False
    same_organisation: bool = False
    nominated_the_candidate: bool = False
    #: Of a round that a granted appeal began: assessed or decided in one before it.
    judged_before_the_appeal: bool = False


def conflict_of(ties: Ties) -> Conflict | None:
    if ties.is_the_candidate:
        return Conflict.IS_THE_CANDIDATE
    if ties.trained_the_candidate:
        return Conflict.TRAINED_THE_CANDIDATE
    if ties.same_organisation:
        return Conflict.SAME_ORGANISATION
    if ties.nominated_the_candidate:
        return Conflict.NOMINATED_THE_CANDIDATE
    return Conflict.BEFORE_THE_APPEAL if ties.judged_before_the_appeal else None


def refusal_to_start(
    version: SchemeVersion, *, takes_candidates: SchemeVersion | None
) -> CandidacyRefusal | None:
    """``takes_candidates``: the version of the scheme on which people start today."""
    if takes_candidates is None or version.state is VersionState.DRAFT:
        return CandidacyRefusal.NOT_OPEN
    return None if takes_candidates is version else CandidacyRefusal.NEWER_VERSION


def refusal_to_answer(state: CandidateState) -> CandidacyRefusal | None:
    """Of a nomination: by the person, and by who takes it back."""
    return None if state is _S.NOMINATED else CandidacyRefusal.ANSWERED


def refusal_to_decide_on_admission(
    state: CandidateState, tie: Conflict | None
) -> CandidacyRefusal | Conflict | None:
    """``tie``: of whoever wants to decide with the candidate."""
    if tie:
        return tie
    return None if state is _S.APPLIED else CandidacyRefusal.DECIDED


def refusal_to_claim(amount: Decimal | None, unit: Unit) -> CandidacyRefusal | SchemeRefusal | None:
    """Why evidence cannot prove so much."""
    if amount is None or amount <= 0:
        return CandidacyRefusal.NO_AMOUNT
    return refusal_of_amount(amount, unit)


def refusal_of_days(
    day: date, to_day: date | None, *, today: date
) -> tuple[CandidacyRefusal, str] | None:
    """With the field to mend. A time may go on, but begins today at the latest."""
    if day > today:
        return CandidacyRefusal.DAY_AHEAD, "day"
    if to_day is not None and to_day < day:
        return CandidacyRefusal.DAYS_TURNED, "to_day"
    return None


def refusal_to_judge_use(
    use: EvidenceUse, tie: Conflict | None
) -> CandidacyRefusal | Conflict | None:
    """As a coordinator, who judges what is not left to assessors. ``tie``: with the candidate."""
    if tie:
        return tie
    if use.requirement.judged_by is Judge.ASSESSOR:
        return CandidacyRefusal.FOR_ASSESSORS
    return CandidacyRefusal.DECIDED if use.state is not UseState.WAITING else None


def refusal_to_hand_in(
    state: CandidateState, *, is_something_missing: bool, is_only_counted: bool = False
) -> CandidacyRefusal | None:
    """``is_only_counted``: of a renewal that asks for nothing that assessors judge."""
    if after(state, _R.HANDED_IN) is None:
        return CandidacyRefusal.NOT_COLLECTING
    if is_only_counted:
        return CandidacyRefusal.NOTHING_TO_JUDGE
    return CandidacyRefusal.STILL_MISSING if is_something_missing else None


def refusal_to_withdraw(
    state: CandidateState, reason: StepReason = StepReason.WITHDRAWN_BY_PERSON
) -> CandidacyRefusal | None:
    return None if leads(state, _S.WITHDRAWN, reason) else CandidacyRefusal.OVER


def refusal_to_move(state: CandidateState) -> CandidacyRefusal | None:
    """To another version of the scheme."""
    return None if leads(state, state, _R.MOVED_TO_VERSION) else CandidacyRefusal.NOT_MOVING
