"""What stands for the keys of experts' fields, in the reader's language."""

from collections.abc import Mapping
from datetime import date

from flask_babel import get_locale

from club.certification.register.models import FieldKind
from club.knowledge import queries as knowledge
from club.people.sectors import SECTORS
from club.units.queries import wards_on
from club.vietnamese import text_sort_key
from club.web.language import said

#: Those in which firms around here work; Vietnamese first, then by name.
LANGUAGES = ("vi", "en", "zh", "ko", "ja", "de", "fr", "th")

#: By kind, the words for each key, in the order in which they are offered.
FieldWords = Mapping[FieldKind, Mapping[str, str]]


def field_words(*, on: date) -> FieldWords:
    """All that can be chosen on the day. A ward that is no more is not among them."""
    tools = {key: said(tool.name, tool.name_en) for key, tool in knowledge.tool_names().items()}
    spoken = get_locale().languages
    return {
        FieldKind.TOOL: dict(sorted(tools.items(), key=lambda one: text_sort_key(one[1]))),
        FieldKind.TOPIC: {
            topic.key: said(topic.name, topic.name_en) for topic in knowledge.topics_in_order()
        },
        FieldKind.SECTOR: {key: str(name) for key, name in SECTORS.items()},
        FieldKind.LANGUAGE: {key: _begun(spoken[key]) for key in LANGUAGES},
        FieldKind.WARD: {unit.key: said(unit.name, unit.name_en) for unit in wards_on(on)},
    }


def _begun(word: str) -> str:
    return word[:1].upper() + word[1:]
