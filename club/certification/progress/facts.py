"""What the requirement calculus takes and gives: needs, credits, and where somebody stands. Plain
facts without a database; amounts are exact decimals in the unit of the need.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

NOTHING = Decimal(0)


class Source(StrEnum):
    """Where a credit comes from."""

    TRAINING = "training"
    OUTSIDE_TRAINING = "outside_training"
    TEACHING = "teaching"
    PILOT = "pilot"
    EXPERT_CERTIFICATE = "expert_certificate"
    EVIDENCE = "evidence"
    #: What assessors found to be there.
    FINDING = "finding"


class CreditStanding(StrEnum):
    ACCEPTED = "accepted"
    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    #: It goes on still and brings nothing before its end.
    UNFINISHED = "unfinished"


class Measure(StrEnum):
    """How the credits of one need come together."""

    #: They add up: hours, courses, projects, referees.
    SUM = "sum"
    #: The best one alone: the score of an examination.
    BEST = "best"
    #: The months that their days cover; two jobs at once are not two years.
    MONTHS = "months"


@dataclass(frozen=True)
class Attempts:
    """Of an examination: how often somebody may sit it, and the days between two attempts."""

    most: int | None = None
    wait_days: int = 0


@dataclass(frozen=True)
class Need:
    """What the calculus has to know of a requirement."""

    key: str
    #: The kind of the requirement, by its value: ``training``, ``project`` …
    kind: str
    unit: str
    #: ``None``: to be set. It is never met by counting.
    minimum: Decimal | None
    measure: Measure = Measure.SUM
    #: Needs of one group are alternatives, and one of them is enough.
    group: str | None = None
    #: Within a group, needs with the same word are needed together: (a degree and two years) or
    #: five years.
    together: str | None = None
    #: Somebody has to judge it as well: the amount alone does not meet it.
    needs_verdict: bool = False
    #: A credit needs one of these marks (``topic:5s``, ``course:TA-5S``); none given: any will do.
    any_of: frozenset[str] = frozenset()
    #: Each has to show what was measured before and after, whatever way it came.
    measured: bool = False
    #: Credits of earlier days count nothing.
    since: date | None = None
    #: A credit counts for so many months from its day on.
    valid_months: int | None = None
    #: What one unit is worth, by category; the others are worth 1, and 0 is worth nothing at all.
    factors: Mapping[str, Decimal] = field(default_factory=dict)
    #: The most that a category brings, by its name.
    caps: Mapping[str, Decimal] = field(default_factory=dict)
    attempts: Attempts | None = None


@dataclass(frozen=True)
class Credit:
    """One thing that may count: what a training record, a piece of evidence … brings."""

    source: Source
    kind: str
    unit: str
    amount: Decimal
    #: The day it was earned; of a time, the first one.
    day: date
    #: What it is, such as ``training_record:17``. No two credits of a person and unit share one.
    ref: str
    standing: CreditStanding = CreditStanding.ACCEPTED
    #: In what way it came about, such as ``taught``: what weights and caps go by.
    category: str | None = None
    #: The last day of a time, on which it was earned. Of months, ``None`` means that it goes on.
    to_day: date | None = None
    marks: frozenset[str] = frozenset()
    #: The key of the need it was handed in for. It counts for that one only, whatever its kind,
    #: unit and marks; the days hold for it as well.
    handed_in_for: str | None = None
    #: Whether it shows what was measured before and after.
    measured: bool = False
    #: What it is about, such as ``pilot_project:3``: of credits about one thing, one counts.
    about: str | None = None
    #: The account that accepted it, of training elsewhere and parts in pilot projects.
    accepted_by_id: int | None = None
    #: Whether it counted once, also where it has been withdrawn since: an attempt stays one.
    was_accepted: bool = False


@dataclass(frozen=True)
class Verdict:
    """Of who had to judge a need."""

    fulfilled: bool
    day: date
    #: What was handed in after this moment was not looked at; ``None``: everything was.
    looked_until: datetime | None = None
    #: Of an examination that was held: what was reached, and on which day.
    score: Decimal | None = None
    sat_on: date | None = None


class NeedState(StrEnum):
    MET = "met"
    PARTLY = "partly"
    MISSING = "missing"
    WAITING = "waiting"
    TO_BE_SET = "to_be_set"


class Reason(StrEnum):
    """Why a credit counts so much and no more. The words are in ``labels``."""

    COUNTS = "counts"
    #: At the weight that the scheme gives to its category.
    WEIGHTED = "weighted"
    #: Up to the most that its category may bring.
    CAPPED = "capped"
    #: Its category has brought the most that it may bring.
    SURPLUS = "surplus"
    #: Other evidence covers these days, or some of them.
    OVERLAPS = "overlaps"
    #: Part of its days lie outside the time that the scheme takes.
    PART_OF_TIME = "part_of_time"
    ANOTHER_IS_BETTER = "another_is_better"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    #: Within the waiting time after an attempt.
    TOO_SOON = "too_soon"
    #: Before the day from which on the scheme counts.
    TOO_EARLY = "too_early"
    #: Longer ago than what counts is valid.
    NO_LONGER_VALID = "no_longer_valid"
    NOT_YET = "not_yet"
    OTHER_SUBJECT = "other_subject"
    #: The scheme asks for figures of before and after, and there are none.
    UNMEASURED = "unmeasured"
    #: Something else about the same thing counts already.
    SAME_THING = "same_thing"
    CATEGORY_NOT_TAKEN = "category_not_taken"
    WAITING = "waiting"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNFINISHED = "unfinished"


@dataclass(frozen=True)
class Counted:
    """What became of one credit for one need."""

    credit: Credit
    amount: Decimal
    reason: Reason


@dataclass(frozen=True)
class NeedStanding:
    """Where somebody stands with one need on a day."""

    need: Need
    state: NeedState
    #: What is accepted and counts, in the unit of the need; beyond the minimum too.
    amount: Decimal
    #: What comes to it once everything that waits is accepted.
    waiting: Decimal
    counted: tuple[Counted, ...]
    verdict: Verdict | None = None

    @property
    def missing(self) -> Decimal | None:
        """How much is still to be brought; ``None`` where no minimum is set."""
        minimum = self.need.minimum
        return None if minimum is None else max(minimum - self.amount, NOTHING)


@dataclass(frozen=True)
class Part:
    """A need that stands alone, or a group of alternatives."""

    #: The key of the group, else of the need.
    key: str
    state: NeedState
    #: Between 0 and 1; ``None`` where nothing is set that could be measured.
    share: Fraction | None
    standings: tuple[NeedStanding, ...]


@dataclass(frozen=True)
class Progress:
    """Where somebody stands with everything that is asked."""

    parts: tuple[Part, ...]
    #: Whole percent, rounded down; ``None`` where no minimum is set at all.
    readiness: int | None
    #: The last day of what can count, such as of a renewal's window; ``None``: there is none.
    until: date | None = None

    @property
    def is_complete(self) -> bool:
        return all(part.state is NeedState.MET for part in self.parts)

    @property
    def to_be_set(self) -> int:
        """How many parts nobody can measure yet."""
        return sum(part.state is NeedState.TO_BE_SET for part in self.parts)

    def standing_of(self, key: str) -> NeedStanding:
        """Raises ``KeyError`` for a need that is not asked."""
        for part in self.parts:
            for standing in part.standings:
                if standing.need.key == key:
                    return standing
        raise KeyError(key)
