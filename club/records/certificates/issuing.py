"""Making certificates: numbered, with everything they certify, and a letter to each holder."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from club import clock
from club.accounts.readers import readers_of
from club.courses.models import Run
from club.db import transaction
from club.outbox.telling import letter_to, tell_all
from club.records.certificates import codes, queries, scores
from club.records.certificates.issuer import issuer_on
from club.records.certificates.models import CertificateBatch, CompletionCertificate
from club.records.certificates.numbering import CERTIFICATES, take_numbers
from club.records.certificates.rules import months_later
from club.records.models import TrainingRecord


@dataclass(frozen=True)
class Wanted:
    """A record that needs a certificate, and the certificate that it corrects, if any."""

    record: TrainingRecord
    corrects: CompletionCertificate | None = None
    #: What is said otherwise than the run and the record say it, by column.
    differs: Mapping[str, Any] = field(default_factory=dict)


def issue(
    run: Run, wanted: Collection[Wanted], *, by: int | None, now: datetime
) -> list[CompletionCertificate]:
    """Joins the caller's transaction, which holds the run."""
    if not wanted:
        return []
    today = clock.local_day(now)
    numbers = take_numbers(CERTIFICATES, year=today.year, count=len(wanted))
    issuer, issuer_en = issuer_on(today)
    with transaction() as database:
        design = queries.present_design()
        batch = CertificateBatch(run_id=run.id, started_at=now, started_by_id=by)
        database.add(batch)
        database.flush()
        issued = [
            CompletionCertificate(
                number=f"{CERTIFICATES}-{today.year}-{number:06d}",
                code=codes.new_code(),
                training_record=want.record,
                run_id=run.id,
                person_id=want.record.person_id,
                issuer_name=issuer,
                issuer_name_en=issuer_en,
                issued_on=today,
                issued_at=now,
                issued_by_id=by,
                batch_id=batch.id,
                design=design,
                replaces=want.corrects,
                **_certified(run, want.record, today)
                | scores.to_repeat(want.record, design)
                | dict(want.differs),
            )
            for number, want in zip(numbers, wanted, strict=True)
        ]
        database.add_all(issued)
        database.flush()
        tell("records.certificate_issued", issued, now=now)
        return issued


def days_of(run: Run) -> tuple[date, date]:
    """The local days of the first and the last session that were held."""
    held = run.held_sessions
    first = min(session.starts_at for session in held)
    return clock.local_day(first), clock.local_day(max(session.ends_at for session in held))


def tell(kind: str, certificates: Collection[CompletionCertificate], *, now: datetime) -> None:
    """One letter to each holder."""
    if not certificates:
        return
    readers = readers_of({c.person_id for c in certificates})
    letters = [
        letter_to(
            reader,
            kind,
            event=f"{certificate.public_id} {now.isoformat()}",
            words={
                "certificate": certificate,
                "code": codes.written(certificate.code),
                "has_account": reader.signs_in,
            },
        )
        for certificate in certificates
        if (reader := readers[certificate.person_id])
    ]
    tell_all(letters, now=now)


def _certified(run: Run, record: TrainingRecord, today: date) -> dict[str, Any]:
    first_day, last_day = days_of(run)
    months = run.course.certificate_months
    return {
        "holder_name": record.person.full_name,
        "course_code": record.course_code,
        "course_slug": run.course.slug,
        "course_title": record.course_title,
        "course_title_en": record.course_title_en,
        "run_code": run.code,
        "first_day": first_day,
        "last_day": last_day,
        "attended_minutes": record.attended_minutes,
        "expires_on": months_later(today, months) if months else None,
    }
