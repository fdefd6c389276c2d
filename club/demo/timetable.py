"""The runs of the demo club: twelve months back, four ahead, always something open and full."""

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

from club import clock
from club.courses.models import (
    Course,
    Funding,
    Run,
    RunEvent,
    RunEventKind,
    RunForm,
    RunState,
    RunTrainer,
    Session,
    SessionState,
)
from club.demo.invention import Invention
from club.demo.rows import Rows
from club.demo.runs import DemoRun, DemoSession, Part

#: Days: a year of figures, and a future for the calendar.
_BACK, _AHEAD = 365, 120
_LAST_BEGINS = _AHEAD - 15
#: Afternoons in a row: whenever one looks, such a run has begun, is not over and meets today.
_RUNNING_PATTERN = ((time(13, 0), time(17, 0)), 1)
_SUNDAY = 6
#: Half days and evenings: begin and end of one session, and days between two sessions.
_PATTERNS = (
    ((time(7, 30), time(11, 30)), 2),
    ((time(13, 0), time(17, 0)), 1),
    ((time(17, 30), time(20, 30)), 2),
    ((time(8, 0), time(11, 30)), 7),
)


_STATES = {
    Part.PAST: RunState.CLOSED,
    Part.DRAFT: RunState.DRAFT,
    Part.CANCELLED: RunState.CANCELLED,
}
#: Filled to the last seat.
_SMALL = {Part.FULL, Part.OFFERED}
_WHY_CANCELLED = "Giảng viên bận đột xuất; lớp sau sẽ báo trước."
#: Every fourth run that is over, and those that wait to be closed, ask for a test.
_TESTED = {"post_test_minimum": 60, "confirmation_needed": True}


