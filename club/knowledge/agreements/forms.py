from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import DateField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from club.files.accepting import type_on_paper
from club.files.forms import CarriedFileForm
from club.knowledge.agreements.labels import EXTENT_KEYS, EXTENT_WORDS, EXTENTS_BY_KEY
from club.knowledge.agreements.models import Extent
from club.knowledge.agreements.operations.asking import Whom
from club.knowledge.agreements.operations.recording import Firm, Withdrawal, Word
from club.knowledge.agreements.rules import EXTENTS, AgreementRefusal, less_than
from club.web.forms import ClubForm, at_most, one_line, paragraphs, plausible_day

_LONGEST_WORDS = 4_000
_NOTHING = "nothing"
_MISTAKE = "mistake"


def _line(label: LazyString) -> StringField:
    return StringField(label, filters=[one_line], validators=[at_most(200)])


def _prose(label: LazyString) -> TextAreaField:
    return TextAreaField(label, filters=[paragraphs], validators=[at_most(_LONGEST_WORDS)])


def _extents(label: LazyString) -> RadioField:
    return RadioField(
        label,
        choices=[SelectChoice(EXTENT_KEYS[one], EXTENT_WORDS[one]) for one in EXTENTS],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )


class RecordForm(CarriedFileForm):
    """What a firm agreed to elsewhere."""

    takes = staticmethod(type_on_paper)

    code = _line(lazy_gettext("Code of the firm on this site"))
    name = _line(lazy_gettext("Name of the firm, if it is not on this site"))
    extent = _extents(lazy_gettext("How it may be shown"))
    words = _prose(lazy_gettext("The agreement as it was given"))
    given_by = _line(lazy_gettext("Who gave it"))
    given_by_role = _line(lazy_gettext("What this person is in the firm"))
    given_on = DateField(
        lazy_gettext("Day of the agreement"),
        validators=[InputRequired(lazy_gettext(AgreementRefusal.NOT_YET.value)), plausible_day],
    )

    def validate_file(self, _field: object) -> None:
        """Not every agreement was given on paper."""

    @property
    def firm(self) -> Firm:
        return Firm(self.code.data, self.name.data)

    @property
    def word(self) -> Word:
        return Word(
            EXTENTS_BY_KEY[self.extent.data],
            self.words.data,
            self.given_on.data,
            self.given_by.data,
            self.given_by_role.data,
        )


class AskForm(ClubForm):
    """What a firm is asked that speaks on the site."""

    code = _line(lazy_gettext("Code of the firm on this site"))
    email = _line(lazy_gettext("Or the e-mail address of who speaks for it here"))
    extent = _extents(lazy_gettext("How it may be shown"))
    words = _prose(lazy_gettext("What you write to the firm"))

    @property
    def whom(self) -> Whom:
        return Whom(self.code.data, self.email.data)


class GiveForm(ClubForm):
    """What who speaks for a firm agrees to."""

    extent = _extents(lazy_gettext("How it may be shown"))
    words = _prose(lazy_gettext("The agreement in your words"))


class DeclineForm(ClubForm):
    reason = _prose(lazy_gettext("Reason"))


class WithdrawalForm(ClubForm):
    left = RadioField(
        lazy_gettext("What the firm still agrees to"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )
    reason = _prose(lazy_gettext("Reason"))

    def offer(self, extent: Extent) -> None:
        """What is less than this."""
        self.left.choices = [
            SelectChoice(_NOTHING, lazy_gettext("Nothing: the case is no longer shown")),
            *(SelectChoice(EXTENT_KEYS[one], EXTENT_WORDS[one]) for one in less_than(extent)),
        ]

    def offer_mistake(self) -> None:
        """To who records agreements for others."""
        words = lazy_gettext("It was recorded by mistake, and never given")
        self.left.choices = [*self.left.choices, SelectChoice(_MISTAKE, words)]

    @property
    def is_mistake(self) -> bool:
        return bool(self.left.data == _MISTAKE)

    @property
    def withdrawal(self) -> Withdrawal:
        return Withdrawal(self.reason.data, EXTENTS_BY_KEY.get(self.left.data))
