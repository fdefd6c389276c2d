from flask_babel import lazy_gettext, lazy_pgettext

from club.records.attendance.models import Mark, MarkSource
from club.records.certificates.models import CertificateState, CertificateStepKind
from club.records.earlier.models import BatchState
from club.records.inquiries.models import InquiryKind
from club.records.outside.models import OutsideState
from club.web.layout import Labels

LABELS: Labels = {
    Mark.PRESENT: lazy_gettext("Present"),
    Mark.LATE: lazy_gettext("Late"),
    Mark.ABSENT: lazy_gettext("Absent"),
    Mark.EXCUSED: lazy_gettext("Excused"),
    MarkSource.TRAINER_TAP: lazy_gettext("Marked by the trainer"),
    MarkSource.SELF_CHECK_IN: lazy_gettext("Checked in by themselves"),
    MarkSource.PAPER_LIST: lazy_gettext("Entered from the paper list"),
    MarkSource.ONLINE_IMPORT: lazy_gettext("Taken from the online meeting"),
    BatchState.CHECKING: lazy_gettext("Being looked over"),
    BatchState.FAULTY: lazy_gettext("To be mended"),
    BatchState.READY: lazy_gettext("Looked over, not brought in yet"),
    BatchState.CONFIRMED: lazy_gettext("Being brought in"),
    BatchState.IMPORTED: lazy_gettext("Brought in"),
    BatchState.DISCARDED: lazy_gettext("Put aside"),
    BatchState.UNDONE: lazy_gettext("Undone"),
    OutsideState.WAITING: lazy_gettext("Handed in, to be checked"),
    OutsideState.RETURNED: lazy_gettext("Given back to be mended"),
    OutsideState.ACCEPTED: lazy_pgettext("evidence", "Accepted"),
    OutsideState.REFUSED: lazy_gettext("Refused"),
    OutsideState.WITHDRAWN: lazy_gettext("Taken back"),
    InquiryKind.AFTER_30_DAYS: lazy_gettext("after 30 days"),
    InquiryKind.AFTER_90_DAYS: lazy_gettext("after 90 days"),
    CertificateState.VALID: lazy_gettext("Valid"),
    CertificateState.EXPIRED: lazy_gettext("Expired"),
    CertificateState.SUSPENDED: lazy_gettext("Suspended"),
    CertificateState.REVOKED: lazy_gettext("Revoked"),
    CertificateState.REPLACED: lazy_gettext("Replaced by another one"),
}
STEP_LABELS: Labels = {
    CertificateStepKind.SUSPENDED: lazy_gettext("Suspended"),
    CertificateStepKind.RESUMED: lazy_gettext("Holds again"),
    CertificateStepKind.REVOKED: lazy_gettext("Revoked"),
    CertificateStepKind.REPLACED: lazy_gettext("Replaced by another one"),
}
