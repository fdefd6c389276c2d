"""The words for registrations and what happens to them."""

from flask_babel import lazy_gettext

from club.registration.messages.models import Group
from club.registration.models import RegistrationState, StepReason
from club.web.layout import Labels

STATES: Labels = {
    RegistrationState.CONFIRMED: lazy_gettext("Has a place"),
    RegistrationState.WAITING: lazy_gettext("Waits for a place"),
    RegistrationState.WITHDRAWN: lazy_gettext("Name taken off"),
    RegistrationState.CANCELLED: lazy_gettext("Class cancelled"),
}
#: Whole sentences: the story of a registration, line by line.
STORY: Labels = {
    StepReason.REGISTERED: lazy_gettext("Registered; there was a free place."),
    StepReason.LIST_FULL: lazy_gettext(
        "Registered; all places were taken, so on the waiting list."
    ),
    StepReason.SEAT_FELL_FREE: lazy_gettext(
        "Somebody gave a place back; moved up from the waiting list to a place."
    ),
    StepReason.SEATS_ADDED: lazy_gettext(
        "The class got more places; moved up from the waiting list to a place."
    ),
    StepReason.WITHDRAWN_BY_PERSON: lazy_gettext("Took the name off the list."),
    StepReason.WITHDRAWN_BY_STAFF: lazy_gettext("The club took the name off the list."),
    StepReason.RUN_CANCELLED: lazy_gettext("The class was cancelled."),
}
GROUPS: Labels = {
    Group.ALL: lazy_gettext("Everybody on the list"),
    Group.CONFIRMED: lazy_gettext("Who has a place"),
    Group.WAITING: lazy_gettext("Who waits for a place"),
}
LABELS: list[Labels] = [STATES, STORY, GROUPS]
