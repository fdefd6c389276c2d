"""Who may judge and decide about whom, and what a panel's votes come to. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from club.certification.assessment.models import Choice
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.rules import Conflict
from club.certification.schemes.models import Deciding, Majority


class AssessmentRefusal(StrEnum):
    NOT_UNDER_ASSESSMENT = "This candidacy is not being assessed now. Look at it once more."
    NOT_AN_ASSESSOR = "Choose somebody with the role of an assessor."
    ASKED_ALREADY = "This assessor has been asked already."
    DUE_IN_THE_PAST = "This day is over. Choose today or a later day."
    OVER = "This task is over: it was given back, taken back, or the candidacy has been decided."
    OTHER_REQUIREMENT = "Assessors do not judge this requirement."
    NOTE_MISSING = "Write what is missing, so that the candidate knows what to do."
    NOTE_AGAINST = (
        "By what was handed in this is not there yet. Write why you find it fulfilled all the same."
    )
    NOT_ALL_JUDGED = "Judge every requirement first."
    REASON_MISSING = "Write why, so that everybody concerned can read it."
    ASSESSED_IT = "Whoever assessed a candidate does not decide. Somebody else has to."
    ACCEPTED_IT = (
        "Whoever accepted evidence that a decision rests on does not decide. Somebody else has to."
    )
    NOBODY_ASSESSED = "Nobody has assessed this candidate yet. Ask an assessor first."
    STILL_ASSESSING = "An assessor is not done yet. Wait, or take the task back with a reason."
    NOT_FULFILLED = "Not every requirement is fulfilled; the path says which. Decide “not yet”."
    ASSESSED_ONESELF = "One of the assessors is the candidate. Take that task back first."
    BODY_CERTIFIES = (
        "Another body certifies this level. Enter its certificate and have it checked: the"
        " candidacy follows it by itself."
    )
    JUDGED_SINCE = (
        "Since you opened this page somebody has judged anew, or it has been handed in once more."
        " Look at it again, and keep it then."
    )
    NO_PANEL = "No panel decides in this scheme."
    QUORUM_MISSING = "Not enough members of the panel have voted yet."
    NO_MAJORITY = "The panel's votes do not carry this. Decide as the panel voted."
    MAJORITY_SAYS_YES = "The panel voted that the level is reached. Decide as the panel voted."


class Hindrance(StrEnum):
    """Why somebody who was asked will not judge any more."""

    ACCOUNT_CLOSED = "This account is closed. Take the task back and ask somebody else."
    ROLE_GONE = (
        "This account no longer has the role of an assessor. Take the task back and ask somebody"
        " else."
    )


def hindrance_of(
    *, is_active: bool, is_assessor: bool, conflict: Conflict | None
) -> Hindrance | Conflict | None:
    if not is_active:
        return Hindrance.ACCOUNT_CLOSED
    return conflict if is_assessor else Hindrance.ROLE_GONE


#: What those who judged one requirement found, one of each assessor.
Found = Collection[bool]


def agreed(found: Found) -> bool | None:
    """Whether it is fulfilled, where all who judged it say the same. ``None``: they disagree, or
    nobody judged it: then whoever decides has to say it, with a reason.
    """
    said = set(found)
    return said.pop() if len(said) == 1 else None


@dataclass(frozen=True)
class Tally:
    """What a panel voted."""

    yes: int
    no: int
    abstained: int

    @property
    def votes(self) -> int:
        return self.yes + self.no + self.abstained

    def carries(self, majority: Majority) -> bool:
        """Of those who said yes or no. Nobody's silence is a yes."""
        said = self.yes + self.no
        if not said:
            return False
        share = Fraction(self.yes, said)
        match majority:
            case Majority.MORE_THAN_HALF:
                return share > Fraction(1, 2)
            case Majority.TWO_THIRDS:
                return share >= Fraction(2, 3)
            case Majority.ALL:
                return share == 1


def tally_of(choices: Iterable[Choice]) -> Tally:
    cast = list(choices)
    return Tally(*(cast.count(choice) for choice in (Choice.YES, Choice.NO, Choice.ABSTAIN)))


