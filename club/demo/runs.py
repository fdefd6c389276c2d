"""What the rest of the demo club needs to know of its runs."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from club.courses.models import Course, Funding, RunForm


class Part(Enum):
    """What a run shows; the first runs ahead are chosen to show something each."""

    PAST = auto()
    TO_BE_CLOSED = auto()
    RUNNING = auto()
    FULL = auto()
    #: Full, and the demo member is offered the place that fell free.
    OFFERED = auto()
    NEARLY_FULL = auto()
    OPEN = auto()
    #: Open, with places that are kept for groups.
    GROUPED = auto()
    #: Whoever registers asks for a place, and somebody decides.
    BY_REQUEST = auto()
    BY_INVITATION = auto()
    NOT_OPEN_YET = auto()
    DRAFT = auto()
    CANCELLED = auto()

    @property
    def is_over(self) -> bool:
        return self in {Part.PAST, Part.TO_BE_CLOSED}


@dataclass(frozen=True)
class DemoSession:
    id: int
    starts_at: datetime
    ends_at: datetime
    is_held: bool = True

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass
class DemoRun:
    id: int
    code: str
    course: Course
    part: Part
    form: RunForm
    funding: Funding
    seats: int
    opens_at: datetime
    closed_at: datetime | None
    #: What completing asks for beside being there.
    post_test_minimum: int | None = None
    confirmation_needed: bool = False
    sessions: list[DemoSession] = field(default_factory=list)
