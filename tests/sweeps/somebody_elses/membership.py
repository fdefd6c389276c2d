from sqlalchemy import select

from club.db import transaction
from club.membership.models import Membership, MembershipApplication
from tests.support.demo import TODAY
from tests.support.factories import a_person
from tests.sweeps.somebody_elses.finding import first


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
