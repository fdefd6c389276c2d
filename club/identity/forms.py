from flask_babel import lazy_gettext
from flask_login import current_user
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email, Optional

from club.files.carried import file_of_ticket, ticket_for
from club.files.forms import FileForm
from club.files.receiving import ReceivedFile, receive
from club.identity.rules import refusal_of_logo
from club.refusal import RefusedError
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.forms import at_most, one_line, paragraphs, plausible_day
from club.web.turns import letting_others_go_on

_NEEDED = lazy_gettext("This is needed; it is shown on every page.")


class ProfileForm(FileForm):
    """A file that was taken is carried in ``ticket`` while another field is mended."""

    file = FileField(lazy_gettext("Logo"))
    ticket = HiddenField()
    drawn_mark = BooleanField(lazy_gettext("No logo any more: show the drawn mark"))
    valid_from = DateField(
        lazy_gettext("From which day"),
        validators=[DataRequired(lazy_gettext("Choose the first day.")), plausible_day],
    )
    name = StringField(
        lazy_gettext("Name of the club"),
        filters=[one_line],
        validators=[DataRequired(_NEEDED), at_most(120)],
    )
    name_en = StringField(
        lazy_gettext("Name in English"),
        filters=[one_line],
        validators=[DataRequired(_NEEDED), at_most(120)],
    )
    short_name = StringField(
        lazy_gettext("Words of the logo"),
        filters=[one_line],
        validators=[DataRequired(_NEEDED), at_most(60)],
    )
    short_name_en = StringField(
        lazy_gettext("Words of the logo in English"),
        filters=[one_line],
        validators=[DataRequired(_NEEDED), at_most(60)],
    )
    owner = SelectField(lazy_gettext("Owning unit"), choices=[], validators=[Optional()])
    founding_text = TextAreaField(
        lazy_gettext("How the club came about"),
        filters=[paragraphs],
        validators=[DataRequired(_NEEDED), at_most(1000)],
    )
    founding_text_en = TextAreaField(
        lazy_gettext("How the club came about, in English"),
        filters=[paragraphs],
        validators=[DataRequired(_NEEDED), at_most(1000)],
    )
    contact_email = EmailField(
        lazy_gettext("E-mail"),
        filters=[one_line],
        validators=[
            Optional(),
            Email(lazy_gettext("Write a whole address, for example lan@congty.vn.")),
            at_most(200),
        ],
    )
    contact_phone = TelField(
        lazy_gettext("Phone"), filters=[one_line], validators=[Optional(), at_most(40)]
    )
    contact_address = StringField(
        lazy_gettext("Address"), filters=[one_line], validators=[Optional(), at_most(300)]
    )
    reason = StringField(
        lazy_gettext("Why it changes"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Say why, for example the number of the decision.")),
            at_most(300),
        ],
    )

    def validate_file(self, field: FileField) -> None:
        """A version may go without one."""

    def carried(self) -> ReceivedFile | None:
        return file_of_ticket(self.ticket.data or "", owner=current_user.id)

    def new_logo(self) -> ReceivedFile | None:
        """What was chosen now, or before other fields were mended.

        Raises ``RefusedError`` for what is no logo, and ``StorageError``.
        """
        if not self.file.data:
            return self.carried()
        content = self.file.data.stream
        size = content.seek(0, 2)
        content.seek(0)
        if refusal := refusal_of_logo(content.read(24), size=size):
            raise RefusedError(refusal, field="file")
        with letting_others_go_on():
            received = receive(content, name=self.file.data.filename)
        self.ticket.data = ticket_for(received, owner=current_user.id)
        return received

    def offer(self, units: list[Unit]) -> None:
        none = SelectChoice("", lazy_gettext("None named by a source"))
        self.owner.choices = [
            none,
            *(SelectChoice(unit.key, unit_name(unit)) for unit in units),
        ]
