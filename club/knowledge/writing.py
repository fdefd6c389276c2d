"""Puts what a text says into an article's row and the rows that belong to it."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from club.files.fields import Said
from club.knowledge.evidence.queries import problems_in_order
from club.knowledge.facts import ArticleFacts, CaseFacts, MeasureFacts, document_of_measure
from club.knowledge.models import (
    Article,
    ArticleCourse,
    ArticleTool,
    ArticleTopic,
    CaseStudy,
    Measure,
    Tool,
    Topic,
)
from club.knowledge.rendering import VERSION, render

_WORDS_A_MINUTE = 220


class Library:
    """What texts may name, looked up once in a transaction however many are written in it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.topics = _ids(session, Topic)
        self.tools = _ids(session, Tool)
        self.problems = problems_in_order()


def describe(library: Library, article: Article, facts: ArticleFacts) -> Said:
    """The article's text and facts become those given; returns its texts' bare words.

    Part of the caller's transaction.
    """
    rendered = render(facts.body, title=facts.title.vi)
    english = render(facts.english, title=facts.title.en, beside="en") if facts.english else None
    article.kind = facts.kind
    article.title, article.title_en = facts.title
    article.summary, article.summary_en = facts.summary
    article.body, article.body_html = facts.body, rendered.html
    article.body_en, article.body_en_html = facts.english, english.html if english else None
    article.reading_minutes = minutes_to_read(rendered.text)
    article.rendering = VERSION
    article.sources = facts.sources
    _clear(library.session, article)
    article.topic_links = [ArticleTopic(topic_id=library.topics[key]) for key in facts.topics]
    article.tool_links = [
        ArticleTool(tool_id=library.tools[key], position=place)
        for place, key in enumerate(facts.tools, start=1)
    ]
    article.course_links = [
        ArticleCourse(course_code=code, position=place)
        for place, code in enumerate(facts.courses, start=1)
    ]
    if facts.case:
        article.case = _case_study(facts.case)
        article.measures = [
            _measure(one, place) for place, one in enumerate(facts.case.measures, start=1)
        ]
    return Said(rendered.text, english.text if english else "")


def minutes_to_read(words: str) -> int:
    return max(1, round(len(words.split()) / _WORDS_A_MINUTE))


def _clear(session: Session, article: Article) -> None:
    """What belongs to the article goes first: new rows take the same places."""
    if article in session:
        article.case = None
        article.measures = []
        article.topic_links, article.tool_links, article.course_links = [], [], []
        session.flush()


def _ids(session: Session, model: type[Topic] | type[Tool]) -> dict[str, int]:
    return {row.key: row.id for row in session.execute(select(model.key, model.id))}


def _both(name: str, said: Said | None) -> dict[str, Any]:
    return {name: said.vi if said else None, f"{name}_en": said.en if said else None}


def _case_study(facts: CaseFacts) -> CaseStudy:
    return CaseStudy(
        organisation=facts.organisation,
        organisation_en=facts.organisation_en,
        name_unconfirmed=facts.name_unconfirmed,
        country=facts.country,
        place=facts.place,
        unit_key=facts.unit,
        sector=facts.sector,
        year=facts.year,
        result_kind=facts.result_kind,
        strength=facts.strength,
        figure_shape=facts.shape,
        exact_pairs=facts.exact_pairs,
        unknown=facts.unknown,
        unknown_en=facts.unknown_en,
        **_both("size", facts.size),
        **_both("duration", facts.duration),
        **_both("cost", facts.cost),
        **_both("programme", facts.programme),
        **_both("problem", facts.problem),
        **_both("how_measured", facts.how_measured),
    )


def _measure(facts: MeasureFacts, position: int) -> Measure:
    return Measure(
        position=position,
        about=facts.about,
        before_text=facts.before_text,
        after_text=facts.after_text,
        before_number=facts.before if isinstance(facts.before, int | float) else None,
        after_number=facts.after if isinstance(facts.after, int | float) else None,
        direction=facts.direction,
        **_both("metric", facts.metric),
        **_both("unit", facts.unit),
        **_both("change", facts.change),
        **_both("period", facts.period),
        **_both("note", facts.note),
        own_strength=facts.strength,
        source=facts.source,
        conflicts=document_of_measure(facts).get("conflicts", []),
        **_both("how_measured", facts.how_measured),
    )
