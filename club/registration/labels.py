"""The words for registrations and what happens to them."""

from flask_babel import lazy_gettext, lazy_pgettext

from club.registration.messages.models import Group
from club.registration.models import NoRoom, RegistrationState, StepReason, WayIn
from club.registration.questions.models import QuestionKind
from club.registration.requirements.models import RequirementKind
from club.web.layout import Labels

STATES: Labels = {
    RegistrationState.REQUESTED: lazy_gettext("Asks for a place"),
    RegistrationState.ENDORSED: lazy_gettext("Asks for a place; the organisation agreed"),
    RegistrationState.CONFIRMED: lazy_gettext("Has a place"),
    RegistrationState.OFFERED: lazy_gettext("A place is offered"),
    RegistrationState.WAITING: lazy_gettext("Waits for a place"),
    RegistrationState.WITHDRAWN: lazy_gettext("Name taken off"),
    RegistrationState.REFUSED: lazy_gettext("Request turned down"),
    RegistrationState.LAPSED: lazy_gettext("The offer ran out"),
    RegistrationState.REPLACED: lazy_gettext("Somebody else comes instead"),
    RegistrationState.CANCELLED: lazy_gettext("Class cancelled"),
}
#: Whole sentences: the story of a registration, line by line.
STORY: Labels = {
    StepReason.REGISTERED: lazy_gettext("Registered; there was a free place."),
    StepReason.LIST_FULL: lazy_gettext("Registered; no place was free, so on the waiting list."),
    StepReason.NOMINATED: lazy_gettext("Nominated by the organisation; there was a free place."),
    StepReason.NOMINATED_TO_WAIT: lazy_gettext(
        "Nominated by the organisation; no place was free, so on the waiting list."
    ),
    StepReason.SUBSTITUTED: lazy_gettext(
        "Sent by the organisation in the place of a colleague, whose place or number this is now."
    ),
    StepReason.REPLACED: lazy_gettext("The organisation sends somebody else in this place."),
    StepReason.SEAT_FELL_FREE: lazy_gettext(
        "A place fell free and was offered to the first in line."
    ),
    StepReason.SEATS_ADDED: lazy_gettext(
        "The class got more places; one was offered to the first in line."
    ),
    StepReason.LATE_PLACE: lazy_gettext(
        "A place fell free in the last hours and was given at once, as asked."
    ),
    StepReason.LATE_PLACE_TAKEN: lazy_gettext("Took a place that was free in the last hours."),
    StepReason.OFFER_ACCEPTED: lazy_gettext("Accepted the offered place."),
    StepReason.OFFER_DECLINED: lazy_gettext("Declined the offered place."),
    StepReason.OFFER_LAPSED: lazy_gettext("The offer ran out without an answer."),
    StepReason.MOVED_AWAY: lazy_gettext("Moved to another class of the course."),
    StepReason.POOLED: lazy_gettext(
        "A new class of the course; on its list in the order of waiting, as wished."
    ),
    StepReason.POOL_OFFER: lazy_gettext(
        "The new class offers its places first to those who wait for the course."
    ),
    StepReason.PLACE_ELSEWHERE: lazy_gettext(
        "Has a place in another class of the course, so no longer waits here."
    ),
    StepReason.MOVED_BY_STAFF: lazy_gettext("The club gave another place in the line."),
    StepReason.OVERTAKEN: lazy_gettext("The club put somebody else ahead in the line."),
    StepReason.WITHDRAWN_BY_PERSON: lazy_gettext("Took the name off the list."),
    StepReason.WITHDRAWN_BY_STAFF: lazy_gettext("The club took the name off the list."),
    StepReason.WITHDRAWN_BY_ORGANISATION: lazy_gettext(
        "The organisation took the nomination back."
    ),
    StepReason.RUN_CANCELLED: lazy_gettext("The class was cancelled."),
    StepReason.ASKED: lazy_gettext("Asked for a place."),
    StepReason.ENDORSED_BY_ORGANISATION: lazy_gettext(
        "The organisation agreed; the coordinator decides."
    ),
    StepReason.APPROVED: lazy_gettext("The request was granted; there was a free place."),
    StepReason.APPROVED_TO_WAIT: lazy_gettext(
        "The request was granted; no place was free, so on the waiting list since the moment "
        "of the request."
    ),
    StepReason.REFUSED_BY_ORGANISATION: lazy_gettext("The organisation turned the request down."),
    StepReason.REFUSED_BY_STAFF: lazy_gettext("The coordinator turned the request down."),
    StepReason.UNDECIDED: lazy_gettext("The class began before the request was decided."),
}
#: Beside the step that led onto the waiting list.
NO_ROOM: Labels = {
    NoRoom.ALL_TAKEN: lazy_gettext("All places were taken."),
    NoRoom.KEPT_FOR_GROUPS: lazy_gettext("The places still free were kept for other groups."),
    NoRoom.ORGANISATION_AT_ITS_MOST: lazy_gettext(
        "The organisation had as many places as one organisation may have in this class."
    ),
}
WAYS_IN: Labels = {
    WayIn.OPEN: lazy_gettext("Open: whoever registers first"),
    WayIn.APPROVAL: lazy_gettext("By approval: the coordinator decides about each request"),
    WayIn.ENDORSED_APPROVAL: lazy_gettext(
        "By approval in two steps: first the organisation's representative, then the coordinator"
    ),
    WayIn.INVITATION: lazy_gettext("By invitation only"),
    WayIn.NOMINATION: lazy_gettext("By nomination: organisations name their people"),
}
QUESTION_KINDS: Labels = {
    QuestionKind.TEXT: lazy_pgettext("answer", "Text"),
    QuestionKind.CHOICE: lazy_gettext("One of several options"),
    QuestionKind.NUMBER: lazy_gettext("Number"),
    QuestionKind.FILE: lazy_gettext("File"),
}
REQUIREMENTS: Labels = {
    RequirementKind.EARLIER_COURSE: lazy_gettext("A completed course"),
    RequirementKind.MEMBERSHIP: lazy_gettext("Membership of the club"),
}
GROUPS: Labels = {
    Group.ALL: lazy_gettext("Everybody on the list"),
    Group.CONFIRMED: lazy_gettext("Who has a place"),
    Group.WAITING: lazy_gettext("Who waits for a place"),
}
LABELS: list[Labels] = [STATES, STORY, NO_ROOM, WAYS_IN, QUESTION_KINDS, REQUIREMENTS, GROUPS]
