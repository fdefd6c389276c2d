"""The paper of an outside certificate, and what its body says of it later: suspended, and free of
that again.
"""

from dataclasses import dataclass
from datetime import date, datetime

from club import clock
from club.certification import rules
from club.certification.models import (
    CertificateSuspension,
    ExpertCertificate,
    ExpertCertificateState,
)
from club.certification.operations import locked, note
from club.certification.rules import CertificationRefusal
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.refusal import RefusedError


@dataclass(frozen=True)
class SuspensionFacts:
    """As the body says it."""

    from_on: date
    source: str
    reason: str
    until_on: date | None = None


def show_paper(
    certificate_id: int,
    file: ReceivedFile | None,
    *,
    no_file_reason: str | None,
    by: int,
    now: datetime,
) -> ExpertCertificate:
    """A file of it, or why there is none. What was looked at when it was checked stays."""
    with transaction():
        certificate = locked(certificate_id)
        if certificate.state is ExpertCertificateState.WITHDRAWN:
            raise RefusedError(CertificationRefusal.WITHDRAWN_ALREADY)
        if certificate.was_checked and certificate.has_paper:
            raise RefusedError(CertificationRefusal.CHECKED_ALREADY)
        if file is None and not no_file_reason:
            raise RefusedError(CertificationRefusal.PAPER_MISSING, field="file")
        certificate.file_id = id_of_file(file, by=by, now=now) if file else None
        certificate.no_file_reason = None if file else no_file_reason
        note("certification.show_paper", certificate, by=by, now=now)
        return certificate


def suspend_certificate(
    certificate_id: int, facts: SuspensionFacts, *, by: int, now: datetime
) -> CertificateSuspension:
    """Its body suspends it: it is not valid for so long, in the register and in figures."""
    with transaction() as session:
        certificate = locked(certificate_id)
        verdict = rules.refusal_to_suspend(
            certificate,
            from_on=facts.from_on,
            until_on=facts.until_on,
            today=clock.local_day(now),
        )
        if verdict:
            raise RefusedError(verdict[0], field=verdict[1])
        suspension = CertificateSuspension(
            certificate_id=certificate_id, recorded_at=now, recorded_by_id=by, **vars(facts)
        )
        certificate.suspensions.append(suspension)
        session.flush()
        note("certification.suspend_outside", certificate, by=by, now=now)
        return suspension


def lift_suspension(
    certificate_id: int, *, lifted_from: date, by: int, now: datetime
) -> CertificateSuspension:
    """Its body lifts it; ``lifted_from``: the first day free of it."""
    with transaction() as session:
        certificate, today = locked(certificate_id), clock.local_day(now)
        found = rules.open_suspension(certificate, today)
        if found is None:
            raise RefusedError(CertificationRefusal.NOT_SUSPENDED)
        assert isinstance(found, CertificateSuspension)
        if lifted_from < found.from_on:
            raise RefusedError(CertificationRefusal.LIFTED_TOO_EARLY, field="lifted_from")
        if lifted_from > today:
            raise RefusedError(CertificationRefusal.TAKEN_BACK_LATER, field="lifted_from")
        found.lifted_from, found.lifted_at, found.lifted_by_id = lifted_from, now, by
        session.flush()
        note("certification.lift_outside", certificate, by=by, now=now)
        return found
