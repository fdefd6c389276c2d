"""What a measure is about, in few words: only what is about the same can be put side by side."""

from enum import StrEnum


class MeasureKind(StrEnum):
    PRODUCTIVITY = "productivity"
    OUTPUT = "output"
    #: From the order to the delivery, from coming to being served; waiting.
    LEAD_TIME = "lead_time"
    #: Of one piece, or of one step of the work.
    CYCLE_TIME = "cycle_time"
    #: The share of the lead time in which something is done to the product.
    VALUE_TIME = "value_time"
    CHANGEOVER = "changeover"
    OEE = "oee"
    DOWNTIME = "downtime"
    DEFECTS = "defects"
    #: The share that is good at once, or survives.
    GOOD_SHARE = "good_share"
    STOCK = "stock"
    #: Ways, transport and floor.
    SPACE = "space"
    #: People or hours that the same work needs.
    LABOUR = "labour"
    #: Amounts of energy and what is paid for it.
    ENERGY = "energy"
    #: Raw materials, water and chemicals.
    MATERIALS = "materials"
    #: Waste, waste water and gases.
    EMISSIONS = "emissions"
    COST = "cost"
    #: Money that was saved or gained, as an amount.
    SAVINGS = "savings"
    SALES = "sales"
    #: Steps of a process or procedures to go through.
    STEPS = "steps"
    #: Served in time, and satisfied.
    SERVICE = "service"
    ACCIDENTS = "accidents"
    #: What fits none of these, and can be compared with nothing.
    OTHER = "other"
