"""Joining the club and leaving it. Each decision keeps who, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import RoleName
from club.accounts.operations import set_roles
from club.accounts.queries import held_roles
from club.audit.operations import record
from club.db import transaction
from club.membership import letters, queries, rules
from club.membership.models import (
    ApplicationState,
    Membership,
    MembershipApplication,
    MembershipEvent,
    MembershipEventKind,
)
from club.people import operations as people
from club.people import queries as people_queries
from club.people.facts import EmploymentFacts, OrganisationFacts
from club.people.models import Employment, Organisation, Person
from club.refusal import RefusedError


def apply_as_person(
    person_id: int, *, statement: str | None, now: datetime
) -> MembershipApplication:
    with transaction() as session:
        # The row of the person queues two tabs of the same browser.
        session.get_one(Person, person_id, with_for_update=True)
        _refuse(
            rules.refusal_to_apply(
                for_organisation=False,
                pending=queries.pending_of_person(person_id),
                memberships=queries.memberships_of(person_id),
                today=clock.local_day(now),
            )
        )
        return _application(session, person_id, None, statement, now)


def apply_for_organisation(
    person_id: int,
    organisation: int | OrganisationFacts,
    *,
    statement: str | None,
    now: datetime,
) -> MembershipApplication:
    """``organisation`` is the id of a known one, or what is known about a new one."""
    with transaction() as session:
        if isinstance(organisation, OrganisationFacts):
            organisation = people.add_organisation(organisation, now=now).id
        session.get_one(Organisation, organisation, with_for_update=True)
        _refuse(
            rules.refusal_to_apply(
                for_organisation=True,
                pending=queries.pending_of_organisation(organisation),
                memberships=queries.memberships_of_organisation(organisation),
                today=clock.local_day(now),
            )
        )
        return _application(session, person_id, organisation, statement, now)


def withdraw(application_id: int, *, now: datetime) -> None:
    """The applicant takes the application back."""
    with transaction() as session:
        application = _locked(session, application_id)
        _refuse(rules.refusal_to_decide(application))
        application.state = ApplicationState.WITHDRAWN
        application.decided_at = now


@dataclass(frozen=True)
class Decision:
    """What the applicant reads, and which account decided."""

    reason: str | None
    by: int


def accept(application_id: int, decision: Decision, *, from_day: date, now: datetime) -> Membership:
    """Begin the membership. The applicant of an organisation becomes its representative."""
    with transaction() as session:
        application = _locked(session, application_id)
        _refuse(rules.refusal_to_decide(application))
        _refuse(rules.refusal_without_reason(decision.reason), field="reason")
        _refuse(
            rules.refusal_to_begin(
                from_day=from_day,
                applied_on=clock.local_day(application.applied_at),
                memberships=_all_memberships(application),
                today=clock.local_day(now),
            ),
            field="from_day",
        )
        _decide(application, ApplicationState.ACCEPTED, decision, now=now)
        membership = Membership(
            person_id=None if application.organisation_id else application.person_id,
            organisation_id=application.organisation_id,
            application_id=application.id,
            from_day=from_day,
        )
        _remember(membership, MembershipEventKind.BEGAN, decision, now=now)
        session.add(membership)
        if application.organisation_id:
            _let_speak(session, application.person_id, application.organisation_id, now=now)
            _give_role(application.person_id, RoleName.REPRESENTATIVE, decision.by, now=now)
        else:
            _give_role(application.person_id, RoleName.MEMBER, decision.by, now=now)
        letters.tell_decision(application, accepted=True, now=now)
        session.flush()
        return membership


def decline(application_id: int, decision: Decision, *, now: datetime) -> None:
    with transaction() as session:
        application = _locked(session, application_id)
        _refuse(rules.refusal_to_decide(application))
        _refuse(rules.refusal_without_reason(decision.reason), field="reason")
        _decide(application, ApplicationState.DECLINED, decision, now=now)
        letters.tell_decision(application, accepted=False, now=now)


def end_membership(
    membership_id: int, decision: Decision, *, last_day: date, now: datetime
) -> None:
    with transaction() as session:
        membership = session.get_one(
            Membership, membership_id, with_for_update=True, populate_existing=True
        )
        today = clock.local_day(now)
        _refuse(rules.refusal_to_end(membership, last_day=last_day, today=today), field="last_day")
        _refuse(rules.refusal_without_reason(decision.reason), field="reason")
        membership.to_day = last_day
        _remember(membership, MembershipEventKind.ENDED, decision, now=now)
        for person in _spoken_to(membership, today):
            letters.tell_end(membership, person, reason=decision.reason or "", now=now)
        if membership.person_id and last_day < today:
            _take_role(membership.person_id, RoleName.MEMBER, decision.by, now=now)
        record(
            "membership.end",
            subject_kind="membership",
            subject_id=membership.id,
            by=decision.by,
            now=now,
            detail={"last_day": last_day.isoformat(), "reason": decision.reason},
        )


def let_represent(employment_id: int, *, by: int, now: datetime) -> Employment:
    """Somebody who works for the organisation may act for it on this site."""
    with transaction() as session:
        employment = session.get_one(
            Employment, employment_id, with_for_update=True, populate_existing=True
        )
        if not employment.holds_on(clock.local_day(now)):
            _refuse(rules.MembershipRefusal.NOT_EMPLOYED)
        if queries.account_of_person(employment.person_id) is None:
            _refuse(rules.MembershipRefusal.NO_ACCOUNT)
        employment.represents = True
        _give_role(employment.person_id, RoleName.REPRESENTATIVE, by, now=now)
        record(
            "membership.let_represent",
            subject_kind="organisation",
            subject_id=employment.organisation.code,
            by=by,
            now=now,
            detail={"person": str(employment.person.public_id)},
        )
        return employment


def _refuse(refusal: rules.MembershipRefusal | None, *, field: str | None = None) -> None:
    if refusal:
        raise RefusedError(refusal, field=field)


def _application(
    session: Session,
    person_id: int,
    organisation_id: int | None,
    statement: str | None,
    now: datetime,
) -> MembershipApplication:
    application = MembershipApplication(
        person_id=person_id, organisation_id=organisation_id, statement=statement, applied_at=now
    )
    session.add(application)
    session.flush()
    return application


def _locked(session: Session, application_id: int) -> MembershipApplication:
    return session.get_one(
        MembershipApplication, application_id, with_for_update=True, populate_existing=True
    )


def _all_memberships(application: MembershipApplication) -> list[Membership]:
    if application.organisation_id:
        return queries.memberships_of_organisation(application.organisation_id)
    return queries.memberships_of(application.person_id)


def _decide(
    application: MembershipApplication,
    state: ApplicationState,
    decision: Decision,
    *,
    now: datetime,
) -> None:
    application.state = state
    application.decided_at = now
    application.decided_by_id = decision.by
    application.reason = decision.reason
    record(
        f"membership.{'accept' if state is ApplicationState.ACCEPTED else 'decline'}",
        subject_kind="membership_application",
        subject_id=application.public_id,
        by=decision.by,
        now=now,
        detail={"reason": decision.reason},
    )


def _remember(
    membership: Membership, kind: MembershipEventKind, decision: Decision, *, now: datetime
) -> None:
    membership.events.append(
        MembershipEvent(kind=kind, at=now, by_id=decision.by, reason=decision.reason)
    )


def _let_speak(session: Session, person_id: int, organisation_id: int, *, now: datetime) -> None:
    today = clock.local_day(now)
    present = [
        work
        for work in people_queries.employments_between(person_id, organisation_id)
        if work.to_day is None or work.to_day >= today
    ]
    if present:
        present[-1].represents = True
    else:
        facts = EmploymentFacts(from_day=today, represents=True)
        people.employ(person_id, organisation_id, facts, now=now)
    session.flush()


def _spoken_to(membership: Membership, today: date) -> Iterable[Person]:
    if membership.person:
        return [membership.person]
    assert membership.organisation_id
    return people_queries.representatives_of(membership.organisation_id, on=today)


def _give_role(person_id: int, role: RoleName, by: int, *, now: datetime) -> None:
    account = queries.account_of_person(person_id)
    if account and not account.holds(role):
        set_roles(account.id, [*held_roles(account), role], by=by, now=now)


def _take_role(person_id: int, role: RoleName, by: int, *, now: datetime) -> None:
    account = queries.account_of_person(person_id)
    if account and account.holds(role):
        set_roles(account.id, [n for n in held_roles(account) if n is not role], by=by, now=now)
