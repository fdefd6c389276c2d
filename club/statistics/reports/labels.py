from flask_babel import lazy_gettext

from club.statistics.reports.comparing import How, Why
from club.statistics.reports.models import ReportKind, StepKind, TextBlock, VersionState
from club.web.layout import Labels

#: Columns of the rows behind the figures.
FIELDS = {
    "person": lazy_gettext("person"),
    "run": lazy_gettext("class"),
    "day": lazy_gettext("day"),
    "course": lazy_gettext("course"),
    "topic": lazy_gettext("topic"),
    "audience": lazy_gettext("group of trainees"),
    "organisation": lazy_gettext("organisation"),
    "unit": lazy_gettext("ward"),
    "sector": lazy_gettext("sector"),
    "sex": lazy_gettext("sex"),
    "funding": lazy_gettext("source of funds"),
    "minutes": lazy_gettext("minutes attended"),
    "completed": lazy_gettext("completion"),
}

#: Figures of what stands beside them.
BESIDE = {
    "targets": lazy_gettext("targets"),
    "value": lazy_gettext("reached"),
    "wanted": lazy_gettext("wanted"),
    "state": lazy_gettext("state"),
    "source": lazy_gettext("source"),
    "people": lazy_gettext("people"),
    "certificates": lazy_gettext("certificates"),
    "supported": lazy_gettext("paid for by the plan"),
    "standing": lazy_gettext("certificate"),
    "issued_on": lazy_gettext("issued on"),
    "expires_on": lazy_gettext("valid until"),
    "holder": lazy_gettext("same person as certificate"),
    "firms": lazy_gettext("firms"),
    "projects": lazy_gettext("projects"),
    "outcome": lazy_gettext("pilot project"),
    "size": lazy_gettext("size of the firm"),
    "started_on": lazy_gettext("begun on"),
    "ended_on": lazy_gettext("ended on"),
    "counts": lazy_gettext("counts"),
    "turns": lazy_gettext("turns"),
    "hours": lazy_gettext("hours"),
    "unit": lazy_gettext("unit"),
    "topic": lazy_gettext("topic"),
    "audience": lazy_gettext("group of trainees"),
    "from": lazy_gettext("first day"),
    "to": lazy_gettext("last day"),
}

#: Lines of the letterhead.
HEAD = {
    "superior": lazy_gettext("Body above"),
    "issuer": lazy_gettext("Body that reports"),
    "symbol": lazy_gettext("Symbol after the number"),
    "place": lazy_gettext("Place of issue"),
    "signs_for": lazy_gettext("In whose stead is signed"),
    "signer_title": lazy_gettext("Office of the signer"),
    "signer_name": lazy_gettext("Name of the signer"),
    "recipients": lazy_gettext("Recipients"),
}

PERIODS: Labels = {
    ReportKind.MONTH: lazy_gettext("Month"),
    ReportKind.QUARTER: lazy_gettext("Quarter"),
    ReportKind.HALF_YEAR: lazy_gettext("Six months"),
    ReportKind.NINE_MONTHS: lazy_gettext("Nine months"),
    ReportKind.YEAR: lazy_gettext("Year"),
    ReportKind.DAYS: lazy_gettext("From day to day"),
}
_STATES: Labels = {
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
_DIFFERENCES: Labels = {
    How.ADDED: lazy_gettext("New since then"),
    How.GONE: lazy_gettext("Counts no more"),
    How.CHANGED: lazy_gettext("Changed"),
    Why.MERGED: lazy_gettext("Two entries of one person became one"),
    Why.PARTED: lazy_gettext("What had become one is two people again"),
    Why.REOPENED: lazy_gettext("The class was reopened"),
    Why.IMPORT_UNDONE: lazy_gettext("A list of earlier years was taken back"),
    Why.IMPORTED: lazy_gettext("A list of earlier years was brought in"),
    Why.CLOSED_SINCE: lazy_gettext("The class was closed after the report"),
    Why.NOT_KNOWN: lazy_gettext("Nothing tells why"),
}
BLOCKS: Labels = {
    TextBlock.SITUATION: lazy_gettext("General situation"),
    TextBlock.RESULTS: lazy_gettext("Results"),
    TextBlock.ASSESSMENT: lazy_gettext("Assessment of the period"),
    TextBlock.DIRECTIONS: lazy_gettext("Directions of the next period"),
    TextBlock.PROPOSALS: lazy_gettext("Proposals"),
}
LABELS = [PERIODS, _STATES, _STEPS, _DIFFERENCES, BLOCKS]
