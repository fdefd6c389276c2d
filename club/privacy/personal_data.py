"""What this room keeps about a person."""

from collections.abc import Iterator
from enum import StrEnum

from flask_babel import lazy_gettext
from sqlalchemy import exists, select, update

from club.db import db, transaction
from club.privacy.models import DataCopy
from club.privacy.operations import remove_copies
from club.privacy.requests.models import (
    PrivacyRequest,
    PrivacyRequestStep,
    RequestKind,
    RequestState,
)
from club.web.personal_data import Conflict, Erasure, Kept, Moves, Pair, PersonalPart, Rows, Whose


def _copies(whose: Whose) -> Rows:
    return (
        select(DataCopy.state, DataCopy.asked_at, DataCopy.made_at, DataCopy.removed_at)
        .where(DataCopy.person_id == whose.person_id)
        .order_by(DataCopy.id)
    )


def _requests(whose: Whose) -> Rows:
    return (
        select(
            PrivacyRequest.public_id.label("request"),
            PrivacyRequest.kind,
            PrivacyRequest.words,
            PrivacyRequest.instead,
            PrivacyRequest.keeps_certificates,
            PrivacyRequest.state,
            PrivacyRequest.channel,
            PrivacyRequest.identity_check,
            PrivacyRequest.asked_at,
            PrivacyRequest.due_on,
            PrivacyRequest.confirmed_on,
            PrivacyRequest.closed_at,
        )
        .where(PrivacyRequest.person_id == whose.person_id)
        .order_by(PrivacyRequest.id)
    )


def _steps(whose: Whose) -> Rows:
    return (
        select(
            PrivacyRequest.public_id.label("request"),
            PrivacyRequestStep.step,
            PrivacyRequestStep.at,
            PrivacyRequestStep.reason,
        )
        .join(PrivacyRequest, PrivacyRequest.id == PrivacyRequestStep.request_id)
        .where(PrivacyRequest.person_id == whose.person_id)
        .order_by(PrivacyRequestStep.id)
    )


def _request_ids(whose: Whose) -> Rows:
    return select(PrivacyRequest.public_id).where(PrivacyRequest.person_id == whose.person_id)


def _erase(erasure: Erasure) -> None:
    """That something was asked, and how it was decided, stays; in nobody's words."""
    person_id = erasure.whose.person_id
    with transaction() as session:
        remove_copies(person_id, now=erasure.now)
        own = select(PrivacyRequest.id).where(PrivacyRequest.person_id == person_id)
        session.execute(
            update(PrivacyRequestStep)
            .where(PrivacyRequestStep.request_id.in_(own))
            .values(reason=None)
        )
        session.execute(
            update(PrivacyRequest)
            .where(PrivacyRequest.person_id == person_id)
            .values(words="", instead=None)
        )


class ErasureRefusal(StrEnum):
    ASKED_MORE = (
        "This person has asked for something else as well. Decide about that first: afterwards"
        " nothing is left of it but its time limit."
    )


def _hindrance(whose: Whose) -> ErasureRefusal | None:
    else_asked = exists().where(
        PrivacyRequest.person_id == whose.person_id,
        PrivacyRequest.state == RequestState.OPEN,
        PrivacyRequest.kind != RequestKind.ERASURE,
    )
    return ErasureRefusal.ASKED_MORE if db.session.scalar(select(else_asked)) else None


class MergeRefusal(StrEnum):
    ASKED = "There is a request about the personal data of one of these. Decide about it first."


def _conflicts(pair: Pair) -> Iterator[Conflict]:
    asked = exists().where(
        PrivacyRequest.person_id.in_(pair.both), PrivacyRequest.state == RequestState.OPEN
    )
    if db.session.scalar(select(asked)):
        yield Conflict(MergeRefusal.ASKED)


PERSONAL_DATA = PersonalPart(
    "privacy",
    lazy_gettext("What you asked about your data"),
    [
        Kept(
            lazy_gettext("When you asked for a copy of your data; the copy itself for 7 days"),
            lazy_gettext("To make it, and so that only you can fetch it"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You"),
        ),
        Kept(
            lazy_gettext(
                "What you asked to have corrected, erased, restricted or not used, how it reached"
                " the club, and how it was decided"
            ),
            lazy_gettext("To decide in time, and to be able to show that it was"),
            lazy_gettext("Without end; after erasure without your name and words"),
            lazy_gettext("You and the club's coordinators"),
        ),
    ],
    rows={
        "data_copy": _copies,
        "privacy_request": _requests,
        "privacy_request_step": _steps,
    },
    files_left_out={
        "data_copy.file_id": lazy_gettext(
            "earlier copies: they hold nothing that is not in this one"
        )
    },
    acted=("privacy_request.entered_by_id", "privacy_request_step.by_id"),
    seen_as={"privacy_request": _request_ids},
    erase=_erase,
    hinders=_hindrance,
    moves={
        "data_copy": Moves(lazy_gettext("Copies of the data")),
        "privacy_request": Moves(lazy_gettext("Requests about personal data")),
    },
    conflicts=_conflicts,
)
