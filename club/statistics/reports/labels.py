from flask_babel import lazy_gettext

from club.statistics.reports.models import ReportKind, StepKind, TextBlock, VersionState
from club.web.layout import Labels

_STATES: Labels = {
    ReportKind.MONTH: lazy_gettext("Month"),
    ReportKind.QUARTER: lazy_gettext("Quarter"),
    ReportKind.HALF_YEAR: lazy_gettext("Six months"),
    ReportKind.NINE_MONTHS: lazy_gettext("Nine months"),
    ReportKind.YEAR: lazy_gettext("Year"),
    ReportKind.DAYS: lazy_gettext("From day to day"),
    VersionState.DRAFT: lazy_gettext("Draft"),
    VersionState.CHECKED: lazy_gettext("Checked"),
    VersionState.FROZEN: lazy_gettext("Frozen"),
    VersionState.DISCARDED: lazy_gettext("Thrown away"),
}
#: Apart from the states, whose words they share.
_STEPS: Labels = {
    StepKind.DRAFTED: lazy_gettext("Drafted"),
    StepKind.EDITED: lazy_gettext("Words changed"),
    StepKind.CHECKED: lazy_gettext("Checked"),
    StepKind.RETURNED: lazy_gettext("Given back to be changed"),
    StepKind.FROZEN: lazy_gettext("Frozen"),
    StepKind.DISCARDED: lazy_gettext("Thrown away"),
}
BLOCKS: Labels = {
    TextBlock.SITUATION: lazy_gettext("General situation"),
    TextBlock.RESULTS: lazy_gettext("Results"),
    TextBlock.ASSESSMENT: lazy_gettext("Assessment of the period"),
    TextBlock.DIRECTIONS: lazy_gettext("Directions of the next period"),
    TextBlock.PROPOSALS: lazy_gettext("Proposals"),
}
LABELS = [_STATES, _STEPS, BLOCKS]