@dataclass(frozen=True)
class Panel:
    """Members have voted; what the scheme asks of their votes."""

    tally: Tally
    quorum: int
    majority: Majority

    @property
    def has_quorum(self) -> bool:
        """Whoever abstains is present."""
        return self.tally.votes >= self.quorum

    @property
    def says_yes(self) -> bool:
        return self.tally.carries(self.majority)


@dataclass(frozen=True)
class Round:
    """What is known when somebody wants to decide about what a candidate handed in."""

    state: CandidateState
    deciding: Deciding
    #: The accounts that were asked and judged something, or are still to.
    assessors: frozenset[int]
    #: How many tasks are done, and how many are not.
    done: int
    under_way: int
    #: Keys of requirements that are not met, without those that assessors disagree about.
    unmet: frozenset[str]
    disputed: frozenset[str]
    #: The accounts that accepted evidence which the decision rests on.
    accepted_by: frozenset[int] = frozenset()
    #: Whether the candidate is among the assessors: two entries of one person became one.
    self_assessed: bool = False
    #: ``None``: no panel decides.
    panel: Panel | None = None
    #: Tells this round, and what was found in it so far, from what came before.
    mark: str = ""


#: What can be decided about what is being assessed: granted first.
OUTCOMES: dict[CandidateState, tuple[CandidateState, ...]] = {
    CandidateState.UNDER_ASSESSMENT: (
        CandidateState.CERTIFIED,
        CandidateState.NOT_YET,
        CandidateState.REFUSED,
    ),
    CandidateState.RENEWAL_UNDER_ASSESSMENT: (CandidateState.RENEWED, CandidateState.RENEWAL_DUE),
}
GRANTED = frozenset(outcomes[0] for outcomes in OUTCOMES.values())


def outcomes_of(state: CandidateState, deciding: Deciding) -> tuple[CandidateState, ...]:
    """What the club can decide: where another body certifies, only its certificate says yes."""
    outcomes = OUTCOMES.get(state, ())
    return outcomes[1:] if deciding is Deciding.BODY else outcomes


def refusal_of_what_was_seen(round_: Round, seen: str | None) -> AssessmentRefusal | None:
    """``seen``: the mark of the page that somebody decides or votes by; ``None``: of no page."""
    return AssessmentRefusal.JUDGED_SINCE if seen and seen != round_.mark else None


def refusal_to_decide(
    round_: Round, outcome: CandidateState, *, by: int, reason: str | None
) -> AssessmentRefusal | None:
    """``by``: the account that decides, which has no conflict of interest: see ``conflict_of``."""
    if outcome not in OUTCOMES.get(round_.state, ()):
        return AssessmentRefusal.NOT_UNDER_ASSESSMENT
    if refusal := _refusal_of_people(round_, by) or _refusal_of_work(round_, outcome):
        return refusal
    if outcome not in GRANTED or round_.disputed:
        return None if reason else AssessmentRefusal.REASON_MISSING
    return None


def _refusal_of_people(round_: Round, by: int) -> AssessmentRefusal | None:
    if by in round_.assessors:
        return AssessmentRefusal.ASSESSED_IT
    if by in round_.accepted_by:
        return AssessmentRefusal.ACCEPTED_IT
    return AssessmentRefusal.ASSESSED_ONESELF if round_.self_assessed else None


def _refusal_of_work(round_: Round, outcome: CandidateState) -> AssessmentRefusal | None:
    """What has to have been done before."""
    grants = outcome in GRANTED
    if round_.deciding is Deciding.BODY:
        return AssessmentRefusal.BODY_CERTIFIES if grants else None
    if round_.under_way:
        return AssessmentRefusal.STILL_ASSESSING
    if not round_.done:
        return AssessmentRefusal.NOBODY_ASSESSED
    if grants and round_.unmet:
        return AssessmentRefusal.NOT_FULFILLED
    return _refusal_of_panel(round_, grants=grants)


def _refusal_of_panel(round_: Round, *, grants: bool) -> AssessmentRefusal | None:
    panel = round_.panel
    if panel is None:
        return None
    if not panel.has_quorum:
        return AssessmentRefusal.QUORUM_MISSING
    if grants:
        return None if panel.says_yes else AssessmentRefusal.NO_MAJORITY
    return AssessmentRefusal.MAJORITY_SAYS_YES if panel.says_yes and not round_.unmet else None
