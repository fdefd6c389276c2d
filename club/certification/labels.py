from flask_babel import lazy_gettext

from club.certification.assessment.labels import LABELS as ASSESSMENT_LABELS
from club.certification.awards.labels import LABELS as AWARDS_LABELS
from club.certification.candidacy.labels import LABELS as CANDIDACY_LABELS
from club.certification.helping.labels import LABELS as HELPING_LABELS
from club.certification.models import WithdrawalKind
from club.certification.objections.labels import LABELS as OBJECTIONS_LABELS
from club.certification.queries import StepKind
from club.certification.register.labels import LABELS as REGISTER_LABELS
from club.certification.rules import CertificateStanding
from club.web.layout import Labels

STANDING_LABELS: Labels = {
    CertificateStanding.UNCHECKED: lazy_gettext("Not checked yet"),
    CertificateStanding.VALID: lazy_gettext("Checked, valid"),
    CertificateStanding.SUSPENDED: lazy_gettext("Suspended by its body"),
    CertificateStanding.EXPIRED: lazy_gettext("Expired"),
    CertificateStanding.TAKEN_BACK: lazy_gettext("Taken back by its body"),
    CertificateStanding.WITHDRAWN: lazy_gettext("Entered by mistake"),
}
WITHDRAWAL_LABELS: Labels = {
    WithdrawalKind.MISTAKE: lazy_gettext("It was entered by mistake or is not genuine"),
    WithdrawalKind.TAKEN_BACK: lazy_gettext("The certifying body has taken it back"),
}
STEP_LABELS: Labels = {
    StepKind.RECORDED: lazy_gettext("Entered"),
    StepKind.CHECKED: lazy_gettext("Checked"),
    StepKind.WITHDRAWN: lazy_gettext("Withdrawn from the list"),
}
LABELS: list[Labels] = [
    *CANDIDACY_LABELS,
    *ASSESSMENT_LABELS,
    *AWARDS_LABELS,
    *REGISTER_LABELS,
    *OBJECTIONS_LABELS,
    *HELPING_LABELS,
    STEP_LABELS,
    STANDING_LABELS,
    WITHDRAWAL_LABELS,
]
