"""Those of the demo club who certify, and how they take somebody from the application to the
decision: by the operations that the site itself uses, so that nobody decides about own work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from club import clock
from club.accounts.models import Account, RoleName
from club.accounts.operations import NewAccount, create_account
from club.certification.assessment.models import AssessorTask, Choice
from club.certification.assessment.operations.asking import ask_assessor
from club.certification.assessment.operations.deciding import Ruling, decide, vote
from club.certification.assessment.operations.judging import (
    NewFinding,
    finish,
    requirements_to_judge,
)
from club.certification.candidacy.models import Candidate, CandidateState
from club.db import db, transaction
from club.demo.accounts import DOMAIN, DemoAccounts
from club.outbox.models import Letter
from club.people.models import Person

#: Beside the accounts that are listed: the scheme wants a panel of three who did not assess.
OTHERS = (
    ("dieuphoi2", "Ngô Demo Thảo", RoleName.COORDINATOR),
    ("thamdinh2", "Đoàn Demo Phúc", RoleName.ASSESSOR),
    ("thamdinh3", "Lâm Demo Quế", RoleName.ASSESSOR),
)
#: How long before a decision an assessor was asked, judged, and the panel voted.
_ASKED, _JUDGED, _VOTED = timedelta(days=12), timedelta(days=6), timedelta(days=3)


@dataclass(frozen=True)
class Certifiers:
    """Accounts, by what they do."""

    #: Admits, and accepts evidence.
    keeper: Account
    assessor: Account
    #: Vote, or could be asked to assess.
    panel: tuple[Account, ...]
    decider: Account
    recogniser: Account


def certifiers_among(accounts: DemoAccounts, *, now: datetime) -> Certifiers:
    second, *assessors = (
        create_account(
            NewAccount(f"{name}@{DOMAIN}", full_name, _password(accounts)),
            roles=(role,),
            now=now,
        )
        for name, full_name, role in OTHERS
    )
    return Certifiers(
        accounts.coordinator,
        accounts.assessor,
        (second, *assessors),
        accounts.administrator,
        second,
    )


def account_of(person_id: int, accounts: DemoAccounts, *, now: datetime) -> Account:
    """Whoever applies for a level has one."""
    for known in accounts.by_name.values():
        if known.person_id == person_id:
            return known
    person = db.session.get_one(Person, person_id)
    assert person.email
    new = NewAccount(person.email, person.full_name, _password(accounts))
    return create_account(new, roles=(RoleName.MEMBER,), person=person, now=now)


def _password(accounts: DemoAccounts) -> str:
    """That of all demo accounts, as it is kept."""
    assert accounts.member.password
    return accounts.member.password


@contextmanager
def nobody_written_to() -> Iterator[None]:
    """What was told long ago stands with the steps; no letter of it goes out today."""
    last = db.session.scalar(select(func.max(Letter.id))) or 0
    yield
    with transaction() as session:
        session.execute(delete(Letter).where(Letter.id > last))


def ask(candidate: Candidate, by_whom: Certifiers, *, due: datetime, now: datetime) -> AssessorTask:
    return ask_assessor(
        candidate.id,
        by_whom.assessor.id,
        due_on=clock.local_day(due),
        by=by_whom.keeper.id,
        now=now,
    )


def vote_for(candidate: Candidate, voters: tuple[Account, ...], *, now: datetime) -> None:
    for voter in voters:
        vote(candidate.id, Choice.YES, remark=None, by=voter.id, now=now)


def certify(candidate: Candidate, by_whom: Certifiers, *, now: datetime) -> Candidate:
    """Assessed, voted about and decided; ``now``: the moment of the decision."""
    task = ask(candidate, by_whom, due=now, now=now - _ASKED)
    found = [NewFinding(one.id, fulfilled=True) for one in requirements_to_judge(candidate)]
    finish(task.id, found, now=now - _JUDGED)
    vote_for(candidate, by_whom.panel, now=now - _VOTED)
    return decide(candidate.id, Ruling(CandidateState.CERTIFIED), by=by_whom.decider.id, now=now)
