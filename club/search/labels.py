"""The words for what a search can find."""

from flask_babel import lazy_gettext

from club.search.models import FoundKind
from club.web.layout import Labels

LABELS: Labels = {
    FoundKind.COURSE: lazy_gettext("Courses"),
    FoundKind.CASE: lazy_gettext("Improvement cases"),
    FoundKind.TOOL: lazy_gettext("Tools"),
    FoundKind.ARTICLE: lazy_gettext("Articles"),
    FoundKind.EXPERT: lazy_gettext("Experts"),
    FoundKind.DOCUMENT: lazy_gettext("Decisions and plans"),
    FoundKind.QUESTION: lazy_gettext("Questions and answers"),
}
