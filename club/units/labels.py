from flask_babel import lazy_gettext

from club.units.models import Unit, UnitKind
from club.web.language import said
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


def unit_name(unit: Unit) -> str:
    """In the reader's language; Vietnamese where no source gives an English name."""
    return said(unit.name, unit.name_en)
