"""What stands beside the figures of a frozen report, and what the records say of it today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from club.statistics.reports.beside.reasons import Reason, reasons_of_holders, reasons_since
from club.statistics.reports.beside.tables import part_of
from club.statistics.reports.beside.telling import Content, Part

#: By part, what of a row is told when it changes; the first also of a row that is new or gone.
_TOLD = {
    Part.TARGETS: ("value", "wanted", "state", "source"),
    Part.EXPERTS: ("standing", "issued_on", "expires_on", "supported", "holder"),
    Part.PILOTS: ("outcome", "size", "started_on", "ended_on", "counts"),
    Part.ELSEWHERE: ("turns", "hours", "unit", "topic", "audience", "from", "to", "source"),
}
#: What changes without anything being done to the row: whose it is, by putting two people together.
_HOLDER = "holder"
#: So much of a code tells rows of one report apart.
_SHORT = 8


@dataclass(frozen=True)
class BesideDifference:
    """One value that is not as it was frozen."""

    part: Part
    #: The name of the part, in both languages.
    of: Mapping[str, str]
    #: Which row, by a name in both languages or a code; ``None``: a total of the part.
    row: Mapping[str, str] | str | None
    figure: str
    #: A number, a text, a day, a flag, or a word in both languages; ``None``: nothing.
    frozen: Any
    today: Any
    #: What somebody wrote down as the reason.
    reason: Reason | None = None


def differences_beside(
    frozen: Content, today: Content, *, frozen_at: datetime
) -> list[BesideDifference]:
    """The totals of a part first. Nothing where the report is of a form that had none of it."""
    found: list[BesideDifference] = []
    for part in Part:
        before, after = part_of(frozen, part), part_of(today, part)
        if before and after:
            found += _totals(part, before, after)
            found += _rows(part, before, after, frozen_at)
    return found


def _totals(part: Part, before: Content, after: Content) -> Iterator[BesideDifference]:
    for figure, then in before["totals"].items():
        now = after["totals"][figure]
        if then != now:
            yield BesideDifference(part, before["name"], None, figure, then, now)


def _rows(
    part: Part, before: Content, after: Content, frozen_at: datetime
) -> Iterator[BesideDifference]:
    old, new = ({row["code"]: row for row in told["rows"]} for told in (before, after))
    moved = [code for code in old | new if old.get(code) != new.get(code)]
    reasons = reasons_since(frozen_at, part=part, codes=moved)
    in_both = [code for code in moved if code in old and code in new]
    others = [code for code in in_both if old[code].get(_HOLDER) != new[code].get(_HOLDER)]
    of_holders = reasons_of_holders(frozen_at, codes=others)
    for code in moved:
        then, now = old.get(code), new.get(code)
        for figure in _TOLD[part] if then and now else _TOLD[part][:1]:
            values = [row[figure] if row else None for row in (then, now)]
            if _key(values[0]) != _key(values[1]):
                yield BesideDifference(
                    part,
                    before["name"],
                    _name(part, then or new[code]),
                    figure,
                    frozen=_shown(figure, values[0]),
                    today=_shown(figure, values[1]),
                    reason=(of_holders if figure == _HOLDER else reasons).get(code),
                )


def _shown(figure: str, value: Any) -> Any:
    if figure == _HOLDER:
        return value[:_SHORT]
    return value["name"] if isinstance(value, dict) else value


def _key(value: Any) -> Any:
    """A name that reads otherwise today is no difference."""
    return value["key"] if isinstance(value, dict) else value


def _name(part: Part, row: Content) -> Mapping[str, str] | str:
    names: Mapping[Part, Mapping[str, str] | str] = {
        Part.TARGETS: row.get("name", ""),
        Part.ELSEWHERE: row.get("unit", {}).get("name", ""),
    }
    return names.get(part, row["code"][:_SHORT])
