"""What a candidate says of a project, and what those who judge it say is the same one."""

from collections.abc import Iterable, Sequence

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from club import clock
from club.certification.candidacy.forms import UseForm
from club.certification.candidacy.labels import PHASES
from club.certification.candidacy.models import Evidence, ProjectPhase
from club.certification.candidacy.projects import (
    ProjectFacts,
    ProjectRefusal,
    problems_of_project,
    project_terms,
)
from club.certification.schemes.models import Requirement
from club.pilots.forms import FiguresForm
from club.pilots.models import PilotProject
from club.web.forms import ClubForm, Verdict

_NONE_OF_THEM = ""
_FIGURES = ("name", "unit", "before", "before_on", "after", "after_on")


class SameProjectForm(ClubForm):
    """Which pilot project a paper is about."""

    pilot = SelectField(
        lazy_gettext("Pilot project of the plan"), choices=[], validators=[Optional()]
    )

    def offer_pilots(self, pilots: Iterable[PilotProject]) -> None:
        """``pilots``: on whose list the person stands."""
        self.pilots = {str(one.public_id): one for one in pilots}
        self.pilot.choices = [
            SelectChoice(_NONE_OF_THEM, lazy_gettext("It is none of them")),
            *(
                SelectChoice(key, f"{one.title} ({one.organisation.name})")
                for key, one in self.pilots.items()
            ),
        ]

    def pilot_id(self) -> int | None:
        chosen = self.pilots.get(self.pilot.data or _NONE_OF_THEM)
        return chosen.id if chosen else None


class ProjectUseForm(UseForm, FiguresForm, SameProjectForm):
    """A paper about one improvement project. Where the scheme asks for no figures, there may be
    some all the same: all of them, or none.
    """

    phase = RadioField(
        lazy_gettext("How far the project has come"),
        choices=[SelectChoice(phase.value, PHASES[phase]) for phase in ProjectPhase],
        validators=[InputRequired(lazy_gettext(ProjectRefusal.PHASE_MISSING.value))],
    )

    def offer(self, requirement: Requirement, papers: Sequence[Evidence]) -> None:
        super().offer(requirement, papers)
        terms = project_terms(requirement)
        assert terms
        self.terms = terms
        if terms.framework is None:
            self.phase.validators = [Optional()]
        if not terms.measured and not self.has_figures:
            for name in _FIGURES:
                self[name].validators, self[name].flags.optional = [Optional()], True

    @property
    def has_figures(self) -> bool:
        return any("".join(map(str, self[name].raw_data or ())).strip() for name in _FIGURES)

    def verdicts(self) -> Iterable[Verdict]:
        yield from super().verdicts()
        if not any(self[name].errors for name in (*_FIGURES, "phase", "pilot")):
            yield from problems_of_project(
                self.terms,
                self.project_facts(),
                own_pilots={one.id for one in self.pilots.values()},
                today=clock.today(),
            )

    def project_facts(self) -> ProjectFacts:
        phase = ProjectPhase(self.phase.data) if self.phase.data else None
        return ProjectFacts(phase, self.figures if self.has_figures else None, self.pilot_id())
