"""What connects those who decide something about a candidate with the candidate."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from club.accounts.models import Account
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.rules import Conflict, Ties, conflict_of
from club.courses.models import RunTrainer
from club.db import db
from club.people.models import Employment
from club.people.queries import employment_holds_on
from club.records.attendance.models import WalkIn
from club.records.models import TrainingRecord
from club.registration.models import Registration, RegistrationState


def tie_with(candidate: Candidate, account: Account, *, on: date) -> Conflict | None:
    return conflict_of(ties_with(candidate, [account], on=on)[account.id])


def ties_with(candidate: Candidate, accounts: Collection[Account], *, on: date) -> dict[int, Ties]:
    """By account, in a fixed number of questions. Who works for whom is asked of the day; who once
    trained somebody stays the trainer.
    """
    people = {account.person_id for account in accounts}
    trainers = _trainers_of(candidate.person_id, people)
    colleagues = _colleagues_of(candidate.person_id, people, on=on)
    return {
        account.id: Ties(
            is_the_candidate=account.person_id == candidate.person_id,
            trained_the_candidate=account.person_id in trainers,
            same_organisation=account.person_id in colleagues,
            nominated_the_candidate=account.id == candidate.nominated_by_id,
        )
        for account in accounts
    }


def _trainers_of(person_id: int, among: Collection[int]) -> set[int]:
    """Who teaches, or taught, a class in which the person has a place or took part."""
    has_a_place = [state for state in RegistrationState if state.has_a_place]
    taken = or_(
        RunTrainer.run_id.in_(
            select(Registration.run_id).where(
                Registration.person_id == person_id, Registration.state.in_(has_a_place)
            )
        ),
        RunTrainer.run_id.in_(
            select(TrainingRecord.run_id).where(TrainingRecord.person_id == person_id)
        ),
        RunTrainer.run_id.in_(select(WalkIn.run_id).where(WalkIn.person_id == person_id)),
    )
    query = select(RunTrainer.person_id).where(RunTrainer.person_id.in_(among), taken)
    return set(db.session.scalars(query))


def _colleagues_of(person_id: int, among: Collection[int], *, on: date) -> set[int]:
    theirs = aliased(Employment)
    works_there = select(theirs.organisation_id).where(
        theirs.person_id == person_id,
        theirs.from_day <= on,
        or_(theirs.to_day.is_(None), theirs.to_day >= on),
    )
    query = select(Employment.person_id).where(
        Employment.person_id.in_(among),
        employment_holds_on(on),
        Employment.organisation_id.in_(works_there),
    )
    return set(db.session.scalars(query))
