from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.validators import Optional, ValidationError

from club.registration.reminders import rules
from club.registration.reminders.rules import ReminderRefusal
from club.web.forms import ClubForm, one_line


class RemindersForm(ClubForm):
    """Hours before the start, as staff type them."""

    hours = StringField(
        lazy_gettext("Hours before the start"), filters=[one_line], validators=[Optional()]
    )

    def validate_hours(self, field: StringField) -> None:
        found = rules.hours_in(field.data or "")
        if isinstance(found, ReminderRefusal):
            raise ValidationError(gettext(found.value))

    @property
    def planned(self) -> list[int]:
        found = rules.hours_in(self.hours.data or "")
        return found if isinstance(found, list) else []
