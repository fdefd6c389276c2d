"""Documents as pages show them: as they will be read, and two of them side by side."""

from markupsafe import Markup

from club.knowledge.article_rules import facts_in
from club.knowledge.editing import queries
from club.knowledge.editing.fact_words import fact_words
from club.knowledge.editing.side_by_side import Section, side_by_side
from club.knowledge.facts import Document
from club.knowledge.rendering import render


def documents_side_by_side(before: Document, after: Document) -> list[Section]:
    names = queries.topic_and_tool_names()
    return side_by_side(facts_in(before)[0], facts_in(after)[0], names)


def as_read(document: Document) -> dict[str, object]:
    """As readers would see it, drawn by the same renderer."""
    facts = facts_in(document)[0]
    return {
        "facts": facts,
        "rows": fact_words(facts, queries.topic_and_tool_names()),
        "text": Markup(render(facts.body, title=facts.title.vi).html),  # noqa: S704  made safe
        "english": Markup(  # noqa: S704  made safe
            render(facts.english or "", title=facts.title.en).html
        ),
    }
