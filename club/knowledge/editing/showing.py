"""Documents as pages show them: as they will be read, and two of them side by side."""

from collections.abc import Iterable

from flask_babel import gettext
from markupsafe import Markup

from club.knowledge.article_rules import facts_in
from club.knowledge.editing import queries
from club.knowledge.editing.fact_words import FactWords, fact_words
from club.knowledge.editing.side_by_side import side_by_side
from club.knowledge.facts import Document
from club.knowledge.rendering import render
from club.web.comparing import Section


def documents_side_by_side(before: Document, after: Document) -> list[Section]:
    names = queries.topic_and_tool_names()
    return side_by_side(facts_in(before)[0], facts_in(after)[0], names)


def in_words(documents: Iterable[Document]) -> list[list[FactWords]]:
    """The facts of each, all but its texts."""
    given = [facts_in(one)[0] for one in documents]
    names = queries.topic_and_tool_names() if given else {}
    return [fact_words(one, names) for one in given]


def as_read(document: Document) -> dict[str, object]:
    """As readers would see it, drawn by the same renderer."""
    facts = facts_in(document)[0]
    rows = fact_words(facts, queries.topic_and_tool_names())
    return {
        "facts": facts,
        "rows": [row for row in rows if row.name not in _unsaid(document)],
        "text": Markup(render(facts.body, title=facts.title.vi).html),  # noqa: S704  made safe
        "english": Markup(  # noqa: S704  made safe
            render(facts.english or "", title=facts.title.en, beside="en").html
        ),
    }


def _unsaid(document: Document) -> set[str]:
    """Names of what nobody has chosen yet: facts without a choice have the first one there is."""
    choices = {
        "result_kind": gettext("Where the result comes from"),
        "strength": gettext("Strength of the evidence"),
    }
    return {name for key, name in choices.items() if not document.get(key)}
