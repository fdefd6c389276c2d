"""What every form shares: Vietnamese messages, tidy text, and input that is never lost."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import request
from flask_babel import gettext
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import DateTimeLocalField
from wtforms.validators import ValidationError

from club import clock
from club.refusal import RefusedError
from club.vietnamese import nfc, tidy_line
from club.web import kept_input


class _Translations:
    """Lets WTForms' own messages come from our catalogue."""

    def gettext(self, string: str) -> str:
        return str(gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(gettext(singular if n == 1 else plural))


class ClubForm(FlaskForm):
    """A form whose input survives an expired session or a stale token."""

    class Meta:
        def get_translations(self, _form: object) -> _Translations:
            return _Translations()

        def wrap_formdata(self, _form: FlaskForm, formdata: Any) -> Any:
            if formdata is not _Auto:
                return formdata
            if request.method == "GET":
                return kept_input.for_this_page()
            # Typed text alone: FlaskForm would also hand a field the file or the JSON value
            # that a hand-made request carries under its name.
            return request.form


class LocalMomentField(DateTimeLocalField):
    """Wall-clock time where the club is, as an instant in UTC."""

    data: datetime | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        wall, self.data = self.data, None
        if wall is None:
            return
        try:
            self.data = clock.from_local(wall)
        except OverflowError as first_years:
            raise ValueError(self.gettext("Not a valid datetime value.")) from first_years

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return clock.local(self.data).strftime("%Y-%m-%dT%H:%M") if self.data else ""


def one_line(text: str | None) -> str | None:
    """Filter for single-line fields: NFC, single spaces; nothing becomes ``None``."""
    return (tidy_line(text) or None) if text else None


def paragraphs(text: str | None) -> str | None:
    """Filter for text areas: NFC, line breaks kept."""
    return (nfc(text).replace("\r\n", "\n").strip() or None) if text else None


def at_most(length: int) -> Callable[[object, Any], None]:
    """Validator that says by how much a text is too long."""

    def check(_form: object, field: Any) -> None:
        typed = len(field.data or "")
        if typed > length:
            raise ValidationError(too_long(length, typed=typed))

    return check


def too_long(length: int, *, typed: int) -> str:
    return str(
        gettext(
            "Shorten this to %(length)s characters; it has %(typed)s now.",
            length=length,
            typed=typed,
        )
    )


def plausible_day(_form: object, field: Any) -> None:
    """Validator that asks again about a year that can only be a slip."""
    if isinstance(field.data, date) and not 1900 <= field.data.year <= 2100:
        raise ValidationError(gettext("Check the year, for example 2026."))


def show_refusal(form: FlaskForm, refused: RefusedError) -> None:
    """Put what an operation refused beside the field it is about, else above the form."""
    message = gettext(refused.refusal.value)
    field = form._fields.get(refused.field or "")
    if field is None:
        form.form_errors.append(message)
    else:
        field.errors = [*field.errors, message]
