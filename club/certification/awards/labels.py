from flask_babel import lazy_gettext, lazy_pgettext

from club.certification.progress.validity import AwardStanding
from club.web.layout import Labels

LABELS: list[Labels] = [
    {
        AwardStanding.NOT_YET: lazy_gettext("Not valid yet"),
        AwardStanding.VALID: lazy_gettext("Valid today"),
        AwardStanding.RENEWAL_DUE: lazy_gettext("Valid, renewal due"),
        AwardStanding.IN_GRACE: lazy_gettext("No longer valid, can still be renewed"),
        AwardStanding.LAPSED: lazy_gettext("Run out"),
        AwardStanding.SUSPENDED: lazy_pgettext("certification", "Suspended"),
        AwardStanding.WITHDRAWN: lazy_gettext("Withdrawn"),
        AwardStanding.GIVEN_BACK: lazy_gettext("Given back"),
    },
]
