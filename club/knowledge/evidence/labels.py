"""The words for what cases are filtered and compared by."""

from flask_babel import lazy_gettext

from club.knowledge.evidence.bands import SizeBand
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.models import Strength
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
    SizeBand.TO_100: lazy_gettext("Up to 100 people"),
    SizeBand.TO_200: lazy_gettext("101 to 200 people"),
    SizeBand.TO_1000: lazy_gettext("201 to 1,000 people"),
    SizeBand.OVER_1000: lazy_gettext("More than 1,000 people"),
    SizeBand.SMALL_OR_MEDIUM: lazy_gettext("Small or medium, without a number"),
    SizeBand.UNKNOWN: lazy_gettext("Size not known"),
}
#: Short, for lists of choices.
STRENGTHS: Labels = {
    Strength.A: lazy_gettext("A: figures before and after, or how measured"),
    Strength.B: lazy_gettext("B: only the change or the figure afterwards"),
    Strength.C: lazy_gettext("C: study, proposal or account, not measured"),
}
