"""How the club changes what it says about itself: by a new version, from a day on."""

from dataclasses import dataclass
from datetime import date, datetime

from club import clock
from club.audit.operations import record
from club.db import transaction
from club.files.receiving import ReceivedFile, add_file
from club.identity import queries, rules
from club.identity.models import ClubProfile
from club.refusal import RefusedError


@dataclass(frozen=True)
class ProfileFacts:
    name: str
    name_en: str
    #: The words of the logo.
    short_name: str
    short_name_en: str
    founding_text: str
    founding_text_en: str
    owner_id: int | None = None
    contact_email: str | None = None
    contact_phone: str | None = None
    contact_address: str | None = None
    reason: str | None = None
    #: The logo of an earlier version that goes on.
    logo_id: int | None = None


def add_version(
    facts: ProfileFacts,
    *,
    valid_from: date,
    by: int | None,
    now: datetime,
    new_logo: ReceivedFile | None = None,
) -> ClubProfile:
    with transaction() as session:
        refusal = rules.refusal_to_add_version(
            valid_from=valid_from,
            today=clock.local_day(now),
            taken=[profile.valid_from for profile in queries.club_profiles()],
        )
        if refusal:
            raise RefusedError(refusal, field="valid_from")
        profile = ClubProfile(
            **facts.__dict__, valid_from=valid_from, changed_at=now, changed_by_id=by
        )
        if new_logo:
            profile.logo = add_file(new_logo, by=by, now=now)
        session.add(profile)
        record(
            "identity.add_version",
            subject_kind="club_profile",
            subject_id=valid_from.isoformat(),
            by=by,
            now=now,
        )
        return profile
