"""The club's own recognitions, as the register shows them: as whoever checks their certificates
reads, suspended or withdrawn ones where the version that they were decided by makes that public.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, selectinload

from club.certification.awards.certificates.rules import unbroken_since, unbroken_until
from club.certification.awards.models import Award, AwardSpan
from club.certification.awards.timelines import stands_on
from club.certification.models import CertificationScheme
from club.certification.progress.validity import AwardStanding
from club.certification.register.facts import Holding, HoldingKind, Shown, Title, Wanted
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db

#: Those that are left out are shown to nobody.
_SHOWN = {
    AwardStanding.VALID: Shown.VALID,
    AwardStanding.RENEWAL_DUE: Shown.VALID,
    AwardStanding.SUSPENDED: Shown.SUSPENDED,
    AwardStanding.WITHDRAWN: Shown.WITHDRAWN,
}
#: Which column of a version makes such ones public; the others always are.
_MADE_PUBLIC_BY: dict[Shown, InstrumentedAttribute[bool]] = {
    Shown.SUSPENDED: SchemeVersion.suspended_shown,
    Shown.WITHDRAWN: SchemeVersion.withdrawn_shown,
}


def holders(wanted: Wanted, standings: Collection[Shown], on: date) -> Select[int]:
    query = _awards(standings, on).with_only_columns(Award.person_id)
    if wanted.scheme:
        query = query.where(CertificationScheme.key == wanted.scheme)
    if wanted.level:
        query = query.where(SchemeLevel.key == wanted.level)
    return query


def holdings_of(person_ids: Collection[int], on: date) -> dict[int, list[Holding]]:
    query = (
        _awards(frozenset(Shown), on)
        .add_columns(AwardSpan.standing)
        .where(Award.person_id.in_(person_ids))
        .order_by(Award.issued_on.desc(), Award.id.desc())
        .options(
            contains_eager(Award.level, SchemeLevel.version, SchemeVersion.scheme),
            selectinload(Award.periods),
        )
    )
    found: dict[int, list[Holding]] = defaultdict(list)
    for award, standing in db.session.execute(query):
        found[award.person_id].append(_holding(award, _SHOWN[standing], on))
    return found


def titles(listed: Select[int], on: date) -> list[Title]:
    query = (
        _awards({Shown.VALID}, on)
        .where(Award.person_id.in_(listed))
        .with_only_columns(
            CertificationScheme.key,
            CertificationScheme.name,
            CertificationScheme.name_en,
            SchemeLevel.key,
            SchemeLevel.name,
            SchemeLevel.name_en,
        )
        .distinct()
    )
    rows = db.session.execute(query.order_by(CertificationScheme.key, SchemeLevel.key))
    return [Title(*row) for row in rows]


def _awards(standings: Collection[Shown], on: date) -> Select[Award]:
    """Those shown in one of these ways, with how they stand and what they are of."""
    return (
        select(Award)
        .join(AwardSpan, stands_on(on))
        .join(Award.level)
        .join(SchemeLevel.version)
        .join(SchemeVersion.scheme)
        .where(or_(*(_is_shown(shown) for shown in standings)))
    )


def _is_shown(shown: Shown) -> ColumnElement[bool]:
    stands = AwardSpan.standing.in_([kept for kept, known in _SHOWN.items() if known is shown])
    made_public_by = _MADE_PUBLIC_BY.get(shown)
    return stands if made_public_by is None else and_(stands, made_public_by.is_(true()))


def _holding(award: Award, shown: Shown, on: date) -> Holding:
    level, scheme = award.level, award.level.version.scheme
    days = [(period.valid_from, period.valid_until) for period in award.periods]
    return Holding(
        kind=HoldingKind.OWN,
        standing=shown,
        scheme=scheme.name,
        scheme_en=scheme.name_en,
        standard=scheme.standard,
        level=level.name,
        level_en=level.name_en,
        body=None,
        issued_on=award.issued_on,
        valid_from=unbroken_since([one for one in days if one[0] <= on] or days[:1]),
        expires_on=unbroken_until(days, on=on),
        scope=None,
        checked_on=None,
    )
