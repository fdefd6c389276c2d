import uuid

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from club.db import db
from club.privacy.requests.models import PrivacyRequest, RequestKind, RequestState


def requests_of(person_id: int) -> list[PrivacyRequest]:
    """Everything somebody asked, the latest first, with its steps."""
    query = select(PrivacyRequest).where(PrivacyRequest.person_id == person_id)
    return list(
        db.session.scalars(
            query.order_by(PrivacyRequest.id.desc()).options(selectinload(PrivacyRequest.steps))
        )
    )


def open_request(person_id: int, kind: RequestKind) -> PrivacyRequest | None:
    return db.session.scalars(
        select(PrivacyRequest).where(
            PrivacyRequest.person_id == person_id,
            PrivacyRequest.kind == kind,
            PrivacyRequest.state == RequestState.OPEN,
        )
    ).one_or_none()


def open_requests() -> list[PrivacyRequest]:
    """What has to be decided, the most urgent first."""
    query = select(PrivacyRequest).where(PrivacyRequest.state == RequestState.OPEN)
    return list(
        db.session.scalars(
            query.order_by(PrivacyRequest.due_on, PrivacyRequest.id).options(
                joinedload(PrivacyRequest.person)
            )
        )
    )


def closed_requests(*, most: int) -> list[PrivacyRequest]:
    """What was decided or taken back last."""
    query = select(PrivacyRequest).where(PrivacyRequest.state != RequestState.OPEN)
    return list(
        db.session.scalars(
            query.order_by(PrivacyRequest.closed_at.desc())
            .limit(most)
            .options(joinedload(PrivacyRequest.person))
        )
    )


def request_by_public_id(public_id: uuid.UUID) -> PrivacyRequest | None:
    query = select(PrivacyRequest).where(PrivacyRequest.public_id == public_id)
    return db.session.scalars(
        query.options(joinedload(PrivacyRequest.person), selectinload(PrivacyRequest.steps))
    ).one_or_none()
