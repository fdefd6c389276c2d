from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from club.units.labels import LABELS, unit_name
from club.units.models import Unit, UnitKind
from club.web.forms import ClubForm, at_most, one_line, paragraphs, plausible_day


class UnitForm(ClubForm):
    name = StringField(
        lazy_gettext("Name"),
        filters=[one_line],
        validators=[DataRequired(lazy_gettext("Write the unit's name.")), at_most(200)],
    )
    name_en = StringField(
        lazy_gettext("Name in English"), filters=[one_line], validators=[Optional(), at_most(200)]
    )
    kind = SelectField(
        lazy_gettext("Kind"), choices=[SelectChoice(kind.value, LABELS[kind]) for kind in UnitKind]
    )
    official_code = StringField(
        lazy_gettext("Official code"), filters=[one_line], validators=[Optional(), at_most(20)]
    )
    valid_from = DateField(lazy_gettext("First day"), validators=[Optional(), plausible_day])
    source = StringField(
        lazy_gettext("Source"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Say where this is written: a decision's number or a link.")),
            at_most(500),
        ],
    )
    note = TextAreaField(
        lazy_gettext("Note"), filters=[paragraphs], validators=[Optional(), at_most(1000)]
    )


class EndUnitForm(ClubForm):
    last_day = DateField(
        lazy_gettext("Last day"),
        validators=[DataRequired(lazy_gettext("Choose the last day.")), plausible_day],
    )


class SuccessorForm(ClubForm):
    successor = SelectField(lazy_gettext("Successor"), choices=[])
    on_day = DateField(
        lazy_gettext("First day of the successor"),
        validators=[
            DataRequired(lazy_gettext("Choose the successor's first day.")),
            plausible_day,
        ],
    )
    in_part = BooleanField(lazy_gettext("Only a part went there"))
    source = StringField(
        lazy_gettext("Source"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Say where this is written: a decision's number or a link.")),
            at_most(500),
        ],
    )

    def offer(self, units: list[Unit]) -> None:
        self.successor.choices = [SelectChoice(unit.key, unit_name(unit)) for unit in units]
