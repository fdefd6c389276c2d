from flask_babel import lazy_gettext

from club.people.likeness import Likeness
from club.web.layout import Labels

LIKENESS_LABELS: Labels = {
    Likeness.NAME: lazy_gettext("same name"),
    Likeness.EMAIL: lazy_gettext("same e-mail"),
    Likeness.PHONE: lazy_gettext("same phone"),
    Likeness.BIRTH_YEAR: lazy_gettext("same year of birth"),
}
