from flask_babel import lazy_gettext

from club.reporting.models import ReportState, RequestKind, StepKind
from club.reporting.summaries.models import SummaryKind, SummaryStepKind
from club.reporting.written import FigureKey
from club.web.layout import Labels

KINDS: Labels = {
    RequestKind.PERIODIC: lazy_gettext("Report on a period"),
    RequestKind.AD_HOC: lazy_gettext("Questions for once"),
}
_STATES: Labels = {
    ReportState.ASKED: lazy_gettext("Report asked for"),
    ReportState.IN_WORK: lazy_gettext("Being written"),
    ReportState.SUBMITTED: lazy_gettext("Report handed in"),
    ReportState.RETURNED: lazy_gettext("Returned with remarks"),
    ReportState.ACCEPTED: lazy_gettext("Accepted"),
    ReportState.CLOSED: lazy_gettext("Closed without a report"),
}
#: Apart from the states, whose words they share.
_STEPS: Labels = {
    StepKind.ASKED: lazy_gettext("Report asked for"),
    StepKind.SAVED: lazy_gettext("Saved"),
    StepKind.SUBMITTED: lazy_gettext("Report handed in"),
    StepKind.RETURNED: lazy_gettext("Returned with remarks"),
    StepKind.ACCEPTED: lazy_gettext("Accepted"),
    StepKind.PASSED_ON: lazy_gettext("Passed on"),
    StepKind.CLOSED: lazy_gettext("Closed without a report"),
}
FIGURES: Labels = {
    FigureKey.TRAININGS: lazy_gettext("Courses held elsewhere"),
    FigureKey.TURNS: lazy_gettext("Turns in them"),
    FigureKey.HOURS: lazy_gettext("Hours of them"),
}
SUMMARIES: Labels = {
    SummaryKind.SUMMARY: lazy_gettext("Summary of departments' reports"),
    SummaryKind.INTERIM: lazy_gettext("Interim review"),
    SummaryKind.FINAL: lazy_gettext("Final review"),
}
_SUMMARY_STEPS: Labels = {
    SummaryStepKind.COMPOSED: lazy_gettext("Composed"),
    SummaryStepKind.EDITED: lazy_gettext("Words changed"),
}
LABELS = [KINDS, _STATES, _STEPS, FIGURES, SUMMARIES, _SUMMARY_STEPS]
