"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.courses.models import Run, Session
from club.people.models import Organisation
from club.records import merging
from club.records.attendance.models import AttendanceChange, AttendanceMark, SentMark, WalkIn
from club.records.certificates.models import (
    CertificateException,
    CertificateStep,
    CompletionCertificate,
)
from club.records.certificates.personal_files import pdfs_of
from club.records.earlier.models import EarlierBatch, EarlierPerson
from club.records.erasing import erase
from club.records.inquiries.personal_rows import follow_ups_of, inquiries_of
from club.records.models import TrainingRecord
from club.records.outside.personal_rows import (
    earlier_evidence_of_training,
    evidence_of_training,
    ids_of_training_elsewhere,
    steps_elsewhere_of,
    training_elsewhere_of,
)
from club.records.results.personal_rows import results_of
from club.web.personal_data import Kept, PersonalPart, Rows, Whose


def _marks(whose: Whose) -> Rows:
    return (
        select(
            Run.code.label("run"),
            Session.title.label("session"),
            Session.starts_at,
            AttendanceMark.mark,
            AttendanceMark.minutes,
            AttendanceMark.source,
            AttendanceMark.marked_at,
        )
        .join(Session, Session.id == AttendanceMark.session_id)
        .join(Run, Run.id == Session.run_id)
        .where(AttendanceMark.person_id == whose.person_id)
        .order_by(AttendanceMark.id)
    )


def _changes(whose: Whose) -> Rows:
    return (
        select(
            Run.code.label("run"),
            Session.title.label("session"),
            AttendanceChange.mark,
            AttendanceChange.minutes,
            AttendanceChange.source,
            AttendanceChange.marked_at,
            AttendanceChange.replaced_at,
        )
        .join(AttendanceMark, AttendanceMark.id == AttendanceChange.attendance_mark_id)
        .join(Session, Session.id == AttendanceMark.session_id)
        .join(Run, Run.id == Session.run_id)
        .where(AttendanceMark.person_id == whose.person_id)
        .order_by(AttendanceChange.id)
    )


def _sent(whose: Whose) -> Rows:
    """That a mark came from a phone, and when."""
    return (
        select(Run.code.label("run"), Session.title.label("session"), SentMark.received_at)
        .join(AttendanceMark, AttendanceMark.id == SentMark.attendance_mark_id)
        .join(Session, Session.id == AttendanceMark.session_id)
        .join(Run, Run.id == Session.run_id)
        .where(AttendanceMark.person_id == whose.person_id)
        .order_by(SentMark.id)
    )


def _walk_ins(whose: Whose) -> Rows:
    return (
        select(
            Run.code.label("run"),
            WalkIn.audience,
            Organisation.name.label("organisation"),
            WalkIn.added_at,
        )
        .join(Run, Run.id == WalkIn.run_id)
        .outerjoin(Organisation, Organisation.id == WalkIn.organisation_id)
        .where(WalkIn.person_id == whose.person_id)
        .order_by(WalkIn.id)
    )


def _records(whose: Whose) -> Rows:
    kept = TrainingRecord.__table__.columns
    ids = {"id", "person_id", "run_id", "organisation_id", "unit_id", "result_id", "scale_id"}
    return (
        select(Run.code.label("run"), *(column for column in kept if column.name not in ids))
        .join(Run, Run.id == TrainingRecord.run_id)
        .where(TrainingRecord.person_id == whose.person_id)
        .order_by(TrainingRecord.id)
    )


def _certificates(whose: Whose) -> Rows:
    kept = CompletionCertificate.__table__.columns
    # What becomes of the file is the worker's business, and of nobody's data.
    workings = {"id", "failed_prints", "next_print_at", "lost_sha256"}
    told = (column for column in kept if not column.foreign_keys and column.name not in workings)
    return (
        select(*told)
        .where(CompletionCertificate.person_id == whose.person_id)
        .order_by(CompletionCertificate.id)
    )


def _brought(whose: Whose) -> Rows:
    return (
        select(EarlierBatch.source, EarlierBatch.imported_at)
        .join(EarlierPerson, EarlierPerson.batch_id == EarlierBatch.id)
        .where(EarlierPerson.person_id == whose.person_id)
        .order_by(EarlierPerson.id)
    )


def _certificate_steps(whose: Whose) -> Rows:
    return (
        select(
            CompletionCertificate.number.label("certificate"),
            CertificateStep.kind,
            CertificateStep.reason,
            CertificateStep.at,
        )
        .join(CompletionCertificate, CompletionCertificate.id == CertificateStep.certificate_id)
        .where(CompletionCertificate.person_id == whose.person_id)
        .order_by(CertificateStep.id)
    )


