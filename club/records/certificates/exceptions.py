"""A certificate for somebody who did not complete: one asks with a reason, another one agrees."""

from datetime import datetime

from club.audit.operations import record
from club.db import transaction
from club.records.certificates import queries, rules
from club.records.certificates.issuing import Wanted, issue
from club.records.certificates.models import CertificateException, CompletionCertificate
from club.records.certificates.rules import Refusal
from club.records.locking import locked_run
from club.records.models import TrainingRecord
from club.refusal import RefusedError


def ask_for_exception(
    record_id: int, *, reason: str | None, by: int, now: datetime
) -> CertificateException:
    """Raises ``RefusedError``, also where one may not be asked for at all."""
    with transaction() as database:
        run = locked_run(database.get_one(TrainingRecord, record_id).run_id)
        found = database.get_one(TrainingRecord, record_id, populate_existing=True)
        asked = {one.person_id for one in queries.open_exceptions(run.id)}
        refusal = rules.refusal_to_ask_for_exception(
            found,
            reason,
            has_one=found.person_id in queries.standing_certificates(run.id),
            is_asked=found.person_id in asked,
        )
        if refusal:
            raise RefusedError(refusal, field=rules.field_of(refusal))
        assert reason
        exception = CertificateException(
            training_record_id=found.id,
            run_id=run.id,
            person_id=found.person_id,
            reason=reason,
            asked_at=now,
            asked_by_id=by,
        )
        database.add(exception)
        database.flush()
        _write_down("records.ask_exception", exception, by=by, now=now)
        return exception


def agree_to_exception(exception_id: int, *, by: int, now: datetime) -> CompletionCertificate:
    """The second person's yes: the certificate is issued. Raises ``RefusedError``."""
    with transaction():
        exception = _open(exception_id, by=by)
        run, found = exception.run, exception.training_record
        standing = queries.standing_certificates(run.id)
        refusal = rules.refusal_to_ask_for_exception(
            found, exception.reason, has_one=found.person_id in standing, is_asked=False
        )
        if refusal:
            raise RefusedError(refusal)
        exception.agreed, exception.decided_at, exception.decided_by_id = True, now, by
        (certificate,) = issue(
            run, [Wanted(found, differs={"exception_id": exception.id})], by=by, now=now
        )
        _write_down("records.agree_exception", exception, by=by, now=now)
        return certificate


def decline_exception(
    exception_id: int, *, remark: str | None, by: int, now: datetime
) -> CertificateException:
    """The second person's no, with a reason. Raises ``RefusedError``."""
    with transaction():
        exception = _open(exception_id, by=by)
        if not remark:
            raise RefusedError(Refusal.REASON_MISSING, field="reason")
        exception.agreed, exception.decided_at, exception.decided_by_id = False, now, by
        exception.remark = remark
        _write_down("records.decline_exception", exception, by=by, now=now)
        return exception


def _open(exception_id: int, *, by: int) -> CertificateException:
    with transaction() as database:
        locked_run(database.get_one(CertificateException, exception_id).run_id)
        exception = database.get_one(CertificateException, exception_id, populate_existing=True)
        refusal = rules.refusal_to_decide(exception, by=by)
        if refusal:
            raise RefusedError(refusal)
        return exception


def _write_down(action: str, exception: CertificateException, *, by: int, now: datetime) -> None:
    record(
        action,
        subject_kind="run",
        subject_id=exception.run.code,
        by=by,
        now=now,
        detail={
            "person": str(exception.person.public_id),
            "reason": exception.remark or exception.reason,
        },
    )
