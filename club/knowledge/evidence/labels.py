"""The words for kinds of measures."""

from flask_babel import lazy_gettext

from club.knowledge.evidence.kinds import MeasureKind
from club.web.layout import Labels

LABELS: Labels = {
    MeasureKind.PRODUCTIVITY: lazy_gettext("Productivity, efficiency"),
    MeasureKind.OUTPUT: lazy_gettext("Output, capacity"),
    MeasureKind.LEAD_TIME: lazy_gettext("Lead time, waiting"),
    MeasureKind.CYCLE_TIME: lazy_gettext("Time for one piece or step"),
    MeasureKind.VALUE_TIME: lazy_gettext("Share of time that adds value"),
    MeasureKind.CHANGEOVER: lazy_gettext("Changeover time"),
    MeasureKind.OEE: lazy_gettext("Equipment effectiveness (OEE)"),
    MeasureKind.DOWNTIME: lazy_gettext("Stops of machines"),
    MeasureKind.DEFECTS: lazy_gettext("Defects, scrap"),
    MeasureKind.GOOD_SHARE: lazy_gettext("Share that is good"),
    MeasureKind.STOCK: lazy_gettext("Stock"),
    MeasureKind.SPACE: lazy_gettext("Ways, transport, floor space"),
    MeasureKind.LABOUR: lazy_gettext("People and hours needed"),
    MeasureKind.ENERGY: lazy_gettext("Energy"),
    MeasureKind.MATERIALS: lazy_gettext("Materials, water, chemicals"),
    MeasureKind.EMISSIONS: lazy_gettext("Waste, waste water, emissions"),
    MeasureKind.COST: lazy_gettext("Cost"),
    MeasureKind.SAVINGS: lazy_gettext("Money saved"),
    MeasureKind.SALES: lazy_gettext("Sales, orders"),
    MeasureKind.STEPS: lazy_gettext("Steps, procedures"),
    MeasureKind.SERVICE: lazy_gettext("Served in time, satisfied"),
    MeasureKind.ACCIDENTS: lazy_gettext("Accidents, safety"),
    MeasureKind.OTHER: lazy_gettext("Another measure"),
}
