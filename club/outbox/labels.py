from flask_babel import lazy_gettext

from club.outbox.models import LetterState
from club.web.layout import Labels

LABELS: Labels = {
    LetterState.WAITING: lazy_gettext("Waits to be sent"),
    LetterState.SENT: lazy_gettext("Sent"),
    LetterState.FAILED: lazy_gettext("Not delivered"),
}
