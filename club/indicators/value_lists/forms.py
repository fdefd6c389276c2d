from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField
from wtforms.validators import ValidationError

from club.files.accepting import FileRefusal
from club.files.forms import CarriedFileForm
from club.web.forms import at_most, one_line


class ValueListForm(CarriedFileForm):
    """A list; its file is carried while its preview is read."""

    file = FileField(lazy_gettext("File"))
    reason = StringField(
        lazy_gettext("Why values are replaced"),
        filters=[one_line],
        validators=[at_most(300)],
    )
    #: Of the preview that was shown; empty where none was.
    seal = HiddenField()

    def validate_file(self, field: FileField) -> None:
        if not (field.data or self.carried()):
            raise ValidationError(gettext(FileRefusal.NOTHING_CHOSEN.value))
