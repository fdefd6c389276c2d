from flask_babel import lazy_gettext

from club.indicators.models import ObservationStatus
from club.web.layout import Labels

LABELS: Labels = {
    ObservationStatus.PROVISIONAL: lazy_gettext("Provisional"),
    ObservationStatus.FINAL: lazy_gettext("Final"),
    ObservationStatus.REVISED: lazy_gettext("Revised"),
    ObservationStatus.NOT_STATED: lazy_gettext("The source does not say"),
}
