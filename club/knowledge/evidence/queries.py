from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, and_, cast, literal, literal_column, select, union_all

from club.db import db
from club.knowledge.evidence.bands import UNKNOWN, places_of, size_band, years_of
from club.knowledge.evidence.choosing import PERIODS, CaseTraits
from club.knowledge.evidence.comparing import EvidenceRow
from club.knowledge.evidence.models import ArticleProblem, Problem
from club.knowledge.models import (
    Article,
    ArticleCourse,
    ArticleKind,
    ArticleTool,
    ArticleTopic,
    CaseStudy,
    Measure,
    Tool,
    Topic,
)
from club.knowledge.queries import CLEAREST_FIRST, LISTED, Rows
from club.knowledge.rows import CourseLink, ToolTag, figure_of
from club.search.models import SearchDocument
from club.units.models import Unit

#: Of the case, beside each of its figures.
_FACTS = (
    Article.slug,
    Article.title,
    Article.title_en,
    CaseStudy.organisation,
    CaseStudy.organisation_en,
    CaseStudy.sector,
    CaseStudy.country,
    CaseStudy.place,
    CaseStudy.year,
    CaseStudy.strength,
    CaseStudy.result_kind,
    CaseStudy.how_measured,
    CaseStudy.how_measured_en,
)


def case_traits() -> list[CaseTraits]:
    """Of all cases, those with the clearest figures first; two statements."""
    rows = db.session.execute(
        select(
            Article.id,
            Article.slug,
            CaseStudy.sector,
            CaseStudy.size,
            CaseStudy.place,
            CaseStudy.country,
            CaseStudy.year,
            CaseStudy.strength,
            CaseStudy.result_kind,
            CaseStudy.figure_shape,
            CaseStudy.unit_key,
        )
        .add_columns(Unit.name.label("unit_name"), Unit.name_en.label("unit_name_en"))
        .join(CaseStudy, CaseStudy.article_id == Article.id)
        .outerjoin(Unit, Unit.key == CaseStudy.unit_key)
        .where(LISTED)
        .order_by(*CLEAREST_FIRST)
    ).all()
    keys = _keys_of_cases()
    return [_traits(row, keys[row.id]) for row in rows]


def _traits(row: Any, keys: dict[str, set[str]]) -> CaseTraits:
    years, places = years_of(row.year), places_of(row.place, row.country)
    periods = [key for key, period in PERIODS.items() if years and years.meets(period)]
    return CaseTraits(
        id=row.id,
        slug=row.slug,
        years=years,
        places=places,
        units={row.unit_key: (row.unit_name, row.unit_name_en)} if row.unit_key else {},
        values={
            "sector": (row.sector,),
            "size": (size_band(row.size).value,),
            "tool": keys["tool"],
            "about": keys["about"],
            "place": tuple(places),
            "unit": (row.unit_key,) if row.unit_key else (),
            "period": periods or (UNKNOWN,),
            "strength": (row.strength.value,),
            "shape": (row.figure_shape.value,),
            "topic": keys["topic"],
            "result": (row.result_kind.value,),
        },
    )


def _keys_of_cases() -> dict[int, dict[str, set[str]]]:
    """The keys of each case's tools, topics and kinds of measures."""
    kinds: Rows = (
        select(Measure.article_id, literal_column("'about'"), cast(Measure.about, String))
        .select_from(Measure)
        .distinct()
    )
    tools: Rows = select(
        ArticleTool.article_id, literal_column("'tool'").label("facet"), Tool.key
    ).join(Tool)
    topics: Rows = select(ArticleTopic.article_id, literal_column("'topic'"), Topic.key).join(Topic)
    found: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for article_id, facet, key in db.session.execute(union_all(tools, topics, kinds)):
        found[article_id][facet].add(key)
    return found


def measures_of(article_ids: Sequence[int]) -> dict[int, list[Measure]]:
    """The figures of each of the cases, in its order."""
    query = (
        select(Measure)
        .where(Measure.article_id.in_(article_ids))
        .order_by(Measure.article_id, Measure.position)
    )
    found: dict[int, list[Measure]] = defaultdict(list)
    for measure in db.session.scalars(query):
        found[measure.article_id].append(measure)
    return found


def evidence_of(tool_key: str) -> list[EvidenceRow]:
    """Every figure of the cases that used the tool, those of the clearest cases first."""
    query = (
        select(*_FACTS, Article.sources, Measure)
        .join(CaseStudy, CaseStudy.article_id == Article.id)
        .join(Measure, Measure.article_id == Article.id)
        .join(ArticleTool, ArticleTool.article_id == Article.id)
        .join(Tool, Tool.id == ArticleTool.tool_id)
        .where(Tool.key == tool_key, LISTED)
        .order_by(*CLEAREST_FIRST, Measure.position)
    )
    return [_evidence_row(row) for row in db.session.execute(query)]


def _evidence_row(row: Any) -> EvidenceRow:
    facts = {column.key: getattr(row, column.key) for column in _FACTS}
    figure = figure_of(row.Measure)
    own = {
        "strength": figure.strength,
        "how_measured": figure.how_measured,
        "how_measured_en": figure.how_measured_en,
    }
    facts |= {name: value for name, value in own.items() if value}
    return EvidenceRow(
        about=row.Measure.about,
        figure=figure,
        source=row.sources[figure.source - 1] if figure.source else None,
        **facts,
    )


def tool_of_page(slug: str) -> ToolTag | None:
    """The tool that the page with this address is about."""
    query = (
        select(Tool.key, Tool.name, Tool.name_en, Article.slug)
        .join(ArticleTool, ArticleTool.tool_id == Tool.id)
        .join(Article, Article.id == ArticleTool.article_id)
        .where(
            Article.slug == slug,
            Article.kind == ArticleKind.TOOL,
            ArticleTool.position == 1,
            LISTED,
        )
    )
    row = db.session.execute(query).one_or_none()
    return ToolTag(*row) if row else None


def problems_in_order() -> list[Problem]:
    """Those that are offered to firms, and that texts are linked with."""
    query = select(Problem).where(Problem.retired.is_(False))
    return list(db.session.scalars(query.order_by(Problem.position, Problem.id)))


def texts_speaking_of(problem: Problem) -> set[int]:
    """The ids of the articles whose words speak of it."""
    query = select(ArticleProblem.article_id).where(ArticleProblem.problem_id == problem.id)
    return set(db.session.scalars(query))


def courses_of_tools(slugs: Sequence[str], *, language: str) -> list[tuple[str, CourseLink]]:
    """What the pages of these tools name as courses, with the address of the page that does."""
    known = and_(
        SearchDocument.ref == literal("course:") + ArticleCourse.course_code,
        SearchDocument.language == language,
    )
    query = (
        select(Article.slug, ArticleCourse.course_code, SearchDocument.title, SearchDocument.url)
        .join(Article, Article.id == ArticleCourse.article_id)
        .join(SearchDocument, known)
        .where(Article.slug.in_(slugs))
        .order_by(ArticleCourse.position, ArticleCourse.course_code)
    )
    return [(row[0], CourseLink(*row[1:])) for row in db.session.execute(query)]
