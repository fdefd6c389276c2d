from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import DataRequired

from club.calendar.models import FeedKind
from club.people.models import Organisation
from club.web.forms import ClubForm, at_most, one_line


class FeedForm(ClubForm):
    """What an address shows, and a name, so that its owner knows later which one to revoke."""

    shows = RadioField(lazy_gettext("What the calendar shows"), default=FeedKind.PERSON.value)
    name = StringField(
        lazy_gettext("Name of the device or program"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Name it, for example: my phone.")),
            at_most(60),
        ],
    )
    language = SelectField(
        lazy_gettext("Language of the entries"),
        choices=[SelectChoice("vi", "Tiếng Việt"), SelectChoice("en", "English")],
    )

    def __init__(self, *, is_trainer: bool, represented: list[Organisation], **given: Any) -> None:
        super().__init__(**given)
        self._organisations = {organisation.code: organisation.id for organisation in represented}
        self.shows.choices = [
            SelectChoice(FeedKind.PERSON.value, gettext("My own sessions and deadlines"))
        ]
        if is_trainer:
            self.shows.choices.append(
                SelectChoice(FeedKind.TEACHING.value, gettext("Only the sessions I teach"))
            )
        self.shows.choices += [
            SelectChoice(
                organisation.code,
                gettext("Sessions that people of %(name)s have a place in", name=organisation.name),
            )
            for organisation in represented
        ]
        if len(self.shows.choices) == 1:
            del self.shows

    @property
    def kind(self) -> FeedKind:
        chosen = self.shows.data if self.shows else FeedKind.PERSON.value
        return FeedKind.ORGANISATION if chosen in self._organisations else FeedKind(chosen)

    @property
    def organisation_id(self) -> int | None:
        return self._organisations.get(self.shows.data) if self.shows else None
