"""What every form shares: Vietnamese messages, tidy text, and input that is never lost."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from wtforms import DateTimeLocalField, Field, StringField
from wtforms.validators import ValidationError

from club import clock
from club.refusal import RefusedError
from club.vietnamese import nfc, tidy_line
from club.web import kept_input
from club.web.language import is_english, number
from club.web.typed_numbers import typed_number

#: WTForms says only that something is wrong with these.
_WHAT_TO_DO = {
    "Not a valid choice.": lazy_gettext("Choose one of the list."),
    "Not a valid date value.": lazy_gettext("Enter a day, such as 03/12/2026."),
    "Not a valid datetime value.": lazy_gettext("Enter a day and a time, such as 03/12/2026 7:30."),
    "Not a valid time value.": lazy_gettext("Enter a time, such as 7:30."),
    "Not a valid integer value.": lazy_gettext("Enter a whole number, such as 12."),
    "Not a valid decimal value.": lazy_gettext("Enter a number, such as 12.5."),
}


class _Translations:
    """Lets WTForms' own messages come from our catalogue."""

    def gettext(self, string: str) -> str:
        return str(_WHAT_TO_DO.get(string) or gettext(string))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return str(gettext(singular if n == 1 else plural))


#: What a rule refuses, and the form's field to mend, where there is one.
Verdict = tuple[StrEnum, str | None]


class ClubForm(FlaskForm):
    """A form whose input survives an expired session or a stale token, and that says all that
    is wrong with it at once.
    """

    #: What a page that shows this form again answers.
    answer_status = 422

    class Meta:
        def get_translations(self, _form: object) -> _Translations:
            return _Translations()

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            if formdata is not _Auto:
                return formdata
            if request.method == "GET":
                return kept_input.for_form(form)
            # Typed text alone: FlaskForm would also hand a field the file or the JSON value
            # that a hand-made request carries under its name.
            return request.form

    def validate(self, **kwargs: Any) -> bool:
        fine = bool(super().validate(**kwargs))
        self.refuse(self.verdicts())
        return fine and not self.errors

    def verdicts(self) -> Iterable[Verdict]:
        """What rules say about fields that are sound so far. Asked even if others are not, so
        that nobody mends one thing only to hear of the next.
        """
        return ()

    def sound(self, *names: str) -> bool:
        """Whether each of these fields holds something and nothing is wrong with it by itself."""
        fields = [self._fields[name] for name in names]
        return all(field.data is not None and not field.errors for field in fields)

    def refuse(self, verdicts: Iterable[Verdict]) -> None:
        """Show each verdict; those about a field that is not even sound by itself are left out."""
        unsound = {name for name, field in self._fields.items() if field.errors}
        for refusal, field in verdicts:
            if field not in unsound:
                _say(self, RefusedError(refusal, field=field))


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


class FigureField(StringField):
    """A number in the reader's way of writing, as a decimal."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        if not valuelist or not valuelist[0].strip():
            self.data = None
            return
        self.data = typed_number(valuelist[0], english=is_english())
        if self.data is None:
            raise ValueError(
                gettext("Write a number, for example %(sample)s.", sample=number(5.24, 2))
            )

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else number(self.data, 4)


def one_line(text: str | None) -> str | None:
    """Filter for single-line fields: NFC, single spaces; nothing becomes ``None``."""
    return (tidy_line(text) or None) if text else None


def paragraphs(text: str | None) -> str | None:
    """Filter for text areas: NFC, line breaks kept."""
    return (nfc(text).replace("\r\n", "\n").strip() or None) if text else None


def lines_of(text: str | None) -> list[str]:
    """What a text area with one entry a line holds, without empty lines."""
    tidy = (one_line(line) for line in (text or "").splitlines())
    return [line for line in tidy if line]


def uuid_in(typed: str | None) -> uuid.UUID | None:
    """What a hidden field or an address carries; ``None`` for anything that is no UUID."""
    try:
        return uuid.UUID(typed or "")
    except ValueError:
        return None


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
            length=number(length),
            typed=number(typed),
        )
    )


def plausible_day(_form: object, field: Any) -> None:
    """Validator that asks again about a year that can only be a slip."""
    if isinstance(field.data, date) and not 1900 <= field.data.year <= 2100:
        raise ValidationError(gettext("Check the year, for example 2026."))


def follow(field: Field, version: int | str) -> None:
    """Let what is sent next replace this version: whoever sends it has it before them now."""
    field.raw_data, field.data = None, version


def show_refusal(form: ClubForm, refused: RefusedError) -> None:
    """Put what an operation refused beside the field it is about, else above the form: then
    nothing in it can be mended, and the page that shows it answers 409.
    """
    _say(form, refused)
    form.answer_status = 422 if refused.field else 409


def _say(form: ClubForm, refused: RefusedError) -> None:
    message = gettext(refused.refusal.value)
    field = form._fields.get(refused.field or "")
    if field is None:
        form.form_errors.append(message)
    else:
        field.errors = [*field.errors, message]
