"""Who registered, who came, and what that came to: by the club's own rules of counting."""

from datetime import datetime, timedelta
from typing import Any

from club import clock
from club.courses.models import Run, RunForm
from club.demo.certificates import Certificates, Earned
from club.demo.inquiries import Inquiries
from club.demo.invention import Invention
from club.demo.results import Results
from club.demo.rows import Rows
from club.demo.runs import DemoRun, DemoSession, Part
from club.demo.society import DemoPerson, Society
from club.records.attendance import rules
from club.records.attendance.models import AttendanceMark, Mark, MarkSource
from club.records.models import TrainingRecord
from club.registration.models import (
    NoRoom,
    Offer,
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.rules.terms import USUAL

_FILL = {
    Part.FULL: 1.5, Part.OFFERED: 1.25, Part.NEARLY_FULL: 0.95, Part.OPEN: 0.4, Part.GROUPED: 0.4,
    Part.BY_REQUEST: 0.2, Part.BY_INVITATION: 0.1,
    Part.NOT_OPEN_YET: 0, Part.DRAFT: 0, Part.CANCELLED: 0.3,
}  # fmt: skip
_Step = tuple[RegistrationState | None, RegistrationState, StepReason, datetime]


class Attendance:
    def __init__(self, rows: Rows, invention: Invention, society: Society, now: datetime) -> None:
        self.rows, self.invention, self.society, self.now = rows, invention, society, now
        self.results, self.inquiries = Results(rows), Inquiries(rows, now)
        self.marks = 0
        self.trainer_account_id: int | None = None
        self.member_account_id: int | None = None
        self.certificates = Certificates(rows, invention)
        #: People of the demo accounts, who should have something to see.
        self.regulars: list[DemoPerson] = []
        self._places: list[dict[str, int]] = []

    def fill(self, run: DemoRun) -> None:
        """Registrations, marks and records of one run."""
        registered = self._register(run)
        self.rows.write_when_many()
        states = [state for _person, state in registered]
        self._places.append(
            {
                "id": run.id,
                "places_taken": sum(state.takes_a_seat for state in states),
                "waiting_count": states.count(RegistrationState.WAITING),
            }
        )
        if run.part.is_over or run.part is Part.RUNNING:
            for person, state in registered:
                if state.has_a_place:
                    self._attend(run, person)

    def note_places(self) -> None:
        """Tell every run how many places are taken, once all rows are written."""
        self.rows.rewrite(Run, self._places)

    def _register(self, run: DemoRun) -> list[tuple[DemoPerson, RegistrationState]]:
        wanted = round(run.seats * _FILL.get(run.part, self.invention.chance.uniform(0.7, 1.1)))
        people = self._drawn(min(wanted, len(self.society.people)), run)
        begin, end = run.opens_at, min(self.now, run.sessions[0].starts_at - timedelta(days=2))
        if run.part is Part.OFFERED:
            end = self._fell_free_at - timedelta(days=1)
        if begin >= end:
            begin = end - timedelta(days=5)
        moments = sorted(begin + (end - begin) * self.invention.chance.random() for _ in people)
        return [
            (person, self._registration(run, person, number, at))
            for number, (person, at) in enumerate(zip(people, moments, strict=True), start=1)
        ]

    def _drawn(self, wanted: int, run: DemoRun) -> list[DemoPerson]:
        drawn = self.invention.chance.sample(self.society.people, k=wanted)
        if run.part is Part.FULL:
            drawn = [*[p for p in drawn if p not in self.regulars], *self.regulars][-wanted:]
        elif run.part is Part.OFFERED:
            others = [p for p in drawn if p not in self.regulars]
            drawn = [*others[: run.seats], *self.regulars, *others[run.seats :]][:wanted]
        elif run.part in {Part.PAST, Part.NEARLY_FULL, Part.RUNNING} and run.id % 5 == 1 and wanted:
            drawn = [*self.regulars, *[p for p in drawn if p not in self.regulars]][:wanted]
        return drawn

    def _story(self, run: DemoRun, number: int, at: datetime) -> list[_Step]:
        """What became of the registration of this number: the last step tells how it stands."""
        fits = number <= run.seats
        state = RegistrationState.CONFIRMED if fits else RegistrationState.WAITING
        story: list[_Step] = [
            (None, state, StepReason.REGISTERED if fits else StepReason.LIST_FULL, at)
        ]
        if run.part is Part.CANCELLED:
            gone = RegistrationState.CANCELLED
            story.append((state, gone, StepReason.RUN_CANCELLED, self.now - timedelta(days=1)))
        elif run.part is Part.OFFERED and number == 1:
            gone = RegistrationState.WITHDRAWN
            story.append((state, gone, StepReason.WITHDRAWN_BY_PERSON, self._fell_free_at))
        elif run.part is Part.OFFERED and number == run.seats + 1:
            offered = RegistrationState.OFFERED
            story.append((state, offered, StepReason.SEAT_FELL_FREE, self._fell_free_at))
        return story

    @property
    def _fell_free_at(self) -> datetime:
        return self.now - timedelta(hours=3)

    def _registration(
        self, run: DemoRun, person: DemoPerson, number: int, at: datetime
    ) -> RegistrationState:
        story = self._story(run, number, at)
        registration_id = self.rows.add(
            Registration,
            public_id=self.rows.uuid(),
            run_id=run.id,
            person_id=person.id,
            state=story[-1][1],
            queue_number=number,
            audience=person.audience,
            organisation_id=person.organisation.id if person.organisation else None,
            registered_at=at,
            waits_since=at,
            quota_id=None,
            takes_late_place=False,
            any_run=False,
        )
        for before, after, why, when in story:
            self.rows.add(
                RegistrationStep,
                registration_id=registration_id,
                from_state=before,
                to_state=after,
                reason=why,
                no_room=NoRoom.ALL_TAKEN if why is StepReason.LIST_FULL else None,
                remark=None,
                at=when,
                by_id=None,
            )
        if story[-1][1] is RegistrationState.OFFERED:
            self._offer(registration_id, person)
        return story[-1][1]

    def _offer(self, registration_id: int, person: DemoPerson) -> None:
        made_at = self._fell_free_at
        self.rows.add(
            Offer,
            registration_id=registration_id, person_id=person.id, vacancy=self.rows.uuid(),
            made_at=made_at, expires_at=made_at + USUAL.offer_time, answer=None, answered_at=None,
        )  # fmt: skip

    def _attend(self, run: DemoRun, person: DemoPerson) -> None:
        faithful = self.invention.chance.choices([0.97, 0.75, 0.2], [78, 14, 8])[0]
        presences = []
        for session in run.sessions:
            if session.starts_at + timedelta(minutes=20) > self.now:
                continue
            mark = self._mark(faithful)
            self._write_mark(run, session, person, mark)
            presences.append(rules.Presence(session.id, mark))
        if run.closed_at:
            self._record(run, person, presences)

    def _mark(self, faithful: float) -> Mark:
        chance = self.invention.chance
        if chance.random() < faithful:
            return Mark.LATE if chance.random() < 0.06 else Mark.PRESENT
        return Mark.EXCUSED if chance.random() < 0.3 else Mark.ABSENT

    def _write_mark(
        self, run: DemoRun, session: DemoSession, person: DemoPerson, mark: Mark
    ) -> None:
        """In classes online the meeting's list was taken over. Elsewhere the demo member, who alone
        has an account, has checked in, and trainers marked the others.
        """
        is_online = run.form is RunForm.ONLINE
        by_code = person in self.regulars and mark is Mark.PRESENT and not is_online
        by_trainer = MarkSource.ONLINE_IMPORT if is_online else MarkSource.TRAINER_TAP
        self.rows.add(
            AttendanceMark,
            session_id=session.id,
            person_id=person.id,
            mark=mark,
            minutes=None,
            source=MarkSource.SELF_CHECK_IN if by_code else by_trainer,
            marked_at=session.starts_at + timedelta(minutes=12),
            marked_by_id=self.member_account_id if by_code else self.trainer_account_id,
            confirmed_by_id=self.trainer_account_id if by_code else None,
        )
        self.marks += 1

    def _record(self, run: DemoRun, person: DemoPerson, presences: list[rules.Presence]) -> None:
        attended = rules.attendance(_held(run), presences)
        judged = self.results.judge(run, person, attended)
        employer = person.organisation
        record_id = self.rows.add(
            TrainingRecord,
            public_id=self.rows.uuid(),
            run_id=run.id,
            person_id=person.id,
            planned_minutes=attended.planned_minutes,
            attended_minutes=attended.attended_minutes,
            person_days=attended.person_days,
            counts=attended.reaches(50),
            completed=judged.completes,
            result_id=judged.result_id,
            scale_id=judged.scale_id,
            day=clock.local_day(run.sessions[-1].ends_at),
            audience=person.audience,
            organisation_id=employer.id if employer else None,
            organisation_name=employer.name if employer else None,
            sector=employer.sector if employer else None,
            size_class=employer.size_class if employer else "not_stated",
            unit_id=employer.ward_id if employer else person.ward_id,
            sex=person.sex,
            job_group=person.job_group,
            computed_at=run.closed_at,
            superseded_at=None,
            **_of_the_class(run),
        )
        if attended.reaches(50):
            self.inquiries.ask(run, person, keeps_waiting=person in self.regulars)
        earned = Earned(run, person, record_id, attended.attended_minutes, judged.post_test)
        if judged.completes:
            self.certificates.earned.append(earned)
        elif attended.reaches(50):
            self.certificates.missed.append(earned)


def _held(run: DemoRun) -> list[rules.HeldSession]:
    return [rules.HeldSession(s.id, clock.local_day(s.starts_at), s.minutes) for s in run.sessions]


def _of_the_class(run: DemoRun) -> dict[str, Any]:
    return {
        "topic_key": run.course.topic.key,
        "course_code": run.course.code,
        "course_title": run.course.title,
        "course_title_en": run.course.title_en,
        "form": run.form,
        "funding": run.funding,
    }
