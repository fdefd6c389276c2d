import uuid
from typing import Any

from flask_babel import lazy_gettext
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from club.registration.messages.models import Group
from club.web.forms import ClubForm, at_most, one_line, paragraphs, uuid_in


class MessageForm(ClubForm):
    """A message to a run's people; the hidden fields are there once it was looked over."""

    group = RadioField(
        lazy_gettext("To whom?"),
        choices=[
            SelectChoice(Group.ALL.value, lazy_gettext("Everybody on the list")),
            SelectChoice(Group.CONFIRMED.value, lazy_gettext("Who has a place")),
            SelectChoice(Group.WAITING.value, lazy_gettext("Who waits for a place")),
        ],
        validators=[DataRequired(lazy_gettext("Choose whom the message is for."))],
    )
    subject = StringField(
        lazy_gettext("Subject"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write a subject: it is what people see first.")),
            at_most(150),
        ],
    )
    body = TextAreaField(
        lazy_gettext("Message"),
        filters=[paragraphs],
        validators=[DataRequired(lazy_gettext("Write what you want to say.")), at_most(5000)],
    )
    message = HiddenField(validators=[Optional()])
    seen = HiddenField(validators=[Optional()])

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        if self.group.data is None:
            self.group.data = Group.CONFIRMED.value

    @property
    def chosen_group(self) -> Group:
        return Group(self.group.data)

    @property
    def message_id(self) -> uuid.UUID | None:
        return uuid_in(self.message.data)

    @property
    def seen_people(self) -> set[uuid.UUID]:
        found = (uuid_in(word) for word in (self.seen.data or "").split())
        return {one for one in found if one is not None}
