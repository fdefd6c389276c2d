"""The words of this room. One table an enumeration: some of them have equal values."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club.courses.models import (
    CourseAudience,
    Funding,
    RunEventKind,
    RunForm,
    RunState,
    SessionState,
)
from club.courses.standing import RunStanding
from club.web.layout import Labels

RUN_STATES: Labels = {
    RunState.DRAFT: lazy_gettext("Draft"),
    RunState.PUBLISHED: lazy_gettext("Published"),
    RunState.CLOSED: lazy_gettext("Closed"),
    RunState.CANCELLED: lazy_gettext("Cancelled"),
}
RUN_FORMS: Labels = {
    RunForm.IN_PERSON: lazy_gettext("In person"),
    RunForm.ONLINE: lazy_gettext("Online"),
    RunForm.BLENDED: lazy_gettext("Blended"),
    RunForm.IN_COMPANY: lazy_gettext("In the company"),
}
FUNDINGS: Labels = {
    Funding.SCIENCE_BUDGET: lazy_gettext("Budget for science and technology"),
    Funding.ENTERPRISE: lazy_gettext("Paid by enterprises"),
    Funding.OTHER: lazy_gettext("Other sources"),
    Funding.NOT_STATED: lazy_gettext("Not stated"),
}
SESSION_STATES: Labels = {
    SessionState.PLANNED: lazy_gettext("Planned"),
    SessionState.CANCELLED: lazy_gettext("Cancelled"),
}
STANDINGS: Labels = {
    RunStanding.DRAFT: lazy_gettext("Draft"),
    RunStanding.CANCELLED: lazy_gettext("Cancelled"),
    RunStanding.NOT_OPEN: lazy_gettext("Registration not open yet"),
    RunStanding.OPEN: lazy_gettext("Places left"),
    RunStanding.NEARLY_FULL: lazy_gettext("Few places left"),
    RunStanding.FULL: lazy_gettext("Full"),
    RunStanding.CLOSED: lazy_gettext("Registration closed"),
    RunStanding.RUNNING: lazy_gettext("Running now"),
    RunStanding.OVER: lazy_gettext("Over"),
}
AUDIENCES: Labels = {
    CourseAudience.ENTERPRISE: lazy_gettext("Enterprises"),
    CourseAudience.STATE_AGENCY: lazy_gettext("State agencies"),
    CourseAudience.WORKERS: lazy_gettext("Workers and team leaders"),
    CourseAudience.MANAGERS: lazy_gettext("Managers and engineers"),
    CourseAudience.OFFICE: lazy_gettext("Office and accounting"),
    CourseAudience.EXPERTS: lazy_gettext("Expert candidates"),
}
EVENTS: Labels = {
    RunEventKind.CREATED: lazy_gettext("Created"),
    RunEventKind.CHANGED: lazy_gettext("Changed"),
    RunEventKind.SEATS_CHANGED: lazy_gettext("Places changed"),
    RunEventKind.SESSION_ADDED: lazy_gettext("Session added"),
    RunEventKind.SESSION_MOVED: lazy_gettext("Session moved"),
    RunEventKind.SESSION_RETITLED: lazy_gettext("Session renamed"),
    RunEventKind.SESSION_CANCELLED: lazy_gettext("Session cancelled"),
    RunEventKind.TRAINER_ADDED: lazy_gettext("Trainer added"),
    RunEventKind.TRAINER_REMOVED: lazy_gettext("Trainer removed"),
    RunEventKind.PUBLISHED: lazy_gettext("Published"),
    RunEventKind.CANCELLED: lazy_gettext("Cancelled"),
    RunEventKind.CLOSED: lazy_gettext("Closed"),
    RunEventKind.REOPENED: lazy_gettext("Reopened"),
}
LABELS: list[Labels] = [
    RUN_STATES, RUN_FORMS, FUNDINGS, SESSION_STATES, STANDINGS, AUDIENCES, EVENTS,
]  # fmt: skip

#: The facts of a run by the names they have in its story.
FACTS: dict[str, LazyString] = {
    "seats": lazy_gettext("Places"),
    "terms": lazy_gettext("Terms of registration"),
    "form": lazy_gettext("Form"),
    "place": lazy_gettext("Place"),
    "ward_id": lazy_gettext("Ward"),
    "online_link": lazy_gettext("Link to the online room"),
    "host_id": lazy_gettext("Held at"),
    "note": lazy_gettext("Note for participants"),
    "price_vnd": lazy_gettext("Price"),
    "funding": lazy_gettext("Funding"),
    "registration_opens_at": lazy_gettext("Registration opens"),
    "registration_closes_at": lazy_gettext("Registration closes"),
    "counting_threshold": lazy_gettext("Counts from"),
    "completion_threshold": lazy_gettext("Completed from"),
    "post_test_minimum": lazy_gettext("Minimum of the test at the end"),
    "assignment_minimum": lazy_gettext("Minimum of the assignment"),
    "confirmation_needed": lazy_gettext("The trainer confirms each person"),
}
