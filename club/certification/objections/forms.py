from collections.abc import Iterable

from flask_babel import lazy_gettext, lazy_pgettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from club.accounts.forms import AddressForm
from club.certification.candidacy.rules import LONGEST_TITLE, LONGEST_WORDS
from club.certification.objections.labels import ABOUT, OUTCOMES, REMEDIES
from club.certification.objections.models import ComplaintAbout, ComplaintState, Remedy
from club.certification.objections.operations.appealing import Objection
from club.certification.objections.operations.complaining import Grievance
from club.certification.objections.operations.deciding import Ruling
from club.certification.objections.operations.handling import Question
from club.files.accepting import type_of_document
from club.files.forms import CarriedFileForm, FileForm
from club.people.rules.names import name_problem
from club.web.forms import ClubForm, Verdict, at_most, one_line, paragraphs, plausible_day

#: What an appeal or a complaint may say: it has to be read, and answered.
LONGEST_OBJECTION = 2 * LONGEST_WORDS
REFUSE = "refuse"


class AppealForm(CarriedFileForm):
    takes = staticmethod(type_of_document)
    words = TextAreaField(
        lazy_gettext("Why you do not accept the decision"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write why: whoever decides goes by it.")),
            at_most(LONGEST_OBJECTION),
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

    takes = staticmethod(type_of_document)


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


class ComplaintForm(ClubForm):
    about = RadioField(
        lazy_gettext("What the complaint is about"),
        choices=[SelectChoice(one.value, ABOUT[one]) for one in ComplaintAbout],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )
    named = StringField(
        lazy_gettext("Whom or what exactly"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write a name, a scheme, or the number of a certificate.")),
            at_most(LONGEST_TITLE),
        ],
    )
    words = TextAreaField(
        lazy_gettext("What happened there"),
        filters=[paragraphs],
        validators=[
            DataRequired(lazy_gettext("Write what happened, and when.")),
            at_most(LONGEST_OBJECTION),
        ],
    )
    wish = TextAreaField(
        lazy_gettext("What you ask for"),
        filters=[paragraphs],
        validators=[Optional(), at_most(LONGEST_WORDS)],
    )
    keeps_name_back = BooleanField(
        lazy_gettext("Whom it is about is not to know that it comes from me")
    )

    def grievance(self) -> Grievance:
        return Grievance(
            ComplaintAbout(self.about.data),
            self.named.data,
            self.words.data,
            self.wish.data,
            keeps_name_back=bool(self.keeps_name_back.data),
        )


class VisitorComplaintForm(ComplaintForm, AddressForm):
    """Of somebody without an account: the address is confirmed by a letter."""

    full_name = StringField(
        lazy_gettext("Full name"),
        filters=[one_line],
        validators=[
            DataRequired(lazy_gettext("Write your full name.")),
            at_most(LONGEST_TITLE),
        ],
    )

    def verdicts(self) -> Iterable[Verdict]:
        if self.sound("full_name") and (unfit := name_problem(self.full_name.data)):
            yield unfit, "full_name"


class HearingForm(ClubForm):
    """Whom a complaint is about, and what the person is to answer."""

    person = HiddenField()
    put = TextAreaField(
        lazy_gettext("What the person reads and is to answer"),
        filters=[paragraphs],
        validators=[at_most(LONGEST_OBJECTION)],
    )
    answer_by = DateField(
        lazy_gettext("To be answered by"),
        validators=[DataRequired(lazy_gettext("Choose a day.")), plausible_day],
    )

    def question(self, person_id: int) -> Question:
        return Question(person_id, self.put.data, self.answer_by.data)


class AnswerForm(ClubForm):
    words = TextAreaField(
        lazy_pgettext("objection", "Your answer"),
        filters=[paragraphs],
        validators=[at_most(LONGEST_OBJECTION)],
    )


class OutcomeForm(TakeBackForm):
    outcome = RadioField(
        lazy_gettext("What was found"),
        choices=[
            SelectChoice(state.value, OUTCOMES[state])
            for state in ComplaintState
            if state.is_outcome
        ],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )

    def state(self) -> ComplaintState:
        return ComplaintState(self.outcome.data)
