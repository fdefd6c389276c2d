"""Completion certificates: issued, suspended, corrected by a new one, revoked. Never deleted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from club.audit.operations import record
from club.courses.models import Run, RunState
from club.db import transaction
from club.records.certificates import queries, rules
from club.records.certificates.issuing import Wanted, issue, tell
from club.records.certificates.models import (
    CertificateState,
    CertificateStep,
    CertificateStepKind,
    CompletionCertificate,
)
from club.records.certificates.rules import Correction, Refusal
from club.records.certificates.settling import Fate, fate_of
from club.records.certificates.states import TRANSITIONS
from club.records.locking import locked_run
from club.records.models import TrainingRecord
from club.records.queries import records_of_run
from club.refusal import RefusedError

_LETTERS = {
    CertificateStepKind.SUSPENDED: "records.certificate_suspended",
    CertificateStepKind.RESUMED: "records.certificate_resumed",
    CertificateStepKind.REVOKED: "records.certificate_revoked",
}
#: What certificates say about their class as it was when they were issued.
_KEPT = (
    "course_code", "course_slug", "course_title", "course_title_en", "run_code", "first_day",
    "last_day", "holder_name", "attended_minutes", "expires_on", "exception_id",
)  # fmt: skip


@dataclass(frozen=True)
class _Why:
    reason: str | None
    by: int | None
    now: datetime


def settle_certificates(
    run: Run, records: Collection[TrainingRecord], *, by: int | None, now: datetime
) -> list[CompletionCertificate]:
    """Let exactly those who completed hold a certificate that tells the truth.

    After a reopening, a certificate that still repeats what happened stays; one with other
    hours or days is replaced; one whose holder did not complete after all is revoked, unless
    it was given by exception.
    """
    with transaction():
        standing = queries.standing_certificates(run.id)
        why = _Why(queries.reason_of_last_reopening(run.id), by, now)
        wanted = []
        outdated = []
        for item in records:
            held = standing.get(item.person_id)
            fate = fate_of(held, item, run) if held else None
            if fate is Fate.REVOKED or not (held or item.completed):
                continue
            standing.pop(item.person_id, None)
            if fate is not Fate.STAYS:
                upon = held.exception_id if held and not item.completed else None
                wanted.append(Wanted(item, held, {"exception_id": upon}))
                outdated += [held] if held else []
        suspended = {c.person_id for c in outdated if c.state is CertificateState.SUSPENDED}
        _step(CertificateStepKind.REPLACED, outdated, why)
        _step(CertificateStepKind.REVOKED, standing.values(), why)
        issued = issue(run, wanted, by=by, now=now)
        # Other hours are no reason to rely on what was suspended.
        _step(CertificateStepKind.SUSPENDED, [c for c in issued if c.person_id in suspended], why)
        return issued


def issue_certificates(
    run_id: int, *, by: int | None, now: datetime, record_id: int | None = None
) -> list[CompletionCertificate]:
    """Give everybody who completed a closed run a certificate, who never had one for it;
    with ``record_id``, only the person of that training record.

    A revoked certificate is not given again: what was wrong with it is put right by
    reopening the run. Raises ``RefusedError`` when there is nothing to issue.
    """
    with transaction():
        run = locked_run(run_id)
        if run.state is not RunState.CLOSED:
            raise RefusedError(Refusal.NOT_CLOSED_YET)
        if run.is_earlier:
            raise RefusedError(Refusal.EARLIER)
        had = {c.training_record_id for c in queries.certificates_of_run(run_id)}
        standing = queries.standing_certificates(run_id)
        wanted = [
            Wanted(item)
            for item in records_of_run(run_id)
            if item.completed
            and item.id not in had
            and item.person_id not in standing
            and record_id in (None, item.id)
        ]
        if not wanted:
            raise RefusedError(Refusal.NOTHING_TO_ISSUE)
        issued = issue(run, wanted, by=by, now=now)
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
    return _change(CertificateStepKind.REVOKED, certificate_id, _Why(reason, by, now))


def suspend_certificate(
    certificate_id: int, *, reason: str | None, by: int | None, now: datetime
) -> CompletionCertificate:
    """Let nobody rely on a certificate for the time being, for a public reason."""
    return _change(CertificateStepKind.SUSPENDED, certificate_id, _Why(reason, by, now))


def resume_certificate(
    certificate_id: int, *, reason: str | None, by: int | None, now: datetime
) -> CompletionCertificate:
    """Let a suspended certificate hold again."""
    return _change(CertificateStepKind.RESUMED, certificate_id, _Why(reason, by, now))


def correct_certificate(
    certificate_id: int,
    correction: Correction,
    *,
    reason: str | None,
    by: int | None,
    now: datetime,
) -> CompletionCertificate:
    """Put a certificate with another name or other hours in the place of one that is wrong.

    The run's attendance stays as it is. Raises ``RefusedError``.
    """
    with transaction():
        old = _locked(certificate_id)
        _refuse_step(CertificateStepKind.REPLACED, old, reason)
        refusal = rules.refusal_to_correct(old, correction)
        if refusal:
            raise RefusedError(refusal, field=rules.field_of(refusal))
        _step(CertificateStepKind.REPLACED, [old], _Why(reason, by, now))
        differs = {name: getattr(old, name) for name in _KEPT} | {
            "holder_name": correction.holder_name,
            "attended_minutes": correction.attended_minutes,
        }
        (new,) = issue(old.run, [Wanted(old.training_record, old, differs)], by=by, now=now)
        _write_down("records.correct_certificate", old, _Why(reason, by, now), by_new=new.number)
        return new


def _change(kind: CertificateStepKind, certificate_id: int, why: _Why) -> CompletionCertificate:
    with transaction():
        certificate = _locked(certificate_id)
        _refuse_step(kind, certificate, why.reason)
        _step(kind, [certificate], why)
        _write_down(f"records.{_VERBS[kind]}_certificate", certificate, why)
        return certificate


_VERBS = {
    CertificateStepKind.SUSPENDED: "suspend",
    CertificateStepKind.RESUMED: "resume",
    CertificateStepKind.REVOKED: "revoke",
}


def _locked(certificate_id: int) -> CompletionCertificate:
    with transaction() as database:
        found = database.get_one(CompletionCertificate, certificate_id)
        # The run first, as closing does: two that wait for each other would wait for ever.
        locked_run(found.run_id)
        return database.get_one(
            CompletionCertificate, certificate_id, with_for_update=True, populate_existing=True
        )


def _refuse_step(
    kind: CertificateStepKind, certificate: CompletionCertificate, reason: str | None
) -> None:
    refusal = rules.refusal_to_step(kind, certificate.state, reason)
    if refusal:
        raise RefusedError(refusal, field=rules.field_of(refusal))


def _step(
    kind: CertificateStepKind, certificates: Iterable[CompletionCertificate], why: _Why
) -> None:
    """The only place that changes a state: with a row that says when, why and by whom."""
    certificates = list(certificates)
    with transaction() as database:
        for certificate in certificates:
            certificate.state = TRANSITIONS[kind][1]
            certificate.state_reason = why.reason
            certificate.state_changed_at = why.now
            certificate.state_changed_by_id = why.by
            certificate.steps.append(
                CertificateStep(kind=kind, reason=why.reason, at=why.now, by_id=why.by)
            )
        # One person holds one certificate of a run: the old one has to end first.
        database.flush()
        if kind in _LETTERS:
            tell(_LETTERS[kind], certificates, now=why.now)


def _write_down(
    action: str, certificate: CompletionCertificate, why: _Why, *, by_new: str | None = None
) -> None:
    record(
        action,
        subject_kind="completion_certificate",
        subject_id=certificate.number,
        by=why.by,
        now=why.now,
        detail={"reason": why.reason} | ({"certificates": [by_new]} if by_new else {}),
    )
