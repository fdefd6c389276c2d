from flask_babel import lazy_gettext

from club.certification.helping.models import HelpState, HelpStepKind
from club.web.layout import Labels

STATE_LABELS: Labels = {
    HelpState.WITH_EXPERT: lazy_gettext("Waits for the expert"),
    HelpState.WITH_ASKER: lazy_gettext("The expert has a question"),
    HelpState.DECLINED: lazy_gettext("The expert cannot help"),
    HelpState.WITH_CLUB: lazy_gettext("The club looks for somebody"),
    HelpState.UNDER_WAY: lazy_gettext("Under way"),
    HelpState.HELPED: lazy_gettext("Helped"),
    HelpState.NOT_HELPED: lazy_gettext("Did not help"),
    HelpState.WITHDRAWN: lazy_gettext("Not needed any more"),
    HelpState.CLOSED: lazy_gettext("Closed by the club"),
}
STEP_LABELS: Labels = {
    HelpStepKind.ASKED: lazy_gettext("Expert asked"),
    HelpStepKind.ASKED_CLUB: lazy_gettext("Club asked to find somebody"),
    HelpStepKind.ASKED_BACK: lazy_gettext("Question of the expert"),
    HelpStepKind.ANSWERED: lazy_gettext("Question answered"),
    HelpStepKind.ACCEPTED: lazy_gettext("Accepted; addresses exchanged"),
    HelpStepKind.DECLINED: lazy_gettext("Declined"),
    HelpStepKind.HANDED_ON: lazy_gettext("Handed on to the club"),
    HelpStepKind.PASSED: lazy_gettext("Passed on by the club"),
    HelpStepKind.EXPERT_LEFT: lazy_gettext("Expert not in the register any more"),
    HelpStepKind.REMINDED: lazy_gettext("Reminded"),
    HelpStepKind.HELPED: lazy_gettext("It helped"),
    HelpStepKind.NOT_HELPED: lazy_gettext("It did not help"),
    HelpStepKind.WITHDRAWN: lazy_gettext("Request withdrawn"),
    HelpStepKind.CLOSED: lazy_gettext("Closed: nobody found"),
}
LABELS: list[Labels] = [STATE_LABELS, STEP_LABELS]
