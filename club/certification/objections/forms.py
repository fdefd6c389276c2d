from collections.abc import Iterable

from flask_babel import lazy_gettext
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from club.certification.candidacy.rules import LONGEST_WORDS
from club.certification.objections.labels import REMEDIES
from club.certification.objections.models import Remedy
from club.certification.objections.operations.appealing import Objection
from club.certification.objections.operations.deciding import Ruling
from club.files.forms import CarriedFileForm, FileForm
from club.web.forms import ClubForm, at_most, paragraphs

#: What an appeal may say: it has to be read, and answered.
LONGEST_APPEAL = 2 * LONGEST_WORDS
REFUSE = "refuse"


class AppealForm(CarriedFileForm):
    words = TextAreaField(
        lazy_gettext("Why you do not accept the decision"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write why: whoever decides goes by it.")),
            at_most(LONGEST_APPEAL),
        ],
    )
    wish = TextAreaField(
        lazy_gettext("What you ask for"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write what should happen instead.")),
            at_most(LONGEST_WORDS),
        ],
    )

    def validate_file(self, _field: object) -> None:
        """An appeal needs no paper."""

    def objection(self) -> Objection:
        return Objection(self.words.data, self.wish.data)


class PaperForm(FileForm):
    """One more paper for an appeal."""


class TakeBackForm(ClubForm):
    reason = TextAreaField(
        lazy_gettext("Reason"), filters=[paragraphs], validators=[at_most(LONGEST_WORDS)]
    )


class ExtensionForm(TakeBackForm):
    """Why it takes longer; the operation says that it is needed."""


class RulingForm(TakeBackForm):
    outcome = RadioField(
        lazy_gettext("Decision"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )

    def offer(self, remedies: Iterable[Remedy]) -> None:
        self.outcome.choices = [
            *(SelectChoice(remedy.value, REMEDIES[remedy]) for remedy in remedies),
            SelectChoice(REFUSE, lazy_gettext("Turn it down: the decision stands")),
        ]

    def ruling(self) -> Ruling:
        chosen = self.outcome.data
        return Ruling(None if chosen == REFUSE else Remedy(chosen), self.reason.data)
