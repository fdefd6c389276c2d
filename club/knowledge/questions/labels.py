from flask_babel import lazy_gettext

from club.knowledge.questions.models import QuestionState, QuestionStepKind
from club.web.layout import Labels

STATE_LABELS: Labels = {
    QuestionState.ASKED: lazy_gettext("Waits for an answer"),
    QuestionState.ANSWERED: lazy_gettext("Answer being checked"),
    QuestionState.PUBLISHED: lazy_gettext("Answered and published"),
    QuestionState.CLOSED: lazy_gettext("Closed, not public"),
}
STEP_LABELS: Labels = {
    QuestionStepKind.ASKED: lazy_gettext("Question asked"),
    QuestionStepKind.HANDED: lazy_gettext("Somebody asked to draft the answer"),
    QuestionStepKind.ANSWERED: lazy_gettext("Answer written"),
    QuestionStepKind.SENT_BACK: lazy_gettext("Answer sent back"),
    QuestionStepKind.REVISED: lazy_gettext("Words changed"),
    QuestionStepKind.PUBLISHED: lazy_gettext("Question published"),
    QuestionStepKind.CLOSED: lazy_gettext("Closed without publication"),
    QuestionStepKind.TAKEN_DOWN: lazy_gettext("Taken down"),
    QuestionStepKind.WITHDRAWN: lazy_gettext("Withdrawn by who asked"),
}
LABELS: list[Labels] = [STATE_LABELS, STEP_LABELS]
