"""Holding the rows of a list against each other: contradictions, and who is who. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from club.records.earlier.columns import ABOUT, FORMS, FUNDINGS, Column
from club.records.earlier.entries import Entry, Mistake, PastClass, RowRefusal
from club.records.on_paper import written_hours


def mistakes_between(entries: Sequence[Entry]) -> list[Mistake]:
    """Rows that contradict each other: the first is taken to be right."""
    found: list[Mistake] = []
    classes: dict[PastClass, Entry] = {}
    addresses: dict[str, Entry] = {}
    present: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        first = classes.setdefault(entry.of_class, entry)
        found += _contradictions(entry, first)
        if entry.email:
            holder = addresses.setdefault(entry.email, entry)
            if holder.name_key != entry.name_key:
                found.append(
                    _between(entry, Column.EMAIL, RowRefusal.ADDRESS_TAKEN, holder, entry.email)
                )
        keys = [(entry.of_class, entry.name_key, one) for one in _contacts(entry)]
        other = next((present[key] for key in keys if key in present), None)
        if other is not None:
            found.append(_between(entry, Column.NAME, RowRefusal.TWICE, other, entry.full_name))
        for key in keys:
            present.setdefault(key, entry)
    return found


def _contacts(entry: Entry) -> list[object]:
    reachable: list[object] = [one for one in (entry.email, entry.phone) if one]
    return reachable or [entry.birth_year]


def _contradictions(entry: Entry, first: Entry) -> Iterable[Mistake]:
    own, others = _written(entry), _written(first)
    for column, typed in own.items():
        if typed != others[column]:
            yield _between(entry, column, RowRefusal.OTHER_CLASS, first, typed)


def _written(entry: Entry) -> dict[Column, str]:
    """What the row says of its class, as a cell of the file would."""
    facts = entry.facts
    return {
        Column.HOURS: written_hours(facts.planned_minutes),
        Column.DAYS: str(facts.days),
        Column.FORM: next((word for word, form in FORMS.items() if form is facts.form), ""),
        Column.FUNDING: next((word for word, one in FUNDINGS.items() if one is facts.funding), ""),
    }


def _between(
    entry: Entry, column: Column, refusal: RowRefusal, other: Entry, typed: str
) -> Mistake:
    what = ABOUT[column].heading if refusal is RowRefusal.OTHER_CLASS else ""
    return Mistake(entry.row, column, refusal.value, {"other": other.row, "what": what}, typed)


def same_people(entries: Sequence[Entry]) -> list[int]:
    """Who is who within the file: for each entry the index of the first entry of that person.

    Rows are of one person where the name is the same and an address, a phone number, or both
    the year of birth and the organisation. Nothing else joins them.
    """
    leader = list(range(len(entries)))

    def first_of(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    seen: dict[tuple[object, ...], int] = {}
    for index, entry in enumerate(entries):
        for sign in _signs(entry):
            other = first_of(seen.setdefault((entry.name_key, *sign), index))
            mine = first_of(index)
            leader[max(mine, other)] = min(mine, other)
    return [first_of(index) for index in range(len(entries))]


def _signs(entry: Entry) -> Iterable[tuple[object, ...]]:
    if entry.email:
        yield "email", entry.email
    if entry.phone:
        yield "phone", entry.phone
    if entry.birth_year and entry.organisation:
        yield "born", entry.birth_year, entry.sent_by[0]


def look_alikes(entries: Sequence[Entry], people: Sequence[int]) -> list[list[int]]:
    """Rows of equal names and years of birth that are taken for different people."""
    groups: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for entry, person in zip(entries, people, strict=True):
        if entry.birth_year:
            groups[entry.name_key, entry.birth_year].setdefault(person, entry.row)
    return [sorted(rows.values()) for rows in groups.values() if len(rows) > 1]
