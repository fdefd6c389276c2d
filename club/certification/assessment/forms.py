from collections.abc import Collection, Mapping, Sequence

from flask_babel import lazy_gettext
from wtforms import DateField, Field, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from club.accounts.models import Account
from club.certification.assessment.labels import CHOICES, OUTCOME_WORDS
from club.certification.assessment.models import AssessorTask, Choice, Finding
from club.certification.assessment.operations.deciding import Ruling
from club.certification.assessment.operations.judging import Found
from club.certification.assessment.rules import outcomes_of
from club.certification.candidacy import rules
from club.certification.candidacy.forms import RemarkForm
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.rules import Conflict
from club.certification.schemes.models import Requirement
from club.web.forms import ClubForm, at_most, paragraphs, plausible_day

YES, NO = "yes", "no"


class AskForm(ClubForm):
    assessor = SelectField(
        lazy_gettext("Assessor"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose an assessor."))],
    )
    due_on = DateField(
        lazy_gettext("To be judged by"),
        validators=[DataRequired(lazy_gettext("Choose a day.")), plausible_day],
    )

    def offer(
        self,
        accounts: Sequence[Account],
        conflicts: Mapping[int, Conflict | None],
        asked: Collection[int],
    ) -> None:
        """Who has a conflict of interest, or has been asked (by account), stands on the page with
        it, and not in here.
        """
        self.assessor.choices = [
            SelectChoice(str(one.id), one.person.full_name)
            for one in accounts
            if conflicts[one.id] is None and one.id not in asked
        ]


class TakeBackForm(RemarkForm):
    task = SelectField(
        lazy_gettext("Assessor"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose an assessor."))],
    )

    def offer(self, tasks: Sequence[AssessorTask]) -> None:
        self.task.choices = [
            SelectChoice(str(one.id), one.assessor.person.full_name) for one in tasks
        ]


class FindingsForm(ClubForm):
    """One choice and one note for each requirement that the task is about."""

    @classmethod
    def about(
        cls, requirements: Sequence[Requirement], holding: Mapping[int, Finding]
    ) -> "FindingsForm":
        """``holding``: what was found so far, by requirement."""
        fields: dict[str, object] = {}
        for one in requirements:
            before = holding.get(one.id)
            fields[f"finding_{one.id}"] = RadioField(
                lazy_gettext("Fulfilled?"),
                choices=[
                    SelectChoice(YES, lazy_gettext("Fulfilled")),
                    SelectChoice(NO, lazy_gettext("Not fulfilled")),
                ],
                default=(YES if before.fulfilled else NO) if before else None,
                validators=[Optional()],
            )
            fields[f"note_{one.id}"] = TextAreaField(
                lazy_gettext("Note"),
                default=before.note if before else None,
                filters=[paragraphs],
                validators=[Optional(), at_most(rules.LONGEST_WORDS)],
            )
        form = type("FindingsOfTask", (cls,), fields)()
        form.requirements = requirements
        return form  # type: ignore[no-any-return]

    requirements: Sequence[Requirement] = ()

    def pairs(self) -> list[tuple[Requirement, Field, Field]]:
        return [
            (one, self[f"finding_{one.id}"], self[f"note_{one.id}"]) for one in self.requirements
        ]

    def found(self) -> list[Found]:
        """What was chosen; a note alone is kept once there is a choice."""
        return [
            Found(one.id, choice.data == YES, note.data or None)
            for one, choice, note in self.pairs()
            if choice.data
        ]


class DecisionForm(RemarkForm):
    outcome = RadioField(
        lazy_gettext("Decision"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )

    def offer(self, candidate: Candidate) -> None:
        """What can be decided about a candidacy as it stands; whether it can, the rule says."""
        outcomes = outcomes_of(candidate.state, candidate.level.version.deciding)
        self.outcome.choices = [
            SelectChoice(outcome.value, OUTCOME_WORDS[outcome])
            for outcome in outcomes or OUTCOME_WORDS
        ]

    def ruling(self) -> Ruling:
        return Ruling(CandidateState(self.outcome.data), self.remark.data or None)


class VoteForm(RemarkForm):
    choice = RadioField(
        lazy_gettext("Is the level reached?"),
        choices=[SelectChoice(choice.value, CHOICES[choice]) for choice in Choice],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )
