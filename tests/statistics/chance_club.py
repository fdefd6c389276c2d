"""A club in which people, firms and classes do what chance says, by the club's own operations."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from club.courses.models import Funding, SessionState
from club.db import transaction
from club.people.models import AudienceKind, Sex
from club.records.attendance.models import Mark
from club.records.attendance.operations import add_walk_in, mark_attendance
from club.records.attendance.queries import entries_of
from club.records.operations import close_run, reopen_run
from club.records.results.facts import Result
from club.records.results.operations import Typed, save_results
from club.records.results.queries import results_of
from tests.records.kit import on_the_list
from tests.support.factories import a_course, a_person, a_run, a_topic, a_unit, an_organisation


class ChanceClub:
    def __init__(self, chance):
        self.chance = chance
        wards = [a_unit() for _ in range(3)]
        self.firms = [
            an_organisation(sector=sector, ward_id=ward.id)
            for sector, ward in zip(("wood", "food", None), wards, strict=True)
        ]
        self.people = [
            a_person(ward_id=chance.choice([None, wards[0].id]), sex=chance.choice(list(Sex)))
            for _ in range(9)
        ]
        topics = [a_topic(), a_topic()]
        self.courses = [a_course(topic=topic) for topic in (*topics, topics[0])]

    def beginnings(self):
        """Around the ends of months and report months, some at midnight where the club is."""
        for day in (date(2025, 11, 29), date(2025, 12, 13), date(2025, 12, 31), date(2026, 2, 14),
                    date(2026, 2, 27), date(2026, 3, 14), date(2026, 3, 30)):  # fmt: skip
            hour = self.chance.choice([1, 10, 13, 14])
            yield datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(minutes=1)

    def hold_a_run(self, begins, now):
        chance = self.chance
        run = a_run(
            sessions=3, starts_at=begins, course=chance.choice(self.courses), seats=20,
            funding=chance.choice(list(Funding)), counting_threshold=chance.choice([30, 50, 67]),
            post_test_minimum=chance.choice([None, None, 60]),
            assignment_minimum=chance.choice([None, None, 100]),
            confirmation_needed=chance.random() < 0.3,
        )  # fmt: skip
        if chance.random() < 0.3:
            with transaction():
                run.sessions[2].state = SessionState.CANCELLED
        for person in chance.sample(self.people, 7):
            firm = chance.choice([*self.firms, None])
            if firm is None and chance.random() < 0.3:
                add_walk_in(run.id, person.id, by=None, now=now)
                continue
            on_the_list(
                run, person, organisation_id=firm.id if firm else None,
                audience=AudienceKind.ENTERPRISE if firm else AudienceKind.INDIVIDUAL,
            )  # fmt: skip
        self.close(run, now)
        if chance.random() < 0.4:
            reopen_run(run.id, reason="Ghi nhầm", by=None, now=now)
            self.close(run, now)
        return run

    def close(self, run, now):
        self._mark(run, now)
        self._judge(run, now)
        unmarked = [session.id for session in run.sessions]
        close_run(run.id, by=None, now=now, accepting_unmarked=unmarked)

    def _judge(self, run, now):
        sheet = {}
        held = results_of(run.id)
        for entry in entries_of(run.id):
            if self.chance.random() < 0.8:
                before = held.get(entry.person.id)
                result = Result(
                    post_test=self.chance.choice([None, Decimal(55), Decimal(60), Decimal(95)]),
                    assignment=self.chance.choice([None, Decimal(0), Decimal(1), Decimal(1)]),
                    confirmed=self.chance.random() < 0.7,
                )
                sheet[entry.person.id] = Typed(result, before.id if before else None)
        save_results(run.id, sheet, by=None, now=now)

    def _mark(self, run, now):
        for session in run.sessions:
            if session.state is SessionState.CANCELLED:
                continue
            for entry in entries_of(run.id):
                mark = self.chance.choice([*Mark, Mark.PRESENT, Mark.PRESENT])
                minutes = self.chance.choice([None, 0, 100, 240]) if mark.was_there else None
                mark_attendance(
                    session.id, entry.person.id, mark=mark, minutes=minutes, by=None, now=now
                )
