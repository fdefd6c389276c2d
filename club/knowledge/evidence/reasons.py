"""Why one text stands beside another, in the reader's words."""

from collections.abc import Sequence

from flask_babel import gettext

from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.labels import LABELS
from club.knowledge.evidence.relating import Shared
from club.people.sectors import sector_name
from club.web.language import said

#: More of one kind would be a list to read in itself; names of other things hold commas.
_MOST_TOOLS = 2


def reason_for(shared: Sequence[Shared]) -> str:
    """``Cùng dùng TPM, cùng ngành dệt``: a topic only where there is nothing else."""
    tools, sectors, problems, kinds, topics = (
        _names(shared, what) for what in ("tool", "sector", "problem", "about", "topic")
    )
    parts = [
        gettext("both with %(tools)s", tools=tools) if tools else "",
        gettext("the same sector: %(sector)s", sector=mid_sentence(sectors)) if sectors else "",
        gettext("the same trouble: %(trouble)s", trouble=mid_sentence(problems))
        if problems
        else "",
        gettext("both measured: %(kinds)s", kinds=mid_sentence(kinds)) if kinds else "",
    ]
    reason = "; ".join(part for part in parts if part)
    return _great(reason or gettext("both about %(topics)s", topics=mid_sentence(topics)))


def _names(shared: Sequence[Shared], what: str) -> str:
    most = _MOST_TOOLS if what == "tool" else 1
    return ", ".join([_name(one) for one in shared if one.what == what][:most])


def _name(one: Shared) -> str:
    if one.what == "sector":
        return sector_name(one.key)
    if one.what == "about":
        return str(LABELS[MeasureKind(one.key)])
    return said(one.name, one.name_en) or one.key


def mid_sentence(text: str) -> str:
    """``OEE`` and the like keep their letters."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _great(text: str) -> str:
    return text[:1].upper() + text[1:]
