from flask_babel import lazy_gettext

from club.certification.objections.models import (
    AppealState,
    AppealStepKind,
    ComplaintAbout,
    ComplaintState,
    ComplaintStepKind,
    Remedy,
)
from club.certification.objections.rules import Urgency
from club.web.layout import Labels

REMEDIES: Labels = {
    Remedy.ADMITTED: lazy_gettext("Grant it: the candidate is admitted"),
    Remedy.NEW_ROUND: lazy_gettext("Grant it: other assessors assess it anew"),
    Remedy.SET_ASIDE: lazy_gettext("Grant it: the decision is set aside, the candidate goes on"),
    Remedy.RESTORED: lazy_gettext("Grant it: the recognition stands as before"),
}
ABOUT: Labels = {
    ComplaintAbout.PROCESS: lazy_gettext("How the club certifies"),
    ComplaintAbout.ASSESSOR: lazy_gettext("Somebody who assesses"),
    ComplaintAbout.SCHEME: lazy_gettext("A scheme of certification"),
    ComplaintAbout.CERTIFIED_PERSON: lazy_gettext("A certified person"),
    ComplaintAbout.CERTIFICATE_USE: lazy_gettext("How a certificate is used"),
}
OUTCOMES: Labels = {
    ComplaintState.UPHELD: lazy_gettext("The complaint is justified"),
    ComplaintState.PARTLY: lazy_gettext("The complaint is justified in part"),
    ComplaintState.NOT_UPHELD: lazy_gettext("The complaint is not justified"),
}
LABELS: list[Labels] = [
    REMEDIES,
    ABOUT,
    {
        ComplaintState.UNCONFIRMED: lazy_gettext("Address not confirmed"),
        ComplaintState.RECEIVED: lazy_gettext("Complaint received"),
        ComplaintState.ACKNOWLEDGED: lazy_gettext("Somebody looks after it"),
        **OUTCOMES,
        ComplaintState.WITHDRAWN: lazy_gettext("Complaint taken back"),
    },
    {
        ComplaintStepKind.SENT: lazy_gettext("Complaint sent"),
        ComplaintStepKind.CONFIRMED: lazy_gettext("Address confirmed"),
        ComplaintStepKind.ACKNOWLEDGED: lazy_gettext("Confirmed that somebody looks after it"),
        ComplaintStepKind.HEARD: lazy_gettext("Whom it is about was asked to answer"),
        ComplaintStepKind.ANSWERED: lazy_gettext("Whom it is about answered"),
        ComplaintStepKind.EXTENDED: lazy_gettext("Time extended"),
        ComplaintStepKind.UPHELD: lazy_gettext("Answered: justified"),
        ComplaintStepKind.PARTLY: lazy_gettext("Answered: justified in part"),
        ComplaintStepKind.NOT_UPHELD: lazy_gettext("Answered: not justified"),
        ComplaintStepKind.WITHDRAWN: lazy_gettext("Complaint taken back"),
    },
    {
        AppealState.OPEN: lazy_gettext("To be decided"),
        AppealState.GRANTED: lazy_gettext("Appeal granted"),
        AppealState.REFUSED: lazy_gettext("Appeal turned down"),
        AppealState.WITHDRAWN: lazy_gettext("Appeal taken back"),
    },
    {
        AppealStepKind.MADE: lazy_gettext("Appeal made"),
        AppealStepKind.EXTENDED: lazy_gettext("Time extended"),
        AppealStepKind.GRANTED: lazy_gettext("Appeal granted"),
        AppealStepKind.REFUSED: lazy_gettext("Appeal turned down"),
        AppealStepKind.WITHDRAWN: lazy_gettext("Appeal taken back"),
    },
    {
        Urgency.OVERDUE: lazy_gettext("Overdue"),
        Urgency.SOON: lazy_gettext("Due soon"),
        Urgency.IN_TIME: lazy_gettext("In time"),
    },
]
