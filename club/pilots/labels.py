from flask_babel import lazy_gettext

from club.pilots.models import PilotOutcome
from club.web.layout import Labels

LABELS: Labels = {
    PilotOutcome.COMPLETED: lazy_gettext("Completed as planned"),
    PilotOutcome.ABANDONED: lazy_gettext("Given up before the end"),
}
