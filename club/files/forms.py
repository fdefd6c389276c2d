"""Forms that bring a file."""

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms.validators import ValidationError

from club.files.accepting import FileRefusal
from club.web.forms import ClubForm


class FileForm(ClubForm):
    """Typed text and one file, in the field ``file``. Its view says ``@takes_files``."""

    class Meta(ClubForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            typed = super().wrap_formdata(form, formdata)
            if formdata is not _Auto or request.method == "GET":
                return typed
            # Under this name alone: a file in a text field would be no text.
            given: MultiDict[str, Any] = MultiDict(typed)
            given.setlist("file", request.files.getlist("file"))
            return given

    file = FileField(lazy_gettext("File"))

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(gettext(FileRefusal.NOTHING_CHOSEN.value))
