from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import DataRequired

from club.web.forms import ClubForm, at_most, paragraphs


class MergeForm(ClubForm):
    #: The fingerprint of the plan that the page shows.
    seen = HiddenField()
    reason = TextAreaField(
        lazy_gettext("How do you know that it is one person?"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write how you know it; it is kept with the decision.")),
            at_most(1000),
        ],
    )
    sure = BooleanField(
        lazy_gettext("I have looked at what happens to records and figures."),
        validators=[DataRequired(lazy_gettext("Confirm that you have looked at it."))],
    )


class UndoForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Why is it undone?"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write why; it is kept with the decision.")),
            at_most(1000),
        ],
    )
