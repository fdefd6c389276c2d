from flask_babel import lazy_gettext, lazy_pgettext

from club.certification.register.facts import HoldingKind, Shown
from club.certification.register.models import FieldKind
from club.web.layout import Labels

FIELD_LABELS: Labels = {
    FieldKind.TOOL: lazy_gettext("Tool"),
    FieldKind.TOPIC: lazy_gettext("Topic"),
    FieldKind.SECTOR: lazy_gettext("Sector"),
    FieldKind.LANGUAGE: lazy_gettext("Language"),
    FieldKind.WARD: lazy_gettext("Comes to"),
}
SHOWN_LABELS: Labels = {
    Shown.VALID: lazy_gettext("Valid"),
    Shown.SUSPENDED: lazy_pgettext("certification", "Suspended"),
    Shown.WITHDRAWN: lazy_pgettext("certification", "Withdrawn"),
}
KIND_LABELS: Labels = {
    HoldingKind.OUTSIDE: lazy_gettext("Certificate of a certifying body"),
    HoldingKind.OWN: lazy_gettext("Recognition of the club"),
}
LABELS: list[Labels] = [FIELD_LABELS, SHOWN_LABELS, KIND_LABELS]
