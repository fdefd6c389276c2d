"""Loads the demo club into an empty database, the same for the same seed and day."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from club import clock
from club.accounts.models import Account
from club.courses.models import Course
from club.db import transaction
from club.demo import queries
from club.demo.accounts import DemoAccounts, open_demo_accounts
from club.demo.agreements import agree_to_cases
from club.demo.attendance import Attendance
from club.demo.certificates import word_certificates
from club.demo.department_reports import ask_departments
from club.demo.earlier import hand_in_earlier_years
from club.demo.groups import keep_places_for_groups
from club.demo.identifiers import draw_again, identifiers_from
from club.demo.invention import Invention
from club.demo.materials import publish_materials
from club.demo.models import DemoLoad
from club.demo.month_report import report_last_month
from club.demo.nominations import nominate_colleagues
from club.demo.notices import tell_of_places
from club.demo.outside import enter_training_elsewhere
from club.demo.papers import enter_paper_list
from club.demo.plan_lines import tell_of_lines
from club.demo.progress import make_progress
from club.demo.proposals import propose_cases
from club.demo.questions import ask_the_club
from club.demo.requests import ask_about_data
from club.demo.rows import Rows
from club.demo.runs import DemoRun, Part
from club.demo.society import DemoPerson, Society, found_society
from club.demo.timetable import Timetable
from club.demo.twins import enter_twice
from club.demo.ways_in import show_ways_in
from club.refusal import RefusedError
from club.units.queries import wards_on

#: Marks that one run leaves on average, for working out how many runs a number of marks needs.
_MARKS_PER_RUN = 75


class DemoRefusal(StrEnum):
    NOT_EMPTY = "The database is not empty. Invented people are never mixed with real ones."
    PRODUCTION = "This is a production site. Demonstration data is never loaded into it."
    NO_COURSES = "Load the reference data first: flask --app club content sync"


@dataclass(frozen=True)
class Loaded:
    people: int
    runs: int
    marks: int
    certificates: int


@dataclass(frozen=True)
class Size:
    people: int = 600
    runs: int = 60
    #: Raises the runs until about so many attendance marks exist.
    marks: int = 0

    @property
    def runs_needed(self) -> int:
        return max(self.runs, self.marks // _MARKS_PER_RUN)


def load_demo(
    size: Size = Size(), *, seed: int = 2026, now: datetime, production: bool = False
) -> Loaded:
    """Invent a club of that size."""
    if production:
        raise RefusedError(DemoRefusal.PRODUCTION)
    with transaction() as session:
        if queries.has_people():
            raise RefusedError(DemoRefusal.NOT_EMPTY)
        courses = _courses(session)
        if not courses:
            raise RefusedError(DemoRefusal.NO_COURSES)
        invention = Invention(seed)
        rows = Rows(session, invention.chance)
        with identifiers_from(rows, session):
            loaded = _load(rows, invention, courses, size, _morning(now))
            draw_again(rows, invention, session)
        session.add(DemoLoad(loaded_at=now, seed=seed, people=size.people, runs=size.runs_needed))
        rows.catch_up_sequences()
    with identifiers_from(rows, session):
        report_last_month(now=_morning(now))
    return loaded


def _morning(now: datetime) -> datetime:
    """Who loads it later on that day gets the same club."""
    return clock.instant_of(clock.local_day(now))


def _load(
    rows: Rows, invention: Invention, courses: list[Course], size: Size, now: datetime
) -> Loaded:
    wards = [unit.id for unit in wards_on(clock.local_day(now))]
    society = found_society(rows, invention, people=size.people, wards=wards, now=now)
    rows.write()
    rows.catch_up_sequences()
    accounts = open_demo_accounts(society, now=now)
    timetable = Timetable(rows, invention, courses, now)
    timetable.wards = wards
    timetable.trainers = [accounts.trainer.person_id, *[p.id for p in society.people[:6]]]
    timetable.coordinator_id = accounts.coordinator.id
    attendance = Attendance(rows, invention, society, now)
    attendance.trainer_account_id = attendance.results.trainer_account_id = accounts.trainer.id
    attendance.member_account_id = accounts.member.id
    attendance.regulars = [_regular(accounts)]
    one_of_each: dict[Part, DemoRun] = {}
    for part, number, first_day in timetable.planned(size.runs_needed):
        one_of_each[part] = run = timetable.lay_out(part, number, first_day)
        attendance.fill(run)
    attendance.certificates.design_id = word_certificates(accounts, now=now)
    certificates = attendance.certificates.issue(accounts, regulars=attendance.regulars, now=now)
    rows.write()
    attendance.note_places()
    if Part.OPEN in one_of_each:
        nominate_colleagues(rows, one_of_each[Part.OPEN].id, accounts, now=now)
    rows.catch_up_sequences()
    make_progress(society, accounts, now=now)
    keep_places_for_groups(one_of_each, by=accounts.coordinator.id, now=now)
    show_ways_in(one_of_each, society, accounts, now=now)
    _hand_in_papers(society, accounts, now=now)
    publish_materials(one_of_each, by=accounts.trainer.id, now=now)
    tell_of_places(accounts.member, now=now)
    _leave_work_for_the_office(one_of_each, accounts, courses[0], now=now)
    return Loaded(size.people, size.runs_needed, attendance.marks, certificates)


def _hand_in_papers(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    enter_training_elsewhere(accounts, now=now)
    enter_paper_list(accounts, now=now)
    ask_about_data(society, accounts, now=now)


def _leave_work_for_the_office(
    one_of_each: dict[Part, DemoRun], accounts: DemoAccounts, course: Course, *, now: datetime
) -> None:
    enter_twice(one_of_each.get(Part.TO_BE_CLOSED), now=now)
    hand_in_earlier_years(accounts, course, now=now)
    ask_departments(accounts, now=now)
    tell_of_lines(accounts, now=now)
    ask_the_club(accounts, now=now)
    agree_to_cases(accounts, propose_cases(accounts, now=now), now=now)


def _regular(accounts: DemoAccounts) -> DemoPerson:
    """The demo member, who has a past, a place and a number on a waiting list."""
    member: Account = accounts.member
    return DemoPerson(
        member.person_id, member.person.full_name, member.person.sex, member.person.job_group,
        None, accounts.member_firm,
    )  # fmt: skip


def _courses(session: Session) -> list[Course]:
    query = (
        select(Course)
        .where(Course.retired_on.is_(None))
        .order_by(Course.position)
        .options(joinedload(Course.topic))
    )
    return list(session.scalars(query))
