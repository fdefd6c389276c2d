from flask_babel import lazy_gettext
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from club.web.forms import ClubForm, at_most, one_line


class SaveViewForm(ClubForm):
    name = StringField(
        lazy_gettext("Name of this view"),
        filters=[one_line],
        validators=[InputRequired(lazy_gettext("Give it a name.")), at_most(80)],
    )
    #: The query of the page that is saved.
    asked = HiddenField(validators=[at_most(400)])
