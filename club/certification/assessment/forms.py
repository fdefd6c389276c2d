from collections.abc import Collection, Mapping, Sequence

from flask_babel import lazy_gettext
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from club.accounts.models import Account
from club.certification.assessment.labels import CHOICES, OUTCOME_WORDS
from club.certification.assessment.models import AssessorTask, Choice, Finding
from club.certification.assessment.operations.deciding import Ruling
from club.certification.assessment.operations.judging import NewFinding
from club.certification.assessment.rules import outcomes_of
from club.certification.assessment.scores import Sitting, asks_score
from club.certification.candidacy import rules
from club.certification.candidacy.forms import RemarkForm
from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.rules import Conflict
from club.certification.schemes.models import Requirement
from club.web.forms import ClubForm, FigureField, at_most, paragraphs, plausible_day

YES, NO = "yes", "no"
#: The parts of a ``Sitting``, by the beginning of the name of each field.
_SITTING = ("score", "sat_on", "attempt")


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
        cls,
        requirements: Sequence[Requirement],
        holding: Mapping[int, Finding],
        attempts: Mapping[int, int],
    ) -> "FindingsForm":
        """``holding``: what was found so far; ``attempts``: how many there were in rounds before,
        both by requirement.
        """
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
            if asks_score(one):
                fields |= _score_fields(one.id, before, attempts.get(one.id, 0))
        form = type("FindingsOfTask", (cls,), fields)()
        form.requirements = requirements
        return form  # type: ignore[no-any-return]

    requirements: Sequence[Requirement] = ()

    def pairs(self) -> list[tuple[Requirement, Field, Field]]:
        return [
            (one, self[f"finding_{one.id}"], self[f"note_{one.id}"]) for one in self.requirements
        ]

    def score_of(self, requirement: Requirement) -> list[Field]:
        """Score, day and attempt, where the requirement has a score."""
        names = [f"{part}_{requirement.id}" for part in _SITTING]
        return [self[name] for name in names if name in self]

    def _sitting(self, requirement: Requirement) -> Sitting | None:
        fields = self.score_of(requirement)
        return Sitting(*(field.data for field in fields)) if fields else None

    def found(self) -> list[NewFinding]:
        """What was chosen; a note alone is kept once there is a choice."""
        return [
            NewFinding(one.id, choice.data == YES, note.data or None, self._sitting(one))
            for one, choice, note in self.pairs()
            if choice.data
        ]


def _score_fields(number: int, before: Finding | None, attempts: int) -> dict[str, object]:
    return {
        f"score_{number}": FigureField(
            lazy_gettext("Score"), default=before.score if before else None
        ),
        f"sat_on_{number}": DateField(
            lazy_gettext("Held on"),
            default=before.sat_on if before else None,
            validators=[Optional(), plausible_day],
        ),
        f"attempt_{number}": IntegerField(
            lazy_gettext("Which attempt"),
            default=(before.attempt if before else None) or attempts + 1,
            validators=[Optional()],
        ),
    }


class _OfARound(RemarkForm):
    #: The mark of the round as the page shows it.
    seen = HiddenField()


class DecisionForm(_OfARound):
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
        return Ruling(
            CandidateState(self.outcome.data), self.remark.data or None, self.seen.data or None
        )


class VoteForm(_OfARound):
    choice = RadioField(
        lazy_gettext("Is the level reached?"),
        choices=[SelectChoice(choice.value, CHOICES[choice]) for choice in Choice],
        validators=[InputRequired(lazy_gettext("Choose one of these."))],
    )
