"""What connects those who decide something about a candidate with the candidate."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload

from club.accounts.models import Account, Role, RoleName, account_role
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.rules import Conflict, Ties, conflict_of
from club.courses.history import TeachingStep
from club.courses.models import RunTrainer, Session, SessionState
from club.db import db
from club.people.models import Employment
from club.people.queries import employment_holds_on
from club.records.attendance.models import WalkIn
from club.records.models import TrainingRecord
from club.registration.models import Registration, RegistrationState

_TRAINER, _COLLEAGUE = "trainer", "colleague"
#: Who has a place, or took part, in which class.
_TAKEN = (
    union_all(
        select(Registration.person_id, Registration.run_id).where(
            Registration.state.in_([state for state in RegistrationState if state.has_a_place])
        ),
        select(TrainingRecord.person_id, TrainingRecord.run_id),
        select(WalkIn.person_id, WalkIn.run_id),
    )
    .subquery()
    .c
)
#: Who teaches which class, or taught it: whoever is no trainer any more and was one when a session
#: had begun.
_TAUGHT = (
    union_all(
        select(RunTrainer.person_id, RunTrainer.run_id),
        select(TeachingStep.person_id, TeachingStep.run_id).where(
            TeachingStep.teaches.is_(False),
            exists().where(
                Session.run_id == TeachingStep.run_id,
                Session.state == SessionState.PLANNED,
                Session.starts_at < TeachingStep.at,
            ),
        ),
    )
    .subquery()
    .c
)


def tie_with(candidate: Candidate, account: Account, *, on: date) -> Conflict | None:
    return conflict_of(ties_with(candidate, [account], on=on)[account.id])


def ties_with(candidate: Candidate, accounts: Collection[Account], *, on: date) -> dict[int, Ties]:
    """By account, in a fixed number of questions. Who works for whom is asked of the day; who once
    trained somebody stays the trainer.
    """
    people = {account.person_id for account in accounts}
    tied = db.session.execute(
        union_all(
            _trainers_of(candidate.person_id, people),
            _colleagues_of(candidate.person_id, people, on=on),
        )
    ).all()
    trainers = {person_id for tie, person_id in tied if tie == _TRAINER}
    colleagues = {person_id for tie, person_id in tied if tie == _COLLEAGUE}
    return {
        account.id: Ties(
            is_the_candidate=account.person_id == candidate.person_id,
            trained_the_candidate=account.person_id in trainers,
            same_organisation=account.person_id in colleagues,
            nominated_the_candidate=account.id == candidate.nominated_by_id,
        )
        for account in accounts
    }


def deciders() -> Sequence[Account]:
    """Accounts with a role that decides about candidates, and about what they object to, by given
    name.
    """
    roles = [RoleName.COORDINATOR.value, RoleName.ADMINISTRATOR.value]
    holds = (
        select(account_role.c.account_id)
        .join(Role, Role.id == account_role.c.role_id)
        .where(Role.name.in_(roles))
    )
    query = select(Account).where(Account.active, Account.id.in_(holds))
    found = db.session.scalars(query.options(joinedload(Account.person)))
    return sorted(found, key=lambda one: (one.person.sort_key, one.id))


def without_tie_to(account: Account, *, on: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions for a SELECT from candidates: those with whom ``ties_with`` finds none. A test
    compares the two.
    """
    taught = select(_TAUGHT.run_id).where(_TAUGHT.person_id == account.person_id)
    works_for = select(Employment.organisation_id).where(
        Employment.person_id == account.person_id, employment_holds_on(on)
    )
    colleagues = select(Employment.person_id).where(
        employment_holds_on(on), Employment.organisation_id.in_(works_for)
    )
    return (
        Candidate.person_id != account.person_id,
        Candidate.nominated_by_id.is_distinct_from(account.id),
        Candidate.person_id.not_in(colleagues),
        Candidate.person_id.not_in(select(_TAKEN.person_id).where(_TAKEN.run_id.in_(taught))),
    )


def _trainers_of(person_id: int, among: Collection[int]) -> Select[str, int]:
    """Who teaches, or taught, a class in which the person has a place or took part."""
    taken = select(_TAKEN.run_id).where(_TAKEN.person_id == person_id)
    return select(literal(_TRAINER), _TAUGHT.person_id).where(
        _TAUGHT.person_id.in_(among), _TAUGHT.run_id.in_(taken)
    )


def _colleagues_of(person_id: int, among: Collection[int], *, on: date) -> Select[str, int]:
    theirs = aliased(Employment)
    works_there = select(theirs.organisation_id).where(
        theirs.person_id == person_id,
        theirs.from_day <= on,
        or_(theirs.to_day.is_(None), theirs.to_day >= on),
    )
    return select(literal(_COLLEAGUE), Employment.person_id).where(
        Employment.person_id.in_(among),
        employment_holds_on(on),
        Employment.organisation_id.in_(works_there),
    )
