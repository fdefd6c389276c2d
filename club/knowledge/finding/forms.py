from flask_babel import lazy_gettext
from wtforms import DateField, StringField
from wtforms.validators import DataRequired, Optional

from club.search.words import LONGEST_QUESTION
from club.web.forms import ClubForm, at_most, one_line, plausible_day

_LONGEST_ADDRESS = 500


class PromotionForm(ClubForm):
    words = StringField(
        lazy_gettext("What people type"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write the words that people type.")),
            at_most(LONGEST_QUESTION),
        ],
    )
    address = StringField(
        lazy_gettext("Address of the page that answers it"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Paste the address of the page.")),
            at_most(_LONGEST_ADDRESS),
        ],
    )
    from_day = DateField(
        lazy_gettext("First day"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )
    till_day = DateField(lazy_gettext("Last day"), validators=[Optional(), plausible_day])
