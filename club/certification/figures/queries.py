"""What the figures are reckoned from, and the names behind their keys."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from club.certification.candidacy.models import Candidate, CandidateStep
from club.certification.figures.funnel import Body, StepAt
from club.certification.models import (
    CertificateSuspension,
    CertificationScheme,
    ExpertCertificate,
)
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db
from club.people.merging.models import PersonMerge
from club.people.models import Organisation
from club.people.queries import today_known_as
from club.units.models import Unit


class Name(NamedTuple):
    """What files and addresses write, and what a page shows."""

    key: str
    name: str
    name_en: str | None


def steps_until(moment: datetime, *, scheme: str = "") -> Iterator[StepAt]:
    """Of all candidacies, one after the other, in order."""
    known_as = today_known_as()
    query = (
        select(
            CandidateStep.candidate_id,
            Candidate.person_id,
            CertificationScheme.awarded_by_club,
            CandidateStep.to_state,
            CandidateStep.at,
            CandidateStep.organisation_id,
            CandidateStep.ward_id,
        )
        .join(CandidateStep.candidate)
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .where(CandidateStep.at <= moment, *_of_scheme(scheme))
        .order_by(CandidateStep.candidate_id, CandidateStep.id)
    )
    for row in db.session.execute(query):
        yield StepAt(
            row.candidate_id,
            known_as.get(row.person_id, row.person_id),
            Body.OWN if row.awarded_by_club else Body.OUTSIDE,
            row.to_state,
            row.at,
            row.organisation_id,
            row.ward_id,
        )


def scheme_names() -> dict[int, Name]:
    """By id, in the order of the schemes."""
    columns = (
        CertificationScheme.id,
        CertificationScheme.key,
        CertificationScheme.name,
        CertificationScheme.name_en,
    )
    query = select(*columns).order_by(CertificationScheme.position)
    return {row[0]: Name(*row[1:]) for row in db.session.execute(query)}


def schemes_counted() -> Sequence[CertificationScheme]:
    """Those with certificates or candidates."""
    query = select(CertificationScheme).where(
        CertificationScheme.id.in_(select(ExpertCertificate.scheme_id))
        | CertificationScheme.id.in_(select(Candidate.scheme_id))
    )
    return db.session.scalars(query.order_by(CertificationScheme.position)).all()


def organisation_names(ids: Collection[int]) -> dict[int, Name]:
    query = select(Organisation.id, Organisation.code, Organisation.name)
    rows = db.session.execute(query.where(Organisation.id.in_(ids)))
    return {row[0]: Name(row[1], row[2], None) for row in rows}


def ward_names(ids: Collection[int]) -> dict[int, Name]:
    query = select(Unit.id, Unit.key, Unit.name, Unit.name_en)
    return {row[0]: Name(*row[1:]) for row in db.session.execute(query.where(Unit.id.in_(ids)))}


def certificates(ids: Collection[int]) -> dict[int, ExpertCertificate]:
    query = select(ExpertCertificate).where(ExpertCertificate.id.in_(ids))
    options = (joinedload(ExpertCertificate.person), joinedload(ExpertCertificate.scheme))
    return {held.id: held for held in db.session.scalars(query.options(*options))}


def taken_back_or_suspended(
    codes: Collection[str], *, since: datetime
) -> Iterator[tuple[str, str, datetime]]:
    """The reasons that were written down for it after a moment, with code and moment; of a
    certificate that was both, that it was taken back comes last.
    """
    chosen = ExpertCertificate.public_id.in_([UUID(code) for code in codes])
    suspended = (
        select(
            ExpertCertificate.public_id,
            CertificateSuspension.reason,
            CertificateSuspension.recorded_at,
        )
        .join(CertificateSuspension, CertificateSuspension.certificate_id == ExpertCertificate.id)
        .where(chosen, CertificateSuspension.recorded_at > since)
        .order_by(CertificateSuspension.id)
    )
    taken_back = select(
        ExpertCertificate.public_id,
        ExpertCertificate.withdrawal_reason,
        ExpertCertificate.withdrawn_at,
    ).where(chosen, ExpertCertificate.withdrawn_at > since)
    for query in (suspended, taken_back):
        for code, reason, at in db.session.execute(query):
            # Who takes back an own entry gives no reason.
            if reason and at:
                yield str(code), reason, at


def holders_put_together(
    codes: Collection[str], *, since: datetime
) -> Iterator[tuple[str, str, datetime]]:
    """Of certificates whose holder's entry became one with another after a moment, or two again:
    the reason that was written down, with code and moment; the latest last.
    """
    chosen = ExpertCertificate.public_id.in_([UUID(code) for code in codes])
    held = db.session.scalars(select(ExpertCertificate).where(chosen)).all()
    together = (
        select(PersonMerge)
        .where(or_(PersonMerge.merged_at > since, PersonMerge.undone_at > since))
        .order_by(func.coalesce(PersonMerge.undone_at, PersonMerge.merged_at))
    )
    for merge in db.session.scalars(together):
        went_along = set(merge.moved.get(ExpertCertificate.__tablename__, ()))
        for one in held:
            if one.id in went_along or one.person_id in {merge.kept_id, merge.gone_id}:
                reason = merge.undone_reason or merge.reason
                yield str(one.public_id), reason, merge.undone_at or merge.merged_at


def candidates(ids: Collection[int]) -> dict[int, Candidate]:
    query = select(Candidate).where(Candidate.id.in_(ids))
    level = joinedload(Candidate.level).joinedload(SchemeLevel.version)
    options = (joinedload(Candidate.person), level.joinedload(SchemeVersion.scheme))
    return {one.id: one for one in db.session.scalars(query.options(*options))}


def candidacies_by_person(
    person_ids: Collection[int],
) -> dict[tuple[int, int], Candidate]:
    """The latest of each person for each scheme, by the two ids."""
    query = select(Candidate).where(Candidate.person_id.in_(person_ids)).order_by(Candidate.id)
    return {(one.person_id, one.scheme_id): one for one in db.session.scalars(query)}


def _of_scheme(key: str) -> list[ColumnElement[bool]]:
    return [CertificationScheme.key == key] if key else []
