"""The words for requests about personal data."""

from flask_babel import lazy_gettext, lazy_pgettext

from club.privacy.requests.models import (
    IdentityCheck,
    RequestChannel,
    RequestKind,
    RequestState,
    RequestStep,
)
from club.privacy.requests.rules import Urgency
from club.web.layout import Labels

#: The terms of the law: chỉnh sửa, xóa, hạn chế xử lý, phản đối xử lý.
KINDS: Labels = {
    RequestKind.CORRECTION: lazy_gettext("Correct my data"),
    RequestKind.ERASURE: lazy_gettext("Erase my data"),
    RequestKind.RESTRICTION: lazy_gettext("Restrict the processing of my data"),
    RequestKind.OBJECTION: lazy_gettext("Object to the processing of my data"),
}
STATES: Labels = {
    RequestState.OPEN: lazy_gettext("Being decided"),
    RequestState.GRANTED: lazy_gettext("Granted"),
    RequestState.REFUSED: lazy_gettext("Refused"),
    RequestState.WITHDRAWN: lazy_gettext("Taken back"),
}
STEPS: Labels = {
    RequestStep.ASKED: lazy_pgettext("request", "Asked"),
    RequestStep.EXTENDED: lazy_gettext("Time extended"),
    RequestStep.GRANTED: lazy_gettext("Granted"),
    RequestStep.REFUSED: lazy_gettext("Refused"),
    RequestStep.WITHDRAWN: lazy_gettext("Taken back"),
}
CHANNELS: Labels = {
    RequestChannel.SITE: lazy_gettext("On the site"),
    RequestChannel.PAPER: lazy_gettext("On paper"),
    RequestChannel.EMAIL: lazy_gettext("By e-mail"),
    RequestChannel.SPOKEN: lazy_gettext("Spoken, at the office or by telephone"),
}
IDENTITY_CHECKS: Labels = {
    IdentityCheck.PAPER_SHOWN: lazy_gettext(
        "The person showed an identity paper (nothing of it is written down)"
    ),
    IdentityCheck.ASKED_BACK: lazy_gettext(
        "Asked back at a telephone number or address that the club had before"
    ),
    IdentityCheck.KNOWN_TO_STAFF: lazy_gettext("Somebody of the club knows the person"),
}
URGENCIES: Labels = {
    Urgency.OVERDUE: lazy_gettext("Overdue"),
    Urgency.SOON: lazy_gettext("Due soon"),
    Urgency.IN_TIME: lazy_gettext("In time"),
}
LABELS: list[Labels] = [KINDS, STATES, STEPS, CHANNELS, IDENTITY_CHECKS, URGENCIES]
