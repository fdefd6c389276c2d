from flask_babel import lazy_gettext

from club.certification.objections.models import AppealState, AppealStepKind, Remedy
from club.certification.objections.rules import Urgency
from club.web.layout import Labels

REMEDIES: Labels = {
    Remedy.ADMITTED: lazy_gettext("Grant it: the candidate is admitted"),
    Remedy.NEW_ROUND: lazy_gettext("Grant it: other assessors assess it anew"),
    Remedy.SET_ASIDE: lazy_gettext("Grant it: the decision is set aside, the candidate goes on"),
    Remedy.RESTORED: lazy_gettext("Grant it: the recognition stands as before"),
}
LABELS: list[Labels] = [
    REMEDIES,
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
