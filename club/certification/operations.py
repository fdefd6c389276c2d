"""Entering, checking and withdrawing certificates that other bodies issued."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from club import clock
from club.accounts.models import Account
from club.audit.operations import record
from club.certification import queries, rules
from club.certification.codes import new_expert_code
from club.certification.models import (
    CertificationScheme,
    Expert,
    ExpertCertificate,
    ExpertCertificateState,
    WithdrawalKind,
)
from club.certification.rules import CertificationRefusal
from club.db import transaction
from club.files.receiving import ReceivedFile, id_of_file
from club.people.models import Person
from club.people.queries import place_on
from club.refusal import RefusedError

#: What follows from a certificate that was checked or withdrawn, within the same transaction; rooms
#: above add themselves.
FOLLOW_UPS: list[Callable[[ExpertCertificate, datetime], object]] = []


@dataclass(frozen=True)
class CertificateFacts:
    """As they stand on the paper."""

    scheme_key: str
    body: str
    number: str
    issued_on: date
    evidence: str
    scheme_name: str | None = None
    level: str | None = None
    expires_on: date | None = None
    scope: str | None = None
    funded_by_plan: bool = False
    #: Why there is no file of it.
    no_file_reason: str | None = None


@dataclass(frozen=True)
class Withdrawal:
    kind: WithdrawalKind
    #: Staff always give one; a holder who removes an own entry need not.
    reason: str | None
    #: First day without validity, where the certifying body took it back.
    taken_back_from: date | None = None
    #: Where it is written that its body took it back.
    source: str | None = None


def record_certificate(
    person_id: int,
    facts: CertificateFacts,
    *,
    paper: ReceivedFile | None = None,
    by: int | None,
    now: datetime,
) -> ExpertCertificate:
    """Enter a certificate, by the holder or by staff; it counts once it has been checked."""
    with transaction() as session:
        session.get_one(Person, person_id, with_for_update=True)
        scheme = _scheme(facts)
        key = _refuse_unless_sound(session, scheme, facts, now=now)
        certificate = ExpertCertificate(
            person_id=person_id,
            scheme=scheme,
            number_key=key,
            recorded_at=now,
            recorded_by_id=by,
            file_id=id_of_file(paper, by=by, now=now) if paper else None,
            **_written(scheme, facts),
        )
        session.add(certificate)
        give_code(session, person_id, now=now)
        session.flush()
        note("certification.record", certificate, by=by, now=now)
        return certificate


def check_certificate(
    certificate_id: int, *, has_compared: bool = False, by: int, now: datetime
) -> ExpertCertificate:
    """Vouch for having seen the evidence. Never by the holder, nor by whoever entered it.
    ``has_compared``: the paper with those of other entries that have the same number.
    """
    with transaction() as session:
        certificate = locked(certificate_id)
        refusal = rules.refusal_to_check(
            certificate, by=by, checker_person_id=session.get_one(Account, by).person_id
        )
        if refusal:
            raise RefusedError(refusal)
        if not has_compared and queries.others_numbered_like(certificate):
            raise RefusedError(CertificationRefusal.SAME_NUMBER, field="has_compared")
        certificate.state = ExpertCertificateState.CHECKED
        certificate.checked_at, certificate.checked_by_id = now, by
        place = place_on(certificate.person_id, certificate.issued_on)
        certificate.organisation_id, certificate.ward_id = place
        session.flush()
        note("certification.check", certificate, by=by, now=now)
        _follow_up(certificate, now=now)
        return certificate


def withdraw_certificate(
    certificate_id: int, withdrawal: Withdrawal, *, by: int, now: datetime
) -> ExpertCertificate:
    """Staff: it was entered by mistake, or its body took it back on a day."""
    with transaction() as session:
        certificate = locked(certificate_id)
        verdict = rules.refusal_to_withdraw(
            certificate,
            kind=withdrawal.kind,
            taken_back_from=withdrawal.taken_back_from,
            source=withdrawal.source,
            today=clock.local_day(now),
        )
        if verdict:
            raise RefusedError(verdict[0], field=verdict[1])
        _withdraw(certificate, withdrawal, by=by, now=now)
        session.flush()
        _follow_up(certificate, now=now)
        return certificate


def take_back_own(certificate_id: int, *, by: int, now: datetime) -> ExpertCertificate:
    """The holder removes an own entry that nobody has checked yet."""
    with transaction():
        certificate = locked(certificate_id)
        refusal = rules.refusal_to_take_back_own(certificate.state)
        if refusal:
            raise RefusedError(refusal)
        _withdraw(certificate, Withdrawal(WithdrawalKind.MISTAKE, None), by=by, now=now)
        return certificate


def _scheme(facts: CertificateFacts) -> CertificationScheme:
    scheme = queries.scheme_by_key(facts.scheme_key)
    if scheme is None:
        raise RefusedError(CertificationRefusal.NO_SUCH_SCHEME, field="scheme")
    if scheme.key == rules.UNLISTED and not facts.scheme_name:
        raise RefusedError(CertificationRefusal.SCHEME_UNNAMED, field="scheme_name")
    return scheme


def _refuse_unless_sound(
    session: Session, scheme: CertificationScheme, facts: CertificateFacts, *, now: datetime
) -> str:
    """The key the number is told apart by."""
    for refusal, field in rules.problems_of_days(
        issued_on=facts.issued_on, expires_on=facts.expires_on, today=clock.local_day(now)
    ):
        raise RefusedError(refusal, field=field)
    named = rules.named_scheme(scheme.key, facts.scheme_name)
    key = rules.number_key(facts.number, scheme_name=named)
    if not key:
        raise RefusedError(CertificationRefusal.NUMBER_WITHOUT_SIGNS, field="number")
    # Two people typing the same number at once wait for each other at the scheme's row.
    session.refresh(scheme, with_for_update=True)
    if queries.number_taken(scheme.id, key):
        raise RefusedError(CertificationRefusal.NUMBER_KNOWN, field="number")
    return key


def _written(scheme: CertificationScheme, facts: CertificateFacts) -> dict[str, Any]:
    return {
        "scheme_name": rules.named_scheme(scheme.key, facts.scheme_name),
        "level": facts.level,
        "body": facts.body,
        "number": facts.number,
        "issued_on": facts.issued_on,
        "expires_on": facts.expires_on,
        "scope": facts.scope,
        "evidence": facts.evidence,
        "funded_by_plan": facts.funded_by_plan,
        "no_file_reason": facts.no_file_reason,
    }


def give_code(session: Session, person_id: int, *, now: datetime) -> None:
    """Who holds a certification has one, whether or not the register shows the person."""
    if queries.expert_of(person_id):
        return
    code = new_expert_code()
    while queries.expert_code_taken(code):
        code = new_expert_code()
    session.add(Expert(person_id=person_id, code=code, created_at=now))


def _withdraw(
    certificate: ExpertCertificate, withdrawal: Withdrawal, *, by: int, now: datetime
) -> None:
    taken_back = withdrawal.kind is WithdrawalKind.TAKEN_BACK
    certificate.state = ExpertCertificateState.WITHDRAWN
    certificate.withdrawal = withdrawal.kind
    certificate.withdrawn_from = withdrawal.taken_back_from if taken_back else None
    certificate.withdrawn_at, certificate.withdrawn_by_id = now, by
    certificate.withdrawal_reason = withdrawal.reason
    certificate.withdrawal_source = withdrawal.source if taken_back else None
    detail = {"kind": withdrawal.kind.value, "reason": withdrawal.reason}
    note("certification.withdraw", certificate, by=by, now=now, detail=detail)


def _follow_up(certificate: ExpertCertificate, *, now: datetime) -> None:
    for follow in FOLLOW_UPS:
        follow(certificate, now)


def locked(certificate_id: int) -> ExpertCertificate:
    """In the caller's transaction."""
    with transaction() as session:
        return session.get_one(
            ExpertCertificate, certificate_id, with_for_update=True, populate_existing=True
        )


def note(
    action: str,
    certificate: ExpertCertificate,
    *,
    by: int | None,
    now: datetime,
    detail: dict[str, Any] | None = None,
) -> None:
    record(
        action,
        subject_kind="expert_certificate",
        subject_id=certificate.public_id,
        by=by,
        now=now,
        detail=detail,
    )
