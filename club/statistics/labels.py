from flask_babel import lazy_gettext

from club.periods import Cut
from club.statistics.dimensions import Dimension
from club.web.layout import Labels

LABELS: Labels = {
    Dimension.YEAR: lazy_gettext("Year"),
    Dimension.QUARTER: lazy_gettext("Quarter"),
    Dimension.MONTH: lazy_gettext("Month"),
    Dimension.AUDIENCE: lazy_gettext("Group of trainees"),
    Dimension.TOPIC: lazy_gettext("Topic"),
    Dimension.COURSE: lazy_gettext("Course"),
    Dimension.UNIT: lazy_gettext("Ward"),
    Dimension.SECTOR: lazy_gettext("Sector"),
    Dimension.SEX: lazy_gettext("Sex"),
    Dimension.FUNDING: lazy_gettext("Source of funds"),
    Dimension.RESULT: lazy_gettext("Completion"),
    Cut.CALENDAR: lazy_gettext("Calendar periods"),
    Cut.REPORT: lazy_gettext("Report periods"),
}
