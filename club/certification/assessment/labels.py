from flask_babel import lazy_gettext

from club.certification.assessment.models import Choice, TaskState
from club.certification.candidacy.models import CandidateState
from club.web.layout import Labels

CHOICES: Labels = {
    Choice.YES: lazy_gettext("Yes, the level is reached"),
    Choice.NO: lazy_gettext("No, it is not reached"),
    Choice.ABSTAIN: lazy_gettext("Abstains"),
}
#: What a decision can lead to, as whoever decides reads it.
OUTCOME_WORDS: Labels = {
    CandidateState.CERTIFIED: lazy_gettext("The level is reached"),
    CandidateState.NOT_YET: lazy_gettext("Not yet: something is missing"),
    CandidateState.REFUSED: lazy_gettext("Not granted"),
    CandidateState.RENEWED: lazy_gettext("The recognition is renewed"),
    CandidateState.RENEWAL_DUE: lazy_gettext("Not renewed yet: something is missing"),
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
