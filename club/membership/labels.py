from flask_babel import lazy_gettext

from club.membership.models import ApplicationState, MembershipEventKind
from club.web.layout import Labels

STATE_LABELS: Labels = {
    ApplicationState.PENDING: lazy_gettext("Waiting for a decision"),
    ApplicationState.ACCEPTED: lazy_gettext("Accepted"),
    ApplicationState.DECLINED: lazy_gettext("Declined"),
    ApplicationState.WITHDRAWN: lazy_gettext("Taken back"),
}
EVENT_LABELS: Labels = {
    MembershipEventKind.BEGAN: lazy_gettext("Began"),
    MembershipEventKind.ENDED: lazy_gettext("End noted"),
}
LABELS: list[Labels] = [STATE_LABELS, EVENT_LABELS]
