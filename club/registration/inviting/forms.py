from flask_babel import lazy_gettext
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Optional

from club.registration.inviting.rules import Addresses, InvitationRefusal, read_addresses
from club.registration.pasted import sentence_of
from club.registration.rules.pasted import Mistake
from club.web.forms import ClubForm


class InvitationForm(ClubForm):
    """Whom the club invites; the same in the form and when it was looked over."""

    addresses = TextAreaField(lazy_gettext("E-mail addresses"), validators=[Optional()])
    interested = BooleanField(lazy_gettext("Everybody who asked to be told of this course"))

    def read(self) -> Addresses:
        """The addresses; what has to be mended is shown at the field, all of it at once."""
        found = read_addresses(self.addresses.data or "")
        mistakes = list(found.mistakes)
        if not mistakes and not found.emails and not self.interested.data:
            mistakes.append(Mistake(InvitationRefusal.NOBODY))
        self.addresses.errors = [sentence_of(mistake) for mistake in mistakes]
        return found
