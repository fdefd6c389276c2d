"""The words for kinds of materials and their readers."""

from flask_babel import lazy_gettext

from club.materials.models import MaterialKind, Visibility
from club.web.layout import Labels

KINDS: Labels = {
    MaterialKind.FILE: lazy_gettext("File"),
    MaterialKind.LINK: lazy_gettext("Link"),
    MaterialKind.PAGE: lazy_gettext("Page"),
}
VISIBILITIES: Labels = {
    Visibility.EVERYBODY: lazy_gettext("Everybody"),
    Visibility.MEMBERS: lazy_gettext("Members, and those who take part"),
    Visibility.PARTICIPANTS: lazy_gettext("Those who take part"),
    Visibility.PARTICIPANTS_AFTER: lazy_gettext("Those who take part, once the class is over"),
}
LABELS: list[Labels] = [KINDS, VISIBILITIES]