class Timetable:
    """Lays out runs of the catalogue's courses and writes them."""

    def __init__(
        self, rows: Rows, invention: Invention, courses: list[Course], now: datetime
    ) -> None:
        self.rows, self.invention, self.courses, self.now = rows, invention, courses, now
        self._numbers: dict[tuple[str, int], int] = {}
        self.wards: list[int] = []
        self.trainers: list[int] = []
        self.coordinator_id: int | None = None

    def parts(self, runs: int) -> list[Part]:
        """Of 60 runs 40 are over, 2 wait to be closed, 2 run now, 16 are ahead in all states."""
        ahead = [
            Part.FULL, Part.NEARLY_FULL, Part.OPEN, Part.NOT_OPEN_YET, Part.DRAFT, Part.CANCELLED,
            Part.OFFERED, Part.GROUPED,
        ]  # fmt: skip
        now = [Part.RUNNING, Part.TO_BE_CLOSED]
        asked = [Part.BY_REQUEST, Part.BY_INVITATION]
        special = [*ahead, *now, Part.PAST, Part.PAST, *now, *asked]
        some_open = [Part.OPEN] * max(1, runs // 10)
        return [*special, *some_open, *[Part.PAST] * max(0, runs - len(special) - len(some_open))][
            :runs
        ]

    def planned(self, runs: int) -> list[tuple[Part, int, date]]:
        """What runs there will be, in the order of their first days, as codes are given."""
        parts = self.parts(runs)
        all_of, so_far = Counter(parts), Counter[Part]()
        drawn = []
        for number, part in enumerate(parts):
            share = so_far[part] / max(1, all_of[part] - 1)
            so_far[part] += 1
            drawn.append((part, number, self._first_day(part, share)))
        return sorted(drawn, key=lambda plan: (plan[2], plan[1]))

    def lay_out(self, part: Part, number: int, first_day: date) -> DemoRun:
        """One run with its sessions, trainers and story."""
        course = self.courses[number % len(self.courses)]
        sessions = self._times(part, first_day, course)
        closed_at = sessions[-1][1] + timedelta(hours=20) if part is Part.PAST else None
        asks = part is Part.TO_BE_CLOSED or (part is Part.PAST and number % 4 == 0)
        demands = _TESTED if asks else {}
        run = self._run(part, course, sessions, closed_at, demands)
        for count, (begin, end) in enumerate(sessions, start=1):
            run.sessions.append(self._session(run, part, count, begin, end))
        self._story(run)
        self._people(run, number)
        return run

    def _first_day(self, part: Part, share: float) -> date:
        """``share``: which of its part the run is, from 0 for the first to 1 for the last; the
        past and the open ones are spread evenly over the whole time.
        """
        today, chance = clock.local_day(self.now), self.invention.chance
        day = today + timedelta(
            days={
                Part.PAST: round(share * (_BACK - 30)) - _BACK,
                Part.TO_BE_CLOSED: -chance.randint(16, 22),
                Part.RUNNING: -1,
                Part.FULL: chance.randint(6, 12),
                Part.NEARLY_FULL: chance.randint(5, 14),
                Part.OFFERED: chance.randint(8, 14),
                Part.OPEN: 9 + round(share * (_LAST_BEGINS - 9)),
                Part.GROUPED: chance.randint(18, 30),
                Part.BY_REQUEST: chance.randint(14, 25),
                Part.BY_INVITATION: chance.randint(20, 35),
                Part.NOT_OPEN_YET: chance.randint(70, _LAST_BEGINS),
                Part.CANCELLED: chance.randint(8, 20),
            }.get(part, chance.randint(9, _LAST_BEGINS))
        )
        on_sunday = day.weekday() == _SUNDAY and part is not Part.RUNNING
        return day + timedelta(days=1) if on_sunday else day

    def _times(
        self, part: Part, first_day: date, course: Course
    ) -> list[tuple[datetime, datetime]]:
        (begin, end), gap = self.invention.chance.choice(_PATTERNS)
        count = min(4, max(2, (course.duration_days_min or 1) * 2))
        if part is Part.RUNNING:
            ((begin, end), gap), count = _RUNNING_PATTERN, max(3, count)
        days = [first_day + timedelta(days=gap * n) for n in range(count)]
        return [(clock.instant_of(day, begin), clock.instant_of(day, end)) for day in days]

    def _code(self, course: Course, year: int) -> str:
        number = self._numbers[course.code, year] = self._numbers.get((course.code, year), 0) + 1
        return f"{course.code}-{year}-{number:02d}"

    def _run(
        self,
        part: Part,
        course: Course,
        sessions: list[tuple[datetime, datetime]],
        closed_at: datetime | None,
        demands: dict[str, Any],
    ) -> DemoRun:
        chance, starts_at = self.invention.chance, sessions[0][0]
        run = DemoRun(
            id=0,
            code=self._code(course, clock.local_day(starts_at).year),
            course=course,
            part=part,
            form=chance.choices(list(RunForm), [70, 15, 10, 5])[0],
            funding=chance.choices(list(Funding), [60, 25, 10, 5])[0],
            seats=12 if part in _SMALL else chance.choice((20, 24, 30, 30, 36, 40)),
            opens_at=self._opens_at(part, starts_at),
            closed_at=closed_at,
            **demands,
        )
        run.id = self.rows.add(
            Run,
            code=run.code, course_id=course.id, form=run.form, note=None, price_vnd=0,
            funding=run.funding, seats=run.seats, registration_opens_at=run.opens_at,
            registration_closes_at=starts_at - timedelta(days=2), counting_threshold=50,
            completion_threshold=80, post_test_minimum=run.post_test_minimum,
            assignment_minimum=None, confirmation_needed=run.confirmation_needed,
            starts_at=starts_at, ends_at=sessions[-1][1],
            deadline_sequence=0, deadline_modified_at=None, places_taken=0, waiting_count=0,
            places_revision=0,
            has_own_terms=False,
            revision=2, **self._where(run.form), **self._decided(run, starts_at),
        )  # fmt: skip
        return run

    def _opens_at(self, part: Part, starts_at: datetime) -> datetime:
        usual = starts_at - timedelta(days=40)
        return usual if part is Part.NOT_OPEN_YET else min(usual, self.now - timedelta(days=9))

    def _where(self, form: RunForm) -> dict[str, Any]:
        chance = self.invention.chance
        online = "https://hop.example/demo"
        in_a_room = form is not RunForm.ONLINE
        return {
            "place": f"Phòng học Demo {chance.randint(1, 4)}" if in_a_room else None,
            "ward_id": chance.choice(self.wards) if self.wards and in_a_room else None,
            "online_link": online if form in {RunForm.ONLINE, RunForm.BLENDED} else None,
            "host_id": None,
        }

    def _decided(self, run: DemoRun, starts_at: datetime) -> dict[str, Any]:
        """The run's state, when it came to it, and its story."""
        created_at = min(starts_at, self.now) - timedelta(days=45)
        state = _STATES.get(run.part, RunState.PUBLISHED)
        cancelled = state is RunState.CANCELLED
        return {
            "state": state,
            "created_at": created_at,
            "modified_at": created_at + timedelta(days=1),
            "published_at": None if state is RunState.DRAFT else created_at + timedelta(days=1),
            "closed_at": run.closed_at,
            "closed_by_id": self.coordinator_id if run.closed_at else None,
            "cancelled_at": self.now - timedelta(days=1) if cancelled else None,
            "cancellation_reason": _WHY_CANCELLED if cancelled else None,
        }

    def _story(self, run: DemoRun) -> None:
        created_at = min(run.sessions[0].starts_at, self.now) - timedelta(days=45)
        happened = [(RunEventKind.CREATED, created_at)]
        if run.part is not Part.DRAFT:
            happened.append((RunEventKind.PUBLISHED, created_at + timedelta(days=1)))
        if run.closed_at:
            happened.append((RunEventKind.CLOSED, run.closed_at))
        if run.part is Part.CANCELLED:
            happened.append((RunEventKind.CANCELLED, self.now - timedelta(days=1)))
        for kind, at in happened:
            self.rows.add(
                RunEvent, run_id=run.id, kind=kind, at=at, by_id=self.coordinator_id,
                detail=None, reason=None,
            )  # fmt: skip

    def _session(
        self, run: DemoRun, part: Part, number: int, begin: datetime, end: datetime
    ) -> DemoSession:
        cancelled = part is Part.CANCELLED
        changed = self.now - timedelta(days=1) if cancelled else begin - timedelta(days=46)
        changed = min(changed, self.now)
        session_id = self.rows.add(
            Session,
            public_id=self.rows.uuid(),
            run_id=run.id,
            title=_title(run.course, number),
            starts_at=begin,
            ends_at=end,
            place=None,
            state=SessionState.CANCELLED if cancelled else SessionState.PLANNED,
            sequence=1 if cancelled else 0,
            created_at=min(changed, begin - timedelta(days=46)),
            modified_at=changed,
        )
        return DemoSession(session_id, begin, end, not cancelled)

    def _people(self, run: DemoRun, number: int) -> None:
        """The demo trainer teaches what runs now and every third run."""
        first = run.part in {Part.RUNNING, Part.TO_BE_CLOSED} or number % 3 == 0
        trainer = self.trainers[0] if first else self.trainers[number % len(self.trainers)]
        self.rows.add(RunTrainer, run_id=run.id, person_id=trainer)


def _title(course: Course, number: int) -> str | None:
    """A part of the course's outline, where it has that many."""
    return course.outline[number - 1] if number <= len(course.outline) else None
