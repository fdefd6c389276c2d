"""What stays of somebody's records when the person's data is erased: everything that figures rest
on, as it was frozen, and certificates, if the person wants them to be checked still.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from club.db import transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.records.certificates.models import (
    CertificateException,
    CertificateState,
    CertificateStep,
    CertificateStepKind,
    CompletionCertificate,
)
from club.records.inquiries.models import FollowUp, Inquiry
from club.records.outside.models import OutsideStep, OutsideTraining
from club.records.results.models import PersonResult
from club.web.personal_data import ERASED_NAME, Erasure

#: Public, beside the certificate: one sentence in the language of the paper.
_WITHDRAWN = "Thu hồi theo yêu cầu xóa dữ liệu cá nhân của người được cấp."
#: That somebody answered, and when; of such an answer no case study is made any more.
_WITHOUT_WORDS: dict[str, object] = {
    "applied": ERASED_NAME,
    "changed": None,
    "quantity": None,
    "unit": None,
    "before": None,
    "after": None,
    "measured_how": None,
    "may_become_case": False,
    "case_candidate_since": None,
    "case_candidate_by_id": None,
}


def erase(erasure: Erasure) -> None:
    person_id = erasure.whose.person_id
    with transaction() as session:
        session.execute(
            update(PersonResult).where(PersonResult.person_id == person_id).values(remark=None)
        )
        session.execute(
            update(CertificateException)
            .where(CertificateException.person_id == person_id)
            .values(reason=ERASED_NAME, remark=None)
        )
        asked = select(Inquiry.id).where(Inquiry.person_id == person_id)
        session.execute(
            update(FollowUp).where(FollowUp.inquiry_id.in_(asked)).values(_WITHOUT_WORDS)
        )
        _erase_training_elsewhere(session, person_id)
        if not erasure.keeps_certificates:
            _withdraw_certificates(session, erasure)


def _erase_training_elsewhere(session: Session, person_id: int) -> None:
    """No figure counts it."""
    own = select(OutsideTraining.id).where(OutsideTraining.person_id == person_id)
    steps = OutsideStep.training_id.in_(own)
    evidence = {
        *session.scalars(select(OutsideTraining.evidence_id).where(OutsideTraining.id.in_(own))),
        *session.scalars(select(OutsideStep.evidence_id).where(steps)),
    }
    session.execute(delete(OutsideStep).where(steps))
    session.execute(delete(OutsideTraining).where(OutsideTraining.person_id == person_id))
    for file in session.scalars(select(StoredFile).where(StoredFile.id.in_(evidence))).all():
        let_go(file)


def _withdraw_certificates(session: Session, erasure: Erasure) -> None:
    """The number stays and is said to be withdrawn; name and paper are gone."""
    held = session.scalars(
        select(CompletionCertificate).where(
            CompletionCertificate.person_id == erasure.whose.person_id
        )
    ).all()
    for certificate in held:
        paper, certificate.file_id = certificate.file_id, None
        certificate.holder_name, certificate.lost_sha256 = ERASED_NAME, None
        certificate.post_test = certificate.post_test_maximum = None
        certificate.assignment = certificate.assignment_maximum = None
        if certificate.state in {CertificateState.VALID, CertificateState.SUSPENDED}:
            certificate.state = CertificateState.REVOKED
            certificate.state_changed_at = erasure.now
            certificate.state_changed_by_id = erasure.by
            session.add(
                CertificateStep(
                    certificate_id=certificate.id,
                    kind=CertificateStepKind.REVOKED,
                    reason=_WITHDRAWN,
                    at=erasure.now,
                    by_id=erasure.by,
                )
            )
        certificate.state_reason = _WITHDRAWN
        session.execute(
            update(CertificateStep)
            .where(
                CertificateStep.certificate_id == certificate.id,
                CertificateStep.reason.is_not(None),
            )
            .values(reason=_WITHDRAWN)
        )
        session.flush()
        if paper:
            let_go(session.get_one(StoredFile, paper))
