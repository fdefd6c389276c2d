"""Somebody's recognitions by the club, as the person may take them along. Nothing of them is
erased: days and levels say nothing more of who somebody was.
"""

from sqlalchemy import select

from club.certification.awards.models import Award, AwardPeriod
from club.certification.models import CertificationScheme
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.web.personal_data import Rows, Whose


def awards_of(whose: Whose) -> Rows:
    return (
        select(
            Award.public_id.label("award"),
            CertificationScheme.name.label("scheme"),
            SchemeVersion.label.label("version"),
            SchemeLevel.name.label("level"),
            Award.decided_on,
            Award.fulfilled_on,
            Award.issued_on,
            Award.recognised_at,
        )
        .join(SchemeLevel, SchemeLevel.id == Award.level_id)
        .join(SchemeVersion, SchemeVersion.id == SchemeLevel.version_id)
        .join(CertificationScheme, CertificationScheme.id == SchemeVersion.scheme_id)
        .where(Award.person_id == whose.person_id)
        .order_by(Award.id)
    )


def periods_of(whose: Whose) -> Rows:
    return (
        select(
            Award.public_id.label("award"),
            AwardPeriod.position,
            AwardPeriod.valid_from,
            AwardPeriod.valid_until,
            AwardPeriod.earned_on,
            AwardPeriod.decided_at,
        )
        .join(Award, Award.id == AwardPeriod.award_id)
        .where(Award.person_id == whose.person_id)
        .order_by(AwardPeriod.id)
    )