def _exceptions(whose: Whose) -> Rows:
    return (
        select(
            Run.code.label("run"),
            CertificateException.reason,
            CertificateException.asked_at,
            CertificateException.agreed,
            CertificateException.decided_at,
            CertificateException.remark,
        )
        .join(Run, Run.id == CertificateException.run_id)
        .where(CertificateException.person_id == whose.person_id)
        .order_by(CertificateException.id)
    )


def _numbers(whose: Whose) -> Rows:
    return select(CompletionCertificate.number).where(
        CompletionCertificate.person_id == whose.person_id
    )


PERSONAL_DATA = PersonalPart(
    "records",
    lazy_gettext("Training records and certificates"),
    [
        Kept(
            lazy_gettext("In which sessions you were, how long, who entered it and how"),
            lazy_gettext("To know who completes a class"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You, trainers of the class, the club's coordinators"),
        ),
        Kept(
            lazy_gettext("Scores of your tests and assignments, and the trainer's remark"),
            lazy_gettext("To know who completes a class"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You, trainers of the class, the club's coordinators"),
        ),
        Kept(
            lazy_gettext(
                "What the club asked you after classes, whether you answered, and what you wrote "
                "about its use; not what you answered about the class, which nobody can trace"
            ),
            lazy_gettext("To know what classes are good for"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You, the club's coordinators"),
        ),
        Kept(
            lazy_gettext(
                "Training records: hours, result, and the groups you were counted in on that day"
            ),
            lazy_gettext("To prove what you learned, and for the figures of the plan"),
            lazy_gettext(
                "Without end, since reported figures rest on them; after erasure without your name"
            ),
            lazy_gettext(
                "You, coordinators and officials; your organisation, if you agreed to that"
            ),
        ),
        Kept(
            lazy_gettext("Certificates of completion, with your name as it was printed"),
            lazy_gettext("So that whoever you show them to can check them"),
            lazy_gettext("Without end; on erasure you choose whether they can still be checked"),
            lazy_gettext("You, the club's staff, and whoever has the code of the certificate"),
        ),
        Kept(
            lazy_gettext("From which list of earlier years your name was entered here"),
            lazy_gettext("To know where a record comes from, and to undo a wrong list"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You and the club's coordinators"),
        ),
        Kept(
            lazy_gettext("Training taken elsewhere: what you entered, its evidence, the decision"),
            lazy_gettext("So that your records show it once it was checked"),
            lazy_gettext("Without end; after erasure without your name"),
            lazy_gettext("You and the club's coordinators"),
        ),
    ],
    rows={
        "attendance_mark": _marks,
        "attendance_change": _changes,
        "sent_mark": _sent,
        "walk_in": _walk_ins,
        "person_result": results_of,
        "inquiry": inquiries_of,
        "follow_up": follow_ups_of,
        "training_record": _records,
        "completion_certificate": _certificates,
        "earlier_person": _brought,
        "outside_training": training_elsewhere_of,
        "outside_step": steps_elsewhere_of,
        "certificate_step": _certificate_steps,
        "certificate_exception": _exceptions,
    },
    acted=(
        "attendance_mark.marked_by_id",
        "attendance_mark.confirmed_by_id",
        "attendance_change.marked_by_id",
        "attendance_change.confirmed_by_id",
        "paper_list.entered_by_id",
        "walk_in.added_by_id",
        "person_result.entered_by_id",
        "run_scale.stated_by_id",
        "follow_up.case_candidate_by_id",
        "completion_certificate.issued_by_id",
        "completion_certificate.state_changed_by_id",
        "earlier_batch.uploaded_by_id",
        "earlier_batch.confirmed_by_id",
        "earlier_batch.undone_by_id",
        "outside_step.by_id",
        "certificate_step.by_id",
        "certificate_batch.started_by_id",
        "certificate_design.kept_by_id",
        "certificate_exception.asked_by_id",
        "certificate_exception.decided_by_id",
    ),
    files={
        "completion_certificate.file_id": pdfs_of,
        "outside_training.evidence_id": evidence_of_training,
        "outside_step.evidence_id": earlier_evidence_of_training,
    },
    seen_as={
        "completion_certificate": _numbers,
        "outside_training": ids_of_training_elsewhere,
    },
    erase=erase,
    moves=merging.MOVES,
    stays=("earlier_person.person_id",),
    hold=merging.hold,
    conflicts=merging.conflicts,
    hinders_parting=merging.hinders_parting,
    figures=merging.figures,
    remarks=merging.remarks,
)
