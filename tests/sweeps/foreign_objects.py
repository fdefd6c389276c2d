"""Role × route × somebody else's object: who may reach what, written down once.

Every route with a placeholder has an entry here, by endpoint; a sweep fails on one without.
An entry names an object that belongs to none of the visitors, and the visitors who may reach
it all the same. Everybody else must get 401, 403, 404 or the way to the sign-in page.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from club.accounts.models import Account, RoleName
from club.calendar.models import CalendarFeed
from club.courses.models import Course, Run, RunState, RunTrainer
from club.db import db, transaction
from club.demo.accounts import ACCOUNTS, DOMAIN
from club.membership.models import Membership, MembershipApplication
from club.people.models import Employment, Organisation
from club.records.models import CertificateState, CompletionCertificate
from club.units.models import Unit
from tests.support.demo import ANONYMOUS, STRANGER, TODAY
from tests.support.factories import a_person, an_account

ROLES = {role.value for role in RoleName}
SIGNED_IN = {STRANGER, *ROLES}
EVERYBODY = {ANONYMOUS, *SIGNED_IN}
NOBODY: set[str] = set()
ADMINISTRATOR = {"administrator"}
COORDINATION = {"coordinator", "administrator"}
READERS = {*COORDINATION, "official"}


@dataclass(frozen=True)
class Door:
    #: Values for the placeholders; asked once, in the demo club.
    to: Callable[[], dict[str, object]]
    #: Visitors that may pass. Whether they then do something sensible is for the room's tests.
    may: set[str]


def published_run() -> Run:
    """A run that no visitor teaches."""
    visitor = select(Account.person_id).where(Account.email.in_([a.email for a in ACCOUNTS]))
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id.in_(visitor))
    found = select(Run).where(Run.state == RunState.PUBLISHED, Run.id.not_in(taught))
    return first(found.order_by(Run.starts_at.desc()))


def first(query):
    return db.session.scalars(query.limit(1)).one()


def code_of_a_run():
    return {"code": published_run().code}


def another_account():
    """Of somebody who is none of the visitors."""
    return {"public_id": an_account().person.public_id}


def unit_key():
    return {"key": first(select(Unit)).key}


def course_slug():
    return {"slug": first(select(Course)).slug}


def course_code():
    return {"code": first(select(Course)).code}


def session_of_a_run():
    run = published_run()
    return {"code": run.code, "public_id": run.sessions[0].public_id}


def trainer_of_a_run():
    run, person = published_run(), a_person()
    with transaction() as session:
        session.add(RunTrainer(run=run, person=person))
    return {"code": run.code, "public_id": person.public_id}


def another_organisation() -> Organisation:
    """One that no visitor speaks for."""
    spoken_for = (
        select(Employment.organisation_id)
        .join(Account, Account.person_id == Employment.person_id)
        .where(Account.email.like(f"%@{DOMAIN}"))
    )
    return first(select(Organisation).where(Organisation.id.not_in(spoken_for)))


def code_of_another_organisation():
    return {"code": another_organisation().code}


def another_employment():
    """In an organisation that no visitor speaks for, of a person who is no visitor."""
    organisation = another_organisation()
    employment = first(
        select(Employment)
        .where(Employment.organisation_id == organisation.id, Employment.to_day.is_(None))
        .where(Employment.person_id.not_in(select(Account.person_id)))
    )
    return {"code": organisation.code, "employment_id": employment.id}


def another_workplace():
    return {"employment_id": another_employment()["employment_id"]}


def another_certificate() -> CompletionCertificate:
    holders = select(Account.person_id)
    return first(
        select(CompletionCertificate)
        .where(CompletionCertificate.person_id.not_in(holders))
        .where(CompletionCertificate.state == CertificateState.VALID)
    )


def id_of_a_certificate():
    return {"public_id": another_certificate().public_id}


def code_of_a_certificate():
    return {"code": another_certificate().code}


def code_of_a_closed_run():
    """One that no visitor teaches."""
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id.in_(select(Account.person_id)))
    return {
        "code": first(select(Run).where(Run.state == RunState.CLOSED, Run.id.not_in(taught))).code
    }


def another_application():
    person = a_person()
    with transaction() as session:
        application = MembershipApplication(person_id=person.id, applied_at=TODAY)
        session.add(application)
    return {"public_id": application.public_id}


def a_membership():
    return {"membership_id": first(select(Membership)).id}


def a_purpose():
    return {"purpose": "news"}


def another_feed():
    person = a_person()
    with transaction() as session:
        feed = CalendarFeed(
            person_id=person.id,
            name="điện thoại",
            language="vi",
            token_hash=secrets.token_hex(32),
            created_at=TODAY,
        )
        session.add(feed)
    return {"feed_id": feed.id}


def a_wrong_token():
    return {"token": "not-a-token"}


TABLE: dict[str, Door] = {
    # accounts: links from letters carry their own proof; a wrong one says so to everybody.
    "accounts.confirm": Door(a_wrong_token, EVERYBODY),
    "accounts.account_page": Door(another_account, ADMINISTRATOR),
    "accounts.deactivate": Door(another_account, ADMINISTRATOR),
    "accounts.reactivate": Door(another_account, ADMINISTRATOR),
    "accounts.set_roles": Door(another_account, ADMINISTRATOR),
    "accounts.give_consent": Door(a_purpose, SIGNED_IN),
    "accounts.withdraw_consent": Door(a_purpose, SIGNED_IN),
    "security.confirm_email": Door(a_wrong_token, EVERYBODY),
    "security.reset_password": Door(a_wrong_token, EVERYBODY),
    "security.wan_signin_response": Door(a_wrong_token, EVERYBODY),
    "security.wan_verify_response": Door(a_wrong_token, SIGNED_IN),
    "security.wan_register_response": Door(a_wrong_token, SIGNED_IN),
    "security.two_factor_setup_validate": Door(a_wrong_token, SIGNED_IN),
    # calendar
    "calendar.personal_feed": Door(a_wrong_token, NOBODY),
    "calendar.replace_feed": Door(another_feed, NOBODY),
    "calendar.revoke_feed": Door(another_feed, NOBODY),
    # courses
    "courses.course": Door(course_slug, EVERYBODY),
    "courses_api.run": Door(code_of_a_run, EVERYBODY),
    "courses_office.course": Door(course_code, COORDINATION),
    "courses_office.change": Door(course_code, COORDINATION),
    "runs_office.run": Door(code_of_a_run, COORDINATION),
    "runs_office.facts": Door(code_of_a_run, COORDINATION),
    "runs_office.change": Door(code_of_a_run, COORDINATION),
    "runs_office.publish": Door(code_of_a_run, COORDINATION),
    "sessions_office.add": Door(code_of_a_run, COORDINATION),
    "sessions_office.session": Door(session_of_a_run, COORDINATION),
    "sessions_office.move": Door(session_of_a_run, COORDINATION),
    "sessions_office.cancel": Door(session_of_a_run, COORDINATION),
    "sessions_office.add_trainer": Door(code_of_a_run, COORDINATION),
    "sessions_office.remove_trainer": Door(trainer_of_a_run, COORDINATION),
    # membership
    "membership.withdraw": Door(another_application, NOBODY),
    "membership.let_represent": Door(code_of_another_organisation, COORDINATION),
    "members.application": Door(another_application, COORDINATION),
    "members.decide": Door(another_application, COORDINATION),
    "members.member": Door(a_membership, COORDINATION),
    "members.end": Door(a_membership, COORDINATION),
    # people
    "people.organisation": Door(code_of_another_organisation, READERS),
    "people.facts": Door(code_of_another_organisation, COORDINATION),
    "people.change_facts": Door(code_of_another_organisation, COORDINATION),
    "people.new_colleague": Door(code_of_another_organisation, COORDINATION),
    "people.add_colleague": Door(code_of_another_organisation, COORDINATION),
    "people.ending": Door(another_employment, COORDINATION),
    "people.end": Door(another_employment, COORDINATION),
    "profile.leaving": Door(another_workplace, NOBODY),
    "profile.leave": Door(another_workplace, NOBODY),
    # records
    "records.attendance": Door(code_of_a_run, COORDINATION),
    "records.mark": Door(code_of_a_run, COORDINATION),
    "records.mark_rest": Door(code_of_a_run, COORDINATION),
    "records.attendance_history": Door(code_of_a_run, COORDINATION),
    "records.walk_in": Door(code_of_a_run, COORDINATION),
    "records.add_walk_in": Door(code_of_a_run, COORDINATION),
    "records.closing": Door(code_of_a_run, COORDINATION),
    "records.close": Door(code_of_a_run, COORDINATION),
    "records.reopen": Door(code_of_a_closed_run, COORDINATION),
    "records.run_records": Door(code_of_a_closed_run, READERS),
    "records.issue": Door(code_of_a_closed_run, COORDINATION),
    "records.certificate": Door(id_of_a_certificate, READERS),
    "records.certificate_file": Door(id_of_a_certificate, READERS),
    "records.revoke": Door(id_of_a_certificate, COORDINATION),
    "records.verify": Door(code_of_a_certificate, EVERYBODY),
    "records.verify_as_data": Door(code_of_a_certificate, EVERYBODY),
    # units
    "units.unit": Door(unit_key, EVERYBODY),
    "units.desk_unit": Door(unit_key, COORDINATION),
    "units.end": Door(unit_key, COORDINATION),
    "units.name_successor": Door(unit_key, COORDINATION),
}
