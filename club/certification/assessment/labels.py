from flask_babel import lazy_gettext

from club.certification.assessment.models import Choice, TaskState
from club.web.layout import Labels

CHOICES: Labels = {
    Choice.YES: lazy_gettext("Yes, the level is reached"),
    Choice.NO: lazy_gettext("No, it is not reached"),
    Choice.ABSTAIN: lazy_gettext("Abstains"),
}
LABELS: list[Labels] = [
    {
        TaskState.ASKED: lazy_gettext("Is judging"),
        TaskState.DONE: lazy_gettext("Has judged everything"),
        TaskState.GIVEN_BACK: lazy_gettext("Gave it back"),
        TaskState.TAKEN_BACK: lazy_gettext("Taken back by the club"),
    },
    CHOICES,
]
