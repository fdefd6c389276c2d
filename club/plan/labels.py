from flask_babel import lazy_gettext

from club.plan.models import TargetKind
from club.plan.progress.rules import ProgressState
from club.plan.rules import TargetState
from club.web.layout import Labels

KIND_LABELS: Labels = {
    TargetKind.COUNTED: lazy_gettext("Counted here"),
    TargetKind.ENTERED: lazy_gettext("Entered with its source"),
    TargetKind.CONTRIBUTORY: lazy_gettext("Contributes, measured above the city"),
}
#: Without the year; ``plan/_standing.html`` has the chip's words with it.
STATE_LABELS: Labels = {
    TargetState.MET: lazy_gettext("Target reached"),
    TargetState.MET_LATE: lazy_gettext("Target reached late"),
    TargetState.LOST: lazy_gettext("Was reached, is not any more"),
    TargetState.IN_PROGRESS: lazy_gettext("Under way"),
    TargetState.BEHIND: lazy_gettext("Behind the target"),
    TargetState.CONTRIBUTORY: lazy_gettext("Contribution"),
    TargetState.NO_FIGURE: lazy_gettext("No sourced figure"),
}
PROGRESS_LABELS: Labels = {
    ProgressState.BEFORE: lazy_gettext("Before the plan begins"),
    ProgressState.REACHED: lazy_gettext("Reached"),
    ProgressState.ON_LINE: lazy_gettext("On the straight line or above it"),
    ProgressState.BELOW_LINE: lazy_gettext("Below the straight line"),
    ProgressState.OVER: lazy_gettext("The plan's year is over, not reached"),
    ProgressState.NOT_OURS: lazy_gettext("Measured above the city, which only contributes"),
    ProgressState.NO_NUMBER: lazy_gettext("The plan names no number"),
    ProgressState.NO_FIGURE: lazy_gettext("No figure with a source"),
}
LABELS: list[Labels] = [KIND_LABELS, STATE_LABELS, PROGRESS_LABELS]
