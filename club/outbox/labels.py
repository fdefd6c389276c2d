from flask_babel import lazy_gettext

from club.outbox.kinds import Matter
from club.outbox.models import LetterState
from club.web.layout import Labels

STATES: Labels = {
    LetterState.WAITING: lazy_gettext("Waits to be sent"),
    LetterState.SENT: lazy_gettext("Sent"),
    LetterState.FAILED: lazy_gettext("Not delivered"),
    LetterState.IN_SITE: lazy_gettext("On the site only"),
}
MATTERS: Labels = {
    Matter.ACCOUNT: lazy_gettext("Your account and what others enter about you"),
    Matter.MEMBERSHIP: lazy_gettext("Your membership"),
    Matter.PLACES: lazy_gettext("Your places in classes: confirmations, changes, cancellations"),
    Matter.CORRECTIONS: lazy_gettext("Certificates that are revoked"),
    Matter.REMINDERS: lazy_gettext("Reminders before a class begins"),
    Matter.COURSES: lazy_gettext("A class is planned of a course you asked about"),
    Matter.MATERIALS: lazy_gettext("New materials of your classes"),
    Matter.FEEDBACK: lazy_gettext("Questions how a class was"),
    Matter.FOLLOW_UPS: lazy_gettext("Questions what came of a class, after 30 and 90 days"),
    Matter.FIGURES: lazy_gettext("The week's figures, for those who asked for them"),
    Matter.EXPIRY: lazy_gettext("Your expert certificate is about to end"),
    Matter.CERTIFICATES: lazy_gettext("Your certificate of completion is ready"),
}
LABELS: list[Labels] = [STATES, MATTERS]
