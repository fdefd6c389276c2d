"""Somebody's recognitions by the club, as the person may take them along. Days and levels stay
when the person's data is erased: they say nothing more of who somebody was. Words go.
"""

from sqlalchemy import select, update

from club.certification.awards.models import (
    Award,
    AwardPeriod,
    AwardSpan,
    AwardSuspension,
    WithdrawalProposal,
)
from club.certification.models import CertificationScheme
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import transaction
from club.web.personal_data import ERASED_NAME, Erasure, Rows, Whose


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


def spans_of(whose: Whose) -> Rows:
    return (
        select(
            Award.public_id.label("award"),
            AwardSpan.first_day,
            AwardSpan.last_day,
            AwardSpan.standing,
        )
        .join(Award, Award.id == AwardSpan.award_id)
        .where(Award.person_id == whose.person_id)
        .order_by(AwardSpan.award_id, AwardSpan.first_day)
    )


def suspensions_of(whose: Whose) -> Rows:
    return (
        select(
            Award.public_id.label("award"),
            AwardSuspension.public_words,
            AwardSuspension.until_on,
            AwardSuspension.to_do,
        )
        .join(Award, Award.id == AwardSuspension.award_id)
        .where(Award.person_id == whose.person_id)
        .order_by(AwardSuspension.id)
    )


def withdrawals_of(whose: Whose) -> Rows:
    return (
        select(
            Award.public_id.label("award"),
            WithdrawalProposal.reason,
            WithdrawalProposal.proposed_at,
            WithdrawalProposal.state,
            WithdrawalProposal.ended_at,
        )
        .join(Award, Award.id == WithdrawalProposal.award_id)
        .where(Award.person_id == whose.person_id)
        .order_by(WithdrawalProposal.id)
    )


def erase(erasure: Erasure) -> None:
    theirs = select(Award.id).where(Award.person_id == erasure.whose.person_id)
    suspensions = update(AwardSuspension).where(AwardSuspension.award_id.in_(theirs))
    with transaction() as session:
        session.execute(suspensions.values(public_words=ERASED_NAME))
        had_to = suspensions.where(AwardSuspension.to_do.is_not(None))
        session.execute(had_to.values(to_do=ERASED_NAME))
        session.execute(
            update(WithdrawalProposal)
            .where(WithdrawalProposal.award_id.in_(theirs))
            .values(reason=ERASED_NAME)
        )
