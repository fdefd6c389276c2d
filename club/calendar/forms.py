from flask_babel import lazy_gettext
from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired

from club.web.forms import ClubForm, at_most, one_line


class FeedForm(ClubForm):
    """A name for a calendar address, so that its owner knows later which one to revoke."""

    name = StringField(
        lazy_gettext("Name of the device or program"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Name it, for example: my phone.")),
            at_most(60),
        ],
    )
    language = SelectField(
        lazy_gettext("Language of the entries"),
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
    )
