from flask_babel import lazy_gettext

from club.calendar.models import FeedKind
from club.web.layout import Labels

LABELS: Labels = {
    FeedKind.PERSON: lazy_gettext("My own sessions and deadlines"),
    FeedKind.TEACHING: lazy_gettext("Only the sessions I teach"),
    FeedKind.ORGANISATION: lazy_gettext("People of an organisation"),
}
