"""Completion certificates: issued, corrected by a new one, revoked. Never deleted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from club import clock
from club.accounts.readers import readers_of
from club.audit.operations import record
from club.courses.models import Run, RunState
from club.db import transaction
from club.outbox.telling import letter_to, tell_all
from club.records.certificates import codes, queries, rules
from club.records.certificates.issuer import issuer_on
from club.records.certificates.models import CertificateState, CompletionCertificate
from club.records.certificates.numbering import CERTIFICATES, take_numbers
from club.records.certificates.rules import Refusal
from club.records.locking import locked_run
from club.records.models import TrainingRecord
from club.records.queries import records_of_run
from club.refusal import RefusedError


@dataclass(frozen=True)
class _Wanted:
    """A record that needs a certificate, and the certificate that it corrects, if any."""

    record: TrainingRecord
    corrects: CompletionCertificate | None = None


@dataclass(frozen=True)
class _End:
    """How certificates stop being valid, and why."""

    state: CertificateState
    reason: str | None
    by: int | None
    now: datetime


def settle_certificates(
    run: Run, records: Collection[TrainingRecord], *, by: int | None, now: datetime
) -> list[CompletionCertificate]:
    """Let exactly those who completed hold a certificate that tells the truth.

    After a reopening, a certificate that still repeats what happened stays; one with other
    hours or days is replaced; one whose holder did not complete after all is revoked.
    """
    with transaction():
        standing = queries.standing_certificates(run.id)
        reason = queries.reason_of_last_reopening(run.id)
        wanted = []
        outdated = []
        for item in records:
            held = standing.pop(item.person_id, None) if item.completed else None
            if item.completed and not (held and _still_true(held, item, run)):
                wanted.append(_Wanted(item, held))
                outdated += [held] if held else []
        _end(outdated, _End(CertificateState.REPLACED, reason, by, now))
        _end(standing.values(), _End(CertificateState.REVOKED, reason, by, now))
        _tell("records.certificate_revoked", standing.values(), now=now)
        return _issue(run, wanted, by=by, now=now)


def issue_certificates(
    run_id: int, *, by: int | None, now: datetime
) -> list[CompletionCertificate]:
    """Give everybody who completed a closed run a certificate, who never had one for it.

    A revoked certificate is not given again: what was wrong with it is put right by
    reopening the run. Raises ``RefusedError`` when there is nothing to issue.
    """
    with transaction():
        run = locked_run(run_id)
        if run.state is not RunState.CLOSED:
            raise RefusedError(Refusal.NOT_CLOSED_YET)
        had = {c.training_record_id for c in queries.certificates_of_run(run_id)}
        standing = queries.standing_certificates(run_id)
        wanted = [
            _Wanted(item)
            for item in records_of_run(run_id)
            if item.completed and item.id not in had and item.person_id not in standing
        ]
        if not wanted:
            raise RefusedError(Refusal.NOTHING_TO_ISSUE)
        issued = _issue(run, wanted, by=by, now=now)
        record(
            "records.issue_certificates",
            subject_kind="run",
            subject_id=run.code,
            by=by,
            now=now,
            detail={"certificates": [c.number for c in issued]},
        )
        return issued


def revoke_certificate(
    certificate_id: int, *, reason: str | None, by: int | None, now: datetime
) -> CompletionCertificate:
    """End a certificate for ever. The reason is public: whoever checks the code reads it."""
    with transaction() as database:
        certificate = database.get_one(
            CompletionCertificate, certificate_id, with_for_update=True, populate_existing=True
        )
        refusal = rules.refusal_to_revoke(certificate.state, reason)
        if refusal:
            raise RefusedError(refusal, field=rules.field_of(refusal))
        _end([certificate], _End(CertificateState.REVOKED, reason, by, now))
        _tell("records.certificate_revoked", [certificate], now=now)
        record(
            "records.revoke_certificate",
            subject_kind="completion_certificate",
            subject_id=certificate.number,
            by=by,
            now=now,
            detail={"reason": reason},
        )
        return certificate


def _still_true(held: CompletionCertificate, item: TrainingRecord, run: Run) -> bool:
    printed = (held.attended_minutes, held.first_day, held.last_day)
    return printed == (item.attended_minutes, *_days(run))


def _days(run: Run) -> tuple[date, date]:
    """The local days of the first and the last session that were held."""
    held = run.held_sessions
    first = min(session.starts_at for session in held)
    return clock.local_day(first), clock.local_day(max(session.ends_at for session in held))


def _end(certificates: Iterable[CompletionCertificate], end: _End) -> None:
    with transaction() as database:
        for certificate in certificates:
            certificate.state = end.state
            certificate.state_reason = end.reason
            certificate.state_changed_at = end.now
            certificate.state_changed_by_id = end.by
        # One person holds one valid certificate of a run: the old one has to end first.
        database.flush()


def _issue(
    run: Run, wanted: Collection[_Wanted], *, by: int | None, now: datetime
) -> list[CompletionCertificate]:
    if not wanted:
        return []
    today = clock.local_day(now)
    numbers = take_numbers(CERTIFICATES, year=today.year, count=len(wanted))
    issuer = issuer_on(today)
    with transaction() as database:
        issued = [
            _certificate(run, want, number=f"{CERTIFICATES}-{today.year}-{n:06d}", issuer=issuer)
            for n, want in zip(numbers, wanted, strict=True)
        ]
        for certificate in issued:
            certificate.issued_on, certificate.issued_at = today, now
            certificate.issued_by_id = by
        database.add_all(issued)
        database.flush()
        _tell("records.certificate_issued", issued, now=now)
        return issued


def _certificate(
    run: Run, want: _Wanted, *, number: str, issuer: tuple[str, str]
) -> CompletionCertificate:
    first_day, last_day = _days(run)
    return CompletionCertificate(
        number=number,
        code=codes.new_code(),
        training_record_id=want.record.id,
        run_id=run.id,
        person_id=want.record.person_id,
        holder_name=want.record.person.full_name,
        course_code=run.course.code,
        course_title=run.course.title,
        course_title_en=run.course.title_en,
        run_code=run.code,
        first_day=first_day,
        last_day=last_day,
        attended_minutes=want.record.attended_minutes,
        issuer_name=issuer[0],
        issuer_name_en=issuer[1],
        replaces=want.corrects,
    )


def _tell(kind: str, certificates: Collection[CompletionCertificate], *, now: datetime) -> None:
    """One letter to each holder."""
    if not certificates:
        return
    readers = readers_of({c.person_id for c in certificates})
    letters = [
        letter_to(
            readers[certificate.person_id],
            kind,
            event=certificate.public_id,
            words={"certificate": certificate, "code": codes.written(certificate.code)},
        )
        for certificate in certificates
    ]
    tell_all(letters, now=now)
