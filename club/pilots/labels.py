from flask_babel import lazy_gettext

from club.pilots.models import PartRole, PilotOutcome
from club.web.layout import Labels

LABELS: Labels = {
    PilotOutcome.COMPLETED: lazy_gettext("Completed as planned"),
    PilotOutcome.ABANDONED: lazy_gettext("Given up before the end"),
    PartRole.LEADS: lazy_gettext("Leads the project"),
    PartRole.MEMBER: lazy_gettext("Works in the project"),
    PartRole.ADVISES: lazy_gettext("Advises the project"),
}
