"""What is written down of a person in a run, and what it is measured by."""

from dataclasses import dataclass
from decimal import Decimal

#: Where nobody stated a maximum.
USUAL_MAXIMUM = Decimal(100)


@dataclass(frozen=True)
class Scale:
    """The maximum scores of a run."""

    pre_test: Decimal = USUAL_MAXIMUM
    post_test: Decimal = USUAL_MAXIMUM
    #: ``None``: the assignment is passed (1) or not (0).
    assignment: Decimal | None = None

    @property
    def assignment_is_scored(self) -> bool:
        return self.assignment is not None

    @property
    def maximums(self) -> dict[str, Decimal]:
        """By the names of the scores in ``Result``."""
        return {
            "pre_test": self.pre_test,
            "post_test": self.post_test,
            "assignment": Decimal(1) if self.assignment is None else self.assignment,
        }


@dataclass(frozen=True)
class Result:
    """Scores in points, ``None`` where there is none yet."""

    pre_test: Decimal | None = None
    post_test: Decimal | None = None
    assignment: Decimal | None = None
    remark: str | None = None
    confirmed: bool = False

    @property
    def says_something(self) -> bool:
        """Whether there is anything to read for the person."""
        scores = (self.pre_test, self.post_test, self.assignment)
        return self.remark is not None or any(score is not None for score in scores)
