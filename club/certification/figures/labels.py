from flask_babel import lazy_gettext

from club.certification.figures.experts import By, CountedAs
from club.certification.figures.funnel import Body, FunnelStage
from club.certification.figures.rows import Recognised
from club.web.layout import Labels

LABELS: Labels = {
    FunnelStage.BEGUN: lazy_gettext("Applied or nominated"),
    FunnelStage.APPLIED: lazy_gettext("Applied, or agreed to be nominated"),
    FunnelStage.ADMITTED: lazy_gettext("Admitted as candidates"),
    FunnelStage.COLLECTING: lazy_gettext("Began to collect evidence"),
    FunnelStage.ASSESSED: lazy_gettext("Handed in to be assessed"),
    FunnelStage.CERTIFIED: lazy_gettext("Decided: level reached"),
    FunnelStage.RECOGNISED: lazy_gettext("Recognised by the club"),
    Body.OUTSIDE: lazy_gettext("Towards certificates of other bodies"),
    Body.OWN: lazy_gettext("Towards the club's own recognition"),
    By.SCHEME: lazy_gettext("By scheme"),
    By.ORGANISATION: lazy_gettext("By organisation"),
    By.WARD: lazy_gettext("By ward"),
    By.FUNDED: lazy_gettext("By who paid"),
    CountedAs.COUNTS: lazy_gettext("Valid, counts for the plan"),
    CountedAs.ENDED: lazy_gettext("Run out by then"),
    CountedAs.TAKEN_BACK: lazy_gettext("Taken back by its body"),
    CountedAs.SUSPENDED: lazy_gettext("Suspended by its body"),
    CountedAs.UNCHECKED: lazy_gettext("Not checked by then"),
    CountedAs.NO_STANDARD: lazy_gettext("Valid, of a scheme that the plan does not count"),
    Recognised.EVER: lazy_gettext("Recognised by the club"),
    Recognised.VALID: lazy_gettext("Recognition valid on the report date"),
}
