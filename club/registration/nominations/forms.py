import uuid
from collections.abc import Iterable

from flask_babel import gettext, lazy_gettext
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from club.registration.nominations.rules.nominating import Known, NominationRefusal
from club.registration.nominations.rules.sheet import Sheet, SheetRefusal, read_sheet
from club.registration.nominations.rules.substituting import SubstitutionRefusal
from club.registration.pasted import sentence_of
from club.registration.rules.pasted import Mistake
from club.web.forms import ClubForm, at_most, one_line, paragraphs, uuid_in


class NominationForm(ClubForm):
    """Whom an organisation sends; the hidden fields are there once the list was looked over."""

    colleagues = SelectMultipleField(
        lazy_gettext("From your list"),
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    people = TextAreaField(lazy_gettext("Others, one person a line"), validators=[Optional()])
    nomination = HiddenField(validators=[Optional()])
    places_shown = HiddenField(validators=[Optional()])

    def offer(self, colleagues: Iterable[Known]) -> None:
        self.colleagues.choices = [SelectChoice(one.public_id, one.full_name) for one in colleagues]

    def read(self) -> Sheet:
        """The typed list; what has to be mended is shown at the field, all of it at once."""
        sheet = read_sheet(self.people.data or "")
        mistakes = list(sheet.mistakes)
        if not mistakes and not sheet.rows and not self.ticked:
            mistakes.append(Mistake(SheetRefusal.NOBODY))
        self.people.errors = [sentence_of(mistake) for mistake in mistakes]
        return sheet

    @property
    def ticked(self) -> set[uuid.UUID]:
        found = (uuid_in(one) for one in self.colleagues.data or [])
        return {one for one in found if one is not None}

    @property
    def nomination_id(self) -> uuid.UUID | None:
        return uuid_in(self.nomination.data)

    @property
    def shown(self) -> int:
        """How many places the list was shown to get."""
        typed = self.places_shown.data or ""
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else 0


class ConfirmationForm(NominationForm):
    """The last step: the list again, and what is stated about it."""

    agreed = BooleanField(
        lazy_gettext(
            "These people know that I send them, and each of them has agreed that the club keeps "
            "name and contact, registration, attendance and results."
        ),
        validators=[DataRequired(lazy_gettext(NominationRefusal.NOT_STATED.value))],
    )

    @property
    def statement(self) -> str:
        return str(self.agreed.label.text)


class SubstitutionForm(ClubForm):
    """Who comes instead: one of the organisation's people, or somebody written in one line."""

    colleague = SelectField(lazy_gettext("Somebody of your list"), validators=[Optional()])
    person = StringField(
        lazy_gettext("Or somebody else: full name, e-mail, phone"), filters=[one_line]
    )
    reason = TextAreaField(lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(1000)])
    agreed = BooleanField(
        lazy_gettext(
            "This person knows that I send them, and has agreed that the club keeps name and "
            "contact, registration, attendance and results."
        ),
        validators=[DataRequired(lazy_gettext(SubstitutionRefusal.NOT_STATED.value))],
    )

    def offer(self, colleagues: Iterable[Known]) -> None:
        nobody = SelectChoice("", lazy_gettext("Nobody of the list"))
        known = [SelectChoice(one.public_id, one.full_name) for one in colleagues]
        self.colleague.choices = [nobody, *known]

    def read(self) -> Sheet:
        """The written person; what has to be mended is shown at the field."""
        sheet = read_sheet(self.person.data or "")
        self.person.errors = [gettext(one.problem.value, **one.values) for one in sheet.mistakes]
        return sheet

    @property
    def ticked(self) -> set[uuid.UUID]:
        chosen = uuid_in(self.colleague.data)
        return set() if chosen is None else {chosen}
