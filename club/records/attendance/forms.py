import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    EmailField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
)
from wtforms.validators import DataRequired, Email, InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club.files.forms import FileForm
from club.people.facts import PersonFacts
from club.people.forms import plain_address, real_birth_year, real_name, real_phone
from club.people.rules.phones import stored_phone
from club.records.attendance.lists import Entry
from club.records.attendance.models import Mark
from club.web.forms import ClubForm, at_most, one_line


class PublicIdField(StringField):
    """The public id of something, as addresses and hidden fields carry it."""

    data: uuid.UUID | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = uuid.UUID(valuelist[0])
            except ValueError:
                raise ValueError(gettext("Reload the page and choose again.")) from None


class MarkForm(ClubForm):
    """One tap: whom, and what."""

    person = PublicIdField(validators=[InputRequired()])
    mark = SelectField(
        choices=[mark.value for mark in Mark],
        validators=[DataRequired(lazy_gettext("Choose present, late, absent or excused."))],
    )
    minutes = IntegerField(
        lazy_gettext("Minutes attended"),
        validators=[
            Optional(),
            NumberRange(0, 24 * 60, lazy_gettext("Write the minutes as a number from 0.")),
        ],
    )


class StrikeOutForm(ClubForm):
    person = PublicIdField(validators=[InputRequired()])


class WalkInForm(ClubForm):
    """Somebody at the door. ``known`` and ``is_new`` answer the question about namesakes;
    ``noted`` is the id under which a phone keeps the same until it is on the list.
    """

    full_name = StringField(
        lazy_gettext("Full name"), filters=[one_line], validators=[real_name, at_most(200)]
    )
    phone = TelField(lazy_gettext("Phone"), filters=[one_line], validators=[Optional(), real_phone])
    email = EmailField(
        lazy_gettext("E-mail"),
        filters=[one_line],
        validators=[
            Optional(),
            plain_address,
            Email(lazy_gettext("Write a whole address, for example lan@congty.vn.")),
            at_most(200),
        ],
    )
    birth_year = IntegerField(
        lazy_gettext("Year of birth"), validators=[Optional(), real_birth_year]
    )
    is_here = BooleanField(lazy_gettext("Mark as present in this session"), default=True)
    known = PublicIdField(validators=[Optional()])
    is_new = BooleanField()
    noted = PublicIdField(validators=[Optional()])

    def facts(self) -> PersonFacts:
        return PersonFacts(
            self.full_name.data or "",
            email=self.email.data,
            phone=stored_phone(self.phone.data or ""),
            birth_year=self.birth_year.data,
        )


class PaperForm(FileForm):
    """Who signed on paper, and the scan that shows it."""

    signed = SelectMultipleField(
        lazy_gettext("Who has signed?"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    others_absent = BooleanField(
        lazy_gettext("Mark everybody else absent who is not marked yet"), default=True
    )

    def offer(self, entries: Iterable[Entry]) -> None:
        self.signed.choices = [(str(e.person.public_id), _on_paper(e)) for e in entries]

    def people(self) -> set[uuid.UUID]:
        return {uuid.UUID(chosen) for chosen in self.signed.data or ()}


def _on_paper(entry: Entry) -> str:
    firm = entry.organisation
    return f"{entry.person.full_name} ({firm.name})" if firm else entry.person.full_name
