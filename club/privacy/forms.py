from collections.abc import Iterator

from flask_babel import lazy_gettext
from wtforms import BooleanField, DateField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from club.privacy.labels import CHANNELS, IDENTITY_CHECKS, KINDS
from club.privacy.requests.models import IdentityCheck, RequestChannel, RequestKind
from club.privacy.requests.operations import Receipt, Wish
from club.privacy.requests.rules import RequestRefusal
from club.web.forms import ClubForm, Verdict, at_most, paragraphs, plausible_day


class WishForm(ClubForm):
    kind = RadioField(
        lazy_gettext("What do you ask for?"),
        choices=[SelectChoice(kind.value, KINDS[kind]) for kind in RequestKind],
        validators=[DataRequired(lazy_gettext("Choose what you ask for."))],
    )
    words = TextAreaField(
        lazy_gettext("What is it about?"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write what it is about, so that the club can decide.")),
            at_most(2000),
        ],
    )
    instead = TextAreaField(
        lazy_gettext("What should stand there instead?"),
        filters=[paragraphs],
        validators=[Optional(), at_most(2000)],
    )

    certificates = RadioField(
        lazy_gettext("What becomes of your certificates?"),
        choices=[
            SelectChoice(
                "keep", lazy_gettext("They can still be checked, with the name printed on them")
            ),
            SelectChoice("withdraw", lazy_gettext("They are withdrawn, without a name")),
        ],
        validators=[Optional()],
    )

    def verdicts(self) -> Iterator[Verdict]:
        if self.sound("kind") and self.wanted is RequestKind.ERASURE and not self.certificates.data:
            yield RequestRefusal.CERTIFICATES_UNSAID, "certificates"

    @property
    def wanted(self) -> RequestKind:
        return RequestKind(self.kind.data)

    def wish(self) -> Wish:
        is_correction = self.wanted is RequestKind.CORRECTION
        is_erasure = self.wanted is RequestKind.ERASURE
        return Wish(
            self.wanted,
            self.words.data,
            instead=self.instead.data if is_correction else None,
            keeps_certificates=self.certificates.data == "keep" if is_erasure else None,
        )


class ReceivedWishForm(WishForm):
    """What somebody asked in another way than on the site, as staff enter it."""

    channel = RadioField(
        lazy_gettext("How did the request come?"),
        choices=[
            SelectChoice(channel.value, words)
            for channel, words in CHANNELS.items()
            if channel is not RequestChannel.SITE
        ],
        validators=[DataRequired(lazy_gettext("Choose how it came."))],
    )
    received_on = DateField(
        lazy_gettext("Received on"),
        validators=[
            DataRequired(lazy_gettext("Choose the day on which the club received it.")),
            plausible_day,
        ],
    )
    identity_check = RadioField(
        lazy_gettext("How did you make sure who asks?"),
        choices=[SelectChoice(check.value, words) for check, words in IDENTITY_CHECKS.items()],
        validators=[
            DataRequired(
                lazy_gettext(
                    "Choose how you made sure. Without that nobody's data may be changed or erased."
                )
            )
        ],
    )

    def receipt(self, *, by: int) -> Receipt:
        return Receipt(
            RequestChannel(self.channel.data),
            IdentityCheck(self.identity_check.data),
            self.received_on.data,
            by=by,
        )


class DecisionForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason, or what was done"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write a reason; the person reads it.")),
            at_most(2000),
        ],
    )


class ErasureForm(ClubForm):
    sure = BooleanField(
        lazy_gettext("I have read what happens, and that it cannot be undone."),
        validators=[DataRequired(lazy_gettext("Confirm that you have read it."))],
    )
