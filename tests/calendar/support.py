"""Registrations, addresses and polls of calendar programs."""

import re
from datetime import timedelta

import icalendar

from club.calendar import operations
from club.calendar.models import FeedKind
from club.db import transaction
from club.people.models import AudienceKind
from club.registration.models import (
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from tests.support.factories import NOW


def a_registration(
    run, person, state=RegistrationState.CONFIRMED, steps=1, number=1, organisation=None
):
    with transaction() as session:
        registration = Registration(
            run_id=run.id, person_id=person.id, state=state, queue_number=number,
            audience=AudienceKind.INDIVIDUAL, registered_at=NOW,
            organisation_id=organisation.id if organisation else None,
        )  # fmt: skip
        registration.steps = [
            RegistrationStep(
                to_state=state, reason=StepReason.REGISTERED, at=NOW + timedelta(minutes=n)
            )
            for n in range(steps)
        ]
        session.add(registration)
    return registration


def step(registration, state, reason, at):
    with transaction():
        registration.state = state
        registration.steps.append(RegistrationStep(to_state=state, reason=reason, at=at))


def withdraw(registration, at=NOW + timedelta(hours=1)):
    step(registration, RegistrationState.WITHDRAWN, StepReason.WITHDRAWN_BY_PERSON, at)


def a_feed(person, now=NOW, kind=FeedKind.PERSON, organisation=None):
    feed, token = operations.open_feed(
        person.id, name="điện thoại", language="vi", kind=kind,
        organisation_id=organisation.id if organisation else None, now=now,
    )  # fmt: skip
    return feed, f"/calendar/{token}.ics"


def events(answer):
    return icalendar.Calendar.from_ical(answer.data).walk("VEVENT")


def shown(answer):
    """[(UID, STATUS, SEQUENCE)]"""
    return [(str(e["uid"]), str(e["status"]), int(e["sequence"])) for e in events(answer)]


def only_reads(statements):
    """Of SQL: none writes; ``WITH`` could begin any kind."""
    words = {word for statement in statements for word in re.findall(r"[A-Z]+", statement)}
    return bool(words) and not words & {"INSERT", "UPDATE", "DELETE", "REPLACE"}
