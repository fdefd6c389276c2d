from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from club.db import db
from club.files.models import StoredFile
from club.identity.models import ClubProfile


def club_profile_on(day: date) -> ClubProfile | None:
    """How the club presented itself on ``day``: the latest row not after it."""
    return db.session.scalars(selected_profile(day)).first()


def selected_profile(day: date) -> Select[ClubProfile]:
    return (
        select(ClubProfile)
        .where(ClubProfile.valid_from <= day)
        .order_by(ClubProfile.valid_from.desc())
        .limit(1)
        .options(joinedload(ClubProfile.owner))
    )


def logo_of(profile_id: int) -> StoredFile | None:
    query = (
        select(StoredFile)
        .join(ClubProfile, ClubProfile.logo_id == StoredFile.id)
        .where(ClubProfile.id == profile_id)
    )
    return db.session.scalars(query).one_or_none()


def club_profiles() -> list[ClubProfile]:
    """The whole history, latest first."""
    query = (
        select(ClubProfile)
        .order_by(ClubProfile.valid_from.desc())
        .options(joinedload(ClubProfile.owner))
    )
    return list(db.session.scalars(query))
