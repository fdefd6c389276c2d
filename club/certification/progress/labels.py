from flask_babel import lazy_gettext

from club.certification.progress.facts import NeedState, Reason, Source
from club.web.layout import Labels

NEED_STATE_LABELS: Labels = {
    NeedState.MET: lazy_gettext("Requirement met"),
    NeedState.PARTLY: lazy_gettext("Requirement partly met"),
    NeedState.MISSING: lazy_gettext("Still missing"),
    NeedState.WAITING: lazy_gettext("Waiting for review"),
    NeedState.TO_BE_SET: lazy_gettext("To be set"),
}
SOURCE_LABELS: Labels = {
    Source.TRAINING: lazy_gettext("Training with the club"),
    Source.OUTSIDE_TRAINING: lazy_gettext("Training elsewhere"),
    Source.TEACHING: lazy_gettext("Teaching for the club"),
    Source.PILOT: lazy_gettext("Pilot project"),
    Source.EXPERT_CERTIFICATE: lazy_gettext("Expert certificate of another body"),
    Source.EVIDENCE: lazy_gettext("Evidence that was handed in"),
    Source.FINDING: lazy_gettext("Found by the assessors"),
}
REASON_LABELS: Labels = {
    Reason.COUNTS: lazy_gettext("Counts in full."),
    Reason.UNMEASURED: lazy_gettext("Figures of before and after are missing."),
    Reason.SAME_THING: lazy_gettext("It is about the same project as another line."),
    Reason.WEIGHTED: lazy_gettext("Counts at the weight that the scheme gives to its category."),
    Reason.CAPPED: lazy_gettext("Counts up to the most that its category may bring."),
    Reason.SURPLUS: lazy_gettext("Its category has brought the most that it may bring."),
    Reason.OVERLAPS: lazy_gettext("Other evidence covers some of these days; each counts once."),
    Reason.PART_OF_TIME: lazy_gettext("Counts for the days within the time that the scheme takes."),
    Reason.ANOTHER_IS_BETTER: lazy_gettext("A better attempt counts."),
    Reason.TOO_MANY_ATTEMPTS: lazy_gettext("The scheme allows no further attempt."),
    Reason.TOO_SOON: lazy_gettext("The waiting time after the attempt before was not over."),
    Reason.TOO_EARLY: lazy_gettext("It lies before the day from which on the scheme counts."),
    Reason.NO_LONGER_VALID: lazy_gettext("It lies longer ago than the scheme takes."),
    Reason.NOT_YET: lazy_gettext("Its day has not come."),
    Reason.OTHER_SUBJECT: lazy_gettext("It is about something else than is asked for."),
    Reason.CATEGORY_NOT_TAKEN: lazy_gettext("The scheme takes nothing of this category here."),
    Reason.WAITING: lazy_gettext("It counts once it has been accepted."),
    Reason.REFUSED: lazy_gettext("It was not accepted."),
    Reason.WITHDRAWN: lazy_gettext("It was withdrawn."),
    Reason.UNFINISHED: lazy_gettext("It counts once it has been completed."),
}
LABELS: list[Labels] = [NEED_STATE_LABELS, SOURCE_LABELS, REASON_LABELS]
