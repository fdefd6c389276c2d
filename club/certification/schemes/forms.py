"""What is typed about a scheme, a version and a level. Requirements: see ``requirement_forms``."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import HiddenInput

from club.certification.schemes.facts import SchemeFacts, VersionFacts
from club.certification.schemes.labels import RULE_LABELS
from club.certification.schemes.models import (
    Deciding,
    Majority,
    RenewedFrom,
    SchemeVersion,
    ValidFrom,
)
from club.certification.schemes.rules import problems_of_version
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs, plausible_day

_OWN, _OUTSIDE = "own", "outside"


def words(label: Any, most: int, *, needed: Any = None) -> StringField:
    """One line; ``needed``: what to do where it is left empty."""
    first = DataRequired(needed) if needed else Optional()
    return StringField(label, filters=[one_line], validators=[first, at_most(most)])


def prose(label: Any, most: int = 2000) -> TextAreaField:
    return TextAreaField(label, filters=[paragraphs], validators=[Optional(), at_most(most)])


def months(label: Any, *, lowest: int = 1) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(lowest, 600)])


def days(label: Any) -> IntegerField:
    return IntegerField(label, validators=[Optional(), NumberRange(1, 3650)])


def seen_revision() -> IntegerField:
    """The revision that the page was drawn from."""
    return IntegerField(widget=HiddenInput(), default=0)


def choices(labels: Any, members: Iterable[Any]) -> list[SelectChoice]:
    return [SelectChoice(member.value, labels[member]) for member in members]


class SchemeFactsForm(ClubForm):
    name = words(
        lazy_gettext("Name of the scheme"), 200, needed=lazy_gettext("Write how it is called.")
    )
    name_en = words(
        lazy_gettext("Name in English"), 200, needed=lazy_gettext("Write its English name.")
    )
    standard = words(lazy_gettext("Published standard"), 120)
    note = prose(lazy_gettext("Note"))
    note_en = prose(lazy_gettext("Note in English"))
    source = words(lazy_gettext("Source"), 500)

    #: The moment of the last change that the page was drawn from.
    seen = HiddenField()

    def validate_seen(self, field: HiddenField) -> None:
        try:
            datetime.fromisoformat(field.data or "2000-01-01")
        except ValueError as nonsense:
            raise ValidationError(lazy_gettext("Open the page anew.")) from nonsense

    def facts(self, *, awarded_by_club: bool) -> SchemeFacts:
        return SchemeFacts(
            name=self.name.data,
            name_en=self.name_en.data,
            standard=self.standard.data,
            awarded_by_club=awarded_by_club,
            note=self.note.data,
            note_en=self.note_en.data,
            source=self.source.data,
        )


class SchemeForm(SchemeFactsForm):
    """Of a new scheme. Who certifies stays as it was said."""

    who = RadioField(
        lazy_gettext("Who certifies"),
        choices=[
            SelectChoice(_OWN, lazy_gettext("The club itself: its own recognition")),
            SelectChoice(_OUTSIDE, lazy_gettext("Another body: the club guides people to it")),
        ],
        validators=[DataRequired(lazy_gettext("Choose who certifies."))],
    )

    @property
    def is_own(self) -> bool:
        return bool(self.who.data == _OWN)


class LevelForm(ClubForm):
    name = words(
        lazy_gettext("Name of the level"),
        200,
        needed=lazy_gettext("Write how the title is called."),
    )
    name_en = words(lazy_gettext("Name in English"), 200)
    seen = seen_revision()


class RulesForm(ClubForm):
    """Everything about a version except its levels."""

    label = words(
        lazy_gettext("Name of the version"), 40, needed=lazy_gettext("Write it, for example 2026.")
    )
    valid_from = DateField(
        lazy_gettext("Candidates may start from"), validators=[Optional(), plausible_day]
    )
    note = prose(lazy_gettext("Note"))
    note_en = prose(lazy_gettext("Note in English"))
    source = words(lazy_gettext("Source"), 500)
    proposed_by_club = BooleanField(lazy_gettext("The numbers here are the club's own proposal"))

    validity_months = months(lazy_gettext("Valid for months"))
    without_end = BooleanField(lazy_gettext("Valid without end"))
    validity_from = SelectField(
        lazy_gettext("Validity begins on"), choices=choices(RULE_LABELS, ValidFrom)
    )
    renewed_from = SelectField(
        lazy_gettext("A renewed validity begins on"), choices=choices(RULE_LABELS, RenewedFrom)
    )
    renewal_window_months = months(lazy_gettext("Months before the end from which renewal counts"))
    grace_months = months(lazy_gettext("Months after the end in which it can be renewed"), lowest=0)

    deciding = RadioField(lazy_gettext("Who decides"), choices=choices(RULE_LABELS, Deciding))
    panel_quorum = IntegerField(
        lazy_gettext("Members that must have voted"), validators=[Optional(), NumberRange(1, 50)]
    )
    panel_majority = SelectField(
        lazy_gettext("Majority"),
        choices=[SelectChoice("", lazy_gettext("No panel")), *choices(RULE_LABELS, Majority)],
    )
    appeal_days = days(lazy_gettext("Days to appeal a decision"))
    answer_days = days(lazy_gettext("Days in which the club answers"))
    reminder_days = words(lazy_gettext("Reminders, days before the end"), 80)
    suspended_shown = BooleanField(lazy_gettext("The public register shows what is suspended"))
    withdrawn_shown = BooleanField(lazy_gettext("The public register shows what was withdrawn"))
    seen = seen_revision()

    def validate_reminder_days(self, field: StringField) -> None:
        if _days_in(field.data) is None:
            raise ValidationError(
                lazy_gettext("Write whole numbers from 1 to 1000, such as 180, 90, 30, 7.")
            )

    def verdicts(self) -> Iterable[Verdict]:
        if not self.errors:
            yield from problems_of_version(self.facts())

    def facts(self) -> VersionFacts:
        panel = Deciding(self.deciding.data) is Deciding.PANEL
        majority = self.panel_majority.data
        return VersionFacts(
            label=self.label.data,
            valid_from=self.valid_from.data,
            note=self.note.data,
            note_en=self.note_en.data,
            source=self.source.data,
            proposed_by_club=self.proposed_by_club.data,
            validity_months=self.validity_months.data,
            without_end=self.without_end.data,
            validity_from=ValidFrom(self.validity_from.data),
            renewed_from=RenewedFrom(self.renewed_from.data),
            grace_months=self.grace_months.data,
            renewal_window_months=self.renewal_window_months.data,
            deciding=Deciding(self.deciding.data),
            panel_quorum=self.panel_quorum.data if panel else None,
            panel_majority=Majority(majority) if panel and majority else None,
            appeal_days=self.appeal_days.data,
            answer_days=self.answer_days.data,
            reminder_days=tuple(_days_in(self.reminder_days.data) or ()),
            suspended_shown=self.suspended_shown.data,
            withdrawn_shown=self.withdrawn_shown.data,
        )


def rules_form(version: SchemeVersion, facts: VersionFacts) -> RulesForm:
    """As the version stands."""
    known = vars(facts) | {"reminder_days": ", ".join(map(str, facts.reminder_days))}
    known |= {
        name: known[name].value
        for name in ("validity_from", "renewed_from", "deciding", "panel_majority")
        if known[name]
    }
    return RulesForm(data=known | {"seen": version.revision})


def _days_in(typed: str | None) -> list[int] | None:
    """The days, the longest first; ``None`` where something else stands there."""
    parts = (typed or "").replace(";", ",").replace(" ", ",").split(",")
    numbers = [part for part in parts if part]
    if not all(re.fullmatch(r"[0-9]{1,4}", part) and 1 <= int(part) <= 1000 for part in numbers):
        return None
    return sorted({int(part) for part in numbers}, reverse=True)
