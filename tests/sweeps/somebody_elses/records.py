from io import BytesIO

from sqlalchemy import select

from club.accounts.models import Account, RoleName
from club.db import db
from club.files.receiving import add_file, receive
from club.records.attendance.models import PaperList
from club.records.certificates.designing import keep_design
from club.records.certificates.designs import Wording
from club.records.certificates.exceptions import ask_for_exception
from club.records.certificates.models import (
    CertificateException,
    CertificateState,
    CompletionCertificate,
)
from club.records.certificates.signing import keys_in_use
from club.records.inquiries.models import FollowUp, Inquiry, InquiryKind
from club.records.models import TrainingRecord
from tests.materials.kit import PDF
from tests.records.earlier_kit import a_list, a_row, handed_in
from tests.records.outside_kit import training_elsewhere
from tests.support.factories import NOW, a_person, a_run, an_account, saved
from tests.sweeps.somebody_elses.finding import first, published_run


def paper_list_of_a_run():
    run = published_run()
    found = saved(
        PaperList(
            session_id=run.sessions[0].id,
            scan=add_file(receive(BytesIO(PDF), name="giay.pdf"), by=None, now=NOW),
            signed=1,
            entered_at=NOW,
        )
    )
    return {"code": run.code, "public_id": found.public_id}


def another_certificate() -> CompletionCertificate:
    holders = select(Account.person_id)
    return first(
        select(CompletionCertificate)
        .where(CompletionCertificate.person_id.not_in(holders))
        .where(CompletionCertificate.state == CertificateState.VALID)
    )


def another_inquiry():
    """Of somebody who cannot sign in."""
    signed_in = select(Account.person_id)
    return {
        "public_id": first(select(Inquiry).where(Inquiry.person_id.not_in(signed_in))).public_id
    }


def a_follow_up():
    inquiry = saved(
        Inquiry(
            run=a_run(),
            person=a_person(),
            kind=InquiryKind.AFTER_30_DAYS,
            asked_at=NOW,
            answered=True,
        )
    )
    told = FollowUp(
        inquiry=inquiry, applied="Sắp xếp lại kho", may_become_case=True, answered_at=NOW
    )
    return {"public_id": saved(told).public_id}


def id_of_a_certificate():
    return {"public_id": another_certificate().public_id}


def a_list_of_earlier_years():
    return {"public_id": handed_in(a_list([a_row()])).public_id}


def outside_training():
    return {"public_id": training_elsewhere().public_id}


def id_of_a_record():
    return {"public_id": db.session.scalars(select(TrainingRecord)).first().public_id}


def id_of_an_exception():
    asked_before = select(CertificateException.training_record_id)
    record = db.session.scalars(
        select(TrainingRecord).where(
            TrainingRecord.id.not_in(asked_before),
            TrainingRecord.superseded_at.is_(None),
            ~TrainingRecord.completed,
            TrainingRecord.attended_minutes > 0,
        )
    ).first()
    asker = an_account(RoleName.COORDINATOR)
    asked = ask_for_exception(record.id, reason="Ốm buổi cuối", by=asker.id, now=NOW)
    return {"public_id": asked.public_id}


def status_list():
    return {"purpose": "revocation", "number": 0}


def public_key():
    return {"fingerprint": keys_in_use(now=NOW)[1].fingerprint}


def design_of_certificates():
    return {"version": keep_design(Wording(), logo=None, signature=None, by=None, now=NOW).version}


def code_of_a_certificate():
    return {"code": another_certificate().code}
