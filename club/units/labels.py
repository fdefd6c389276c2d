from flask_babel import lazy_gettext

from club.units.models import UnitKind
from club.web.layout import Labels

LABELS: Labels = {
    UnitKind.WARD: lazy_gettext("Ward"),
    UnitKind.COMMUNE: lazy_gettext("Commune"),
    UnitKind.CITY_COMMITTEE: lazy_gettext("City People's Committee"),
    UnitKind.DEPARTMENT: lazy_gettext("Department of the city"),
    UnitKind.STATION: lazy_gettext("Radio station"),
    UnitKind.ASSOCIATION: lazy_gettext("Association"),
    UnitKind.OTHER: lazy_gettext("Other body"),
}
