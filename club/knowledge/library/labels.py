"""The words for what is stored."""

from flask_babel import lazy_gettext, lazy_pgettext

from club.knowledge.library.models import DocumentKind, RelationKind
from club.knowledge.library.rules import DocumentStatus
from club.web.layout import Labels

LABELS: Labels = {
    DocumentKind.DECISION: lazy_gettext("Decision"),
    DocumentKind.DIRECTIVE: lazy_gettext("Directive"),
    DocumentKind.RESOLUTION: lazy_gettext("Resolution"),
    DocumentKind.CONCLUSION: lazy_gettext("Conclusion"),
    DocumentKind.PLAN: lazy_pgettext("document", "Plan"),
    DocumentKind.OFFICIAL_LETTER: lazy_gettext("Official letter"),
    DocumentKind.STANDARD: lazy_gettext("Standard"),
    DocumentStatus.IN_FORCE: lazy_gettext("In force"),
    DocumentStatus.REPLACED: lazy_gettext("Replaced by another document"),
    DocumentStatus.NO_LONGER: lazy_gettext("No longer in force"),
    DocumentStatus.PERIOD_OVER: lazy_gettext("Its period is over"),
    DocumentStatus.UNKNOWN: lazy_gettext("Not verified whether in force"),
    RelationKind.REPLACES: lazy_gettext("Takes the place of"),
    RelationKind.BASED_ON: lazy_gettext("Based on"),
    RelationKind.FOLLOWS: lazy_gettext("Takes up after"),
}
#: The same relations, read from the other document.
BACKWARDS = {
    RelationKind.REPLACES: lazy_gettext("Its place is taken by"),
    RelationKind.BASED_ON: lazy_gettext("Basis of"),
    RelationKind.FOLLOWS: lazy_gettext("Taken up by"),
}
