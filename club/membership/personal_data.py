"""What this room keeps about a person."""

from collections.abc import Iterator
from enum import StrEnum

from flask_babel import lazy_gettext
from sqlalchemy import func, select, update

from club import clock
from club.db import db, transaction
from club.membership.models import (
    ApplicationState,
    Membership,
    MembershipApplication,
    MembershipEvent,
    MembershipEventKind,
)
from club.membership.queries import pending_of_person
from club.people.models import Organisation
from club.web.personal_data import (
    Conflict,
    Erasure,
    Kept,
    Moves,
    Pair,
    PersonalPart,
    Rows,
    Whose,
)


def _applications(whose: Whose) -> Rows:
    return (
        select(
            MembershipApplication.public_id.label("application"),
            Organisation.name.label("for_organisation"),
            MembershipApplication.statement,
            MembershipApplication.state,
            MembershipApplication.applied_at,
            MembershipApplication.decided_at,
            MembershipApplication.reason,
        )
        .outerjoin(Organisation, Organisation.id == MembershipApplication.organisation_id)
        .where(MembershipApplication.person_id == whose.person_id)
        .order_by(MembershipApplication.id)
    )


def _memberships(whose: Whose) -> Rows:
    return (
        select(Membership.from_day, Membership.to_day)
        .where(Membership.person_id == whose.person_id)
        .order_by(Membership.from_day, Membership.id)
    )


def _events(whose: Whose) -> Rows:
    return (
        select(MembershipEvent.kind, MembershipEvent.at, MembershipEvent.reason)
        .join(Membership, Membership.id == MembershipEvent.membership_id)
        .where(Membership.person_id == whose.person_id)
        .order_by(MembershipEvent.id)
    )


def _application_ids(whose: Whose) -> Rows:
    return select(MembershipApplication.public_id).where(
        MembershipApplication.person_id == whose.person_id
    )


def _membership_ids(whose: Whose) -> Rows:
    return select(Membership.id).where(Membership.person_id == whose.person_id)


def _erase(erasure: Erasure) -> None:
    """A membership ends today; that there was one still counts."""
    person_id, now = erasure.whose.person_id, erasure.now
    with transaction() as session:
        session.execute(
            update(MembershipApplication)
            .where(MembershipApplication.person_id == person_id)
            .values(statement=None, reason=None)
        )
        waiting = MembershipApplication.state == ApplicationState.PENDING
        session.execute(
            update(MembershipApplication)
            .where(MembershipApplication.person_id == person_id, waiting)
            .values(state=ApplicationState.WITHDRAWN, decided_at=now)
        )
        held = select(Membership.id).where(Membership.person_id == person_id)
        session.execute(
            update(MembershipEvent)
            .where(MembershipEvent.membership_id.in_(held))
            .values(reason=None)
        )
        for membership in session.scalars(
            select(Membership).where(Membership.person_id == person_id, Membership.to_day.is_(None))
        ):
            membership.to_day = max(membership.from_day, clock.local_day(now))
            membership.events.append(
                MembershipEvent(kind=MembershipEventKind.ENDED, at=now, by_id=erasure.by)
            )
        session.flush()


class MergeRefusal(StrEnum):
    MEMBER_TWICE = "Both are members. End one of the two memberships first."
    APPLIED_TWICE = "Both have applied for membership. Decide about one of the two first."


def _conflicts(pair: Pair) -> Iterator[Conflict]:
    of_both = func.count(Membership.id) > 1
    open_ones = select(of_both).where(
        Membership.person_id.in_(pair.both), Membership.to_day.is_(None)
    )
    if db.session.scalar(open_ones):
        yield Conflict(MergeRefusal.MEMBER_TWICE)
    if all(pending_of_person(person_id) for person_id in pair.both):
        yield Conflict(MergeRefusal.APPLIED_TWICE)


PERSONAL_DATA = PersonalPart(
    "membership",
    lazy_gettext("Membership"),
    [
        Kept(
            lazy_gettext("Your applications, from when to when you are a member, and why it ended"),
            lazy_gettext("To know who belongs to the club, and to count members by year"),
            lazy_gettext("Without end; after erasure without your name and words"),
            lazy_gettext("You and the club's coordinators"),
        )
    ],
    rows={
        "membership_application": _applications,
        "membership": _memberships,
        "membership_event": _events,
    },
    acted=("membership_application.decided_by_id", "membership_event.by_id"),
    seen_as={"membership_application": _application_ids, "membership": _membership_ids},
    erase=_erase,
    moves={
        "membership_application": Moves(lazy_gettext("Applications for membership")),
        "membership": Moves(lazy_gettext("Memberships")),
    },
    conflicts=_conflicts,
)
