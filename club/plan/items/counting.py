"""What the site's own rows say for lines of the plan, counted when the page is asked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ScalarSelect, Select, extract, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from club.certification.counting import valid_experts_on_days
from club.certification.helping.models import HelpRequest
from club.courses.models import Course, Run
from club.courses.models.runs import RunState
from club.db import db
from club.indicators.models import Calculator, Indicator, Observation
from club.knowledge.evidence.models import Problem
from club.knowledge.library.models import Document
from club.knowledge.models import Article, ArticleKind
from club.knowledge.questions.models import MemberQuestion, QuestionState
from club.membership.models import Membership
from club.membership.queries import membership_holds_on
from club.people.models import AudienceKind
from club.pilots.queries import pilot_firms_on
from club.records.models import TrainingRecord
from club.web.cache import kept_for_all

#: Of so few people outsiders are not told how many they are; as in the figures of trainees.
SMALLEST_SHOWN = 5


class Counted(StrEnum):
    CLASSES = "classes"
    COURSES = "courses"
    #: Turns; the people among them stand beside.
    TRAINEES = "trainees"
    AGENCY_TRAINEES = "agency_trainees"
    CASES = "cases"
    TOOLS = "tools"
    TEXTS = "texts"
    DOCUMENTS = "documents"
    PROBLEMS = "problems"
    INDICATORS = "indicators"
    VALUES = "values"
    CALCULATORS = "calculators"
    PILOTS = "pilots"
    EXPERTS = "experts"
    MEMBERS = "members"
    MEMBER_FIRMS = "member_firms"
    QUESTIONS = "questions"
    HELP_REQUESTS = "help_requests"


@dataclass(frozen=True)
class Figure:
    source: Counted
    value: int
    #: Distinct people, where ``value`` counts turns.
    people: int | None = None
    #: So few people stand behind it that outsiders are told no number.
    is_few: bool = False
    #: Outsiders are told no number: of few, or of what would follow from it and the public tables
    #: of each year.
    is_hidden: bool = False


def figures_on(day: date) -> dict[Counted, Figure]:
    """Everything that lines of the plan are answered with, at most some seconds old; as many
    statements on any day.
    """
    found: dict[str, int] = kept_for_all(f"plan figures {day}", lambda: _found(day))
    values = {source: found[source.value] for source in Counted if source.value in found}
    values |= {
        Counted.PILOTS: pilot_firms_on(day),
        Counted.EXPERTS: valid_experts_on_days([day])[day],
    }
    few = _of_few(found)
    hidden = few | _telling(found)
    return {
        source: Figure(
            source, value, found.get(f"{source.value}_people"), source in few, source in hidden
        )
        for source, value in values.items()
    }


def _found(day: date) -> dict[str, int]:
    columns = _columns(day)
    row = db.session.execute(select(*(query.label(name) for name, query in columns.items()))).one()
    return row._asdict()


def _of_few(found: dict[str, int]) -> set[Counted]:
    behind = {
        Counted.TRAINEES: found["trainees_people"],
        Counted.AGENCY_TRAINEES: found["agency_trainees_people"],
        Counted.MEMBERS: found["members"],
        Counted.HELP_REQUESTS: found["help_requests"],
    }
    return {source for source, number in behind.items() if 0 < number < SMALLEST_SHOWN}


def _telling(found: dict[str, int]) -> set[Counted]:
    """Figures of all years that would tell of few people: public tables hide a year of few, and
    join a group of few with another, so that the rest of this sum would be what they hide.
    """
    years = {
        Counted.TRAINEES: found["years_of_few"],
        Counted.AGENCY_TRAINEES: found["groups_of_few"],
    }
    return {source for source, number in years.items() if number}


def _columns(day: date) -> dict[str, ScalarSelect[int]]:
    turns, members = _turns(), membership_holds_on(day)
    agency = turns.where(TrainingRecord.audience == AudienceKind.STATE_AGENCY)
    people = func.count(TrainingRecord.person_id.distinct())
    shown = select(func.count(Article.id)).where(Article.retired_at.is_(None))
    held = select(func.count(Membership.id)).where(members)
    counted = {
        "trainees": turns,
        "trainees_people": turns.with_only_columns(people),
        "years_of_few": _times_of_few(),
        "groups_of_few": _times_of_few(TrainingRecord.audience),
        "agency_trainees": agency,
        "agency_trainees_people": agency.with_only_columns(people),
        "classes": select(func.count(Run.id)).where(Run.state == RunState.CLOSED),
        "courses": select(func.count(Course.id)).where(Course.retired_on.is_(None)),
        "cases": shown.where(Article.kind == ArticleKind.CASE),
        "tools": shown.where(Article.kind == ArticleKind.TOOL),
        "texts": shown.where(Article.kind == ArticleKind.ARTICLE),
        "documents": select(func.count(Document.id)).where(Document.retired_at.is_(None)),
        "problems": select(func.count(Problem.id)),
        "indicators": select(func.count(Indicator.id)),
        "values": select(func.count(Observation.id)).where(Observation.replaced_at.is_(None)),
        "calculators": select(func.count(Calculator.id)),
        "members": held.where(Membership.person_id.is_not(None)),
        "member_firms": held.where(Membership.organisation_id.is_not(None)),
        "questions": select(func.count(MemberQuestion.id)).where(
            MemberQuestion.state == QuestionState.PUBLISHED
        ),
        "help_requests": select(func.count(HelpRequest.id)),
    }
    return {name: query.scalar_subquery() for name, query in counted.items()}


def _turns() -> Select[int]:
    return select(func.count(TrainingRecord.id)).where(
        TrainingRecord.counts, TrainingRecord.superseded_at.is_(None)
    )


def _times_of_few(*beside: InstrumentedAttribute[AudienceKind]) -> Select[int]:
    """In how many years, or groups of one, fewer people counted than outsiders are told of."""
    people = func.count(TrainingRecord.person_id.distinct())
    cells = (
        _turns()
        .with_only_columns(literal(1))
        .group_by(extract("year", TrainingRecord.day), *beside)
        .having(people < SMALLEST_SHOWN)
    )
    return select(func.count()).select_from(cells.subquery())
