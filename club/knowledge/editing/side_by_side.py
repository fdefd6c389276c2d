"""Two states of a text side by side, under headings, in the reader's language."""

from flask_babel import gettext

from club.knowledge.editing.fact_words import Names, fact_words
from club.knowledge.facts import ArticleFacts
from club.web.comparing import Section, compared, compared_lines


def side_by_side(before: ArticleFacts, after: ArticleFacts, names: Names) -> list[Section]:
    """Only what differs; nothing where both say the same."""
    sections = [
        *_facts(before, after, names),
        Section(gettext("Text"), compared(before.body, after.body)),
        Section(
            gettext("Short version in English"), compared(before.english or "", after.english or "")
        ),
    ]
    return [section for section in sections if section.comparison]


def _facts(before: ArticleFacts, after: ArticleFacts, names: Names) -> list[Section]:
    left = {row.name: row.lines for row in fact_words(before, names)}
    right = {row.name: row.lines for row in fact_words(after, names)}
    return [
        Section(name, compared_lines(left.get(name, ()), right.get(name, ())))
        for name in dict.fromkeys([*left, *right])
    ]
