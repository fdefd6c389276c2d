"""What an organisation sees of its people's records in a class: only of those who let it."""

from datetime import date, datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager

from club import clock
from club.accounts.models import Consent, ConsentPurpose
from club.db import db
from club.people.models import Employment, Person
from club.people.queries import employment_holds_on
from club.records.certificates.queries import standing_certificates
from club.records.models import TrainingRecord
from club.web.page_parts import OrganisationInRun, PagePart


def records_part(subject: OrganisationInRun, _account: object, now: datetime) -> PagePart | None:
    """Once the class is closed: attendance as a fact, and certificates."""
    found = records_shown_to(subject, on=clock.local_day(now))
    if not found:
        return None
    certificates = standing_certificates(subject.run_id)
    return PagePart("records/_our_people.html", {"records": found, "certificates": certificates})


def records_shown_to(subject: OrganisationInRun, *, on: date) -> list[TrainingRecord]:
    """Of who came for the organisation, works there on that day, and agreed that their employer
    sees their records; by given name.
    """
    works_there = exists().where(
        Employment.person_id == TrainingRecord.person_id,
        Employment.organisation_id == subject.organisation_id,
        employment_holds_on(on),
    )
    agreed = exists().where(
        Consent.person_id == TrainingRecord.person_id,
        Consent.purpose == ConsentPurpose.RECORDS_FOR_EMPLOYER,
        Consent.withdrawn_at.is_(None),
    )
    query = (
        select(TrainingRecord)
        .join(TrainingRecord.person)
        .where(
            TrainingRecord.run_id == subject.run_id,
            TrainingRecord.organisation_id == subject.organisation_id,
            TrainingRecord.superseded_at.is_(None),
            works_there,
            agreed,
        )
        .order_by(Person.sort_key, TrainingRecord.id)
        .options(contains_eager(TrainingRecord.person))
    )
    return list(db.session.scalars(query))
