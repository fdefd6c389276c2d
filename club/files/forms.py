"""Forms that bring a file."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from flask_wtf.form import _Auto
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField
from wtforms.validators import ValidationError

from club.files.accepting import FileRefusal, FileType, type_of
from club.files.carried import file_of_ticket, ticket_for
from club.files.receiving import ReceivedFile, receive
from club.web.forms import ClubForm
from club.web.turns import letting_others_go_on


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
    #: What kinds are taken; the hint beside the field says the same.
    takes: Callable[..., FileType] = staticmethod(type_of)

    def validate_file(self, field: FileField) -> None:
        if not field.data:
            raise ValidationError(gettext(FileRefusal.NOTHING_CHOSEN.value))


def say_not_stored(form: ClubForm) -> None:
    """On the page that shows the form again, after a ``StorageError``."""
    form.form_errors.append(
        gettext("The file could not be stored. Nothing was saved; try again in a few minutes.")
    )
    form.answer_status = 503


class CarriedFileForm(FileForm):
    """A file that was taken is carried in ``ticket`` while another field is mended."""

    ticket = HiddenField()

    def carried(self) -> ReceivedFile | None:
        return file_of_ticket(self.ticket.data or "", owner=current_user.id)

    def received(self) -> ReceivedFile | None:
        """What was chosen now, or before other fields were mended.

        Raises ``RefusedError`` for what is not taken, and ``StorageError``.
        """
        if not self.file.data:
            return self.carried()
        with letting_others_go_on():
            given = self.file.data
            received = receive(given.stream, name=given.filename, type_of=self.takes)
        self.ticket.data = ticket_for(received, owner=current_user.id)
        return received
