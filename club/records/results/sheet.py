"""The table in which a trainer writes everybody's results: as it stands, and as it was typed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from club.records.attendance.lists import Entry
from club.records.results import rules
from club.records.results.facts import Result, Scale
from club.records.results.forms import read_number
from club.records.results.models import PersonResult
from club.records.results.operations import Typed
from club.records.results.rules import Refusal
from club.web.forms import paragraphs, too_long
from club.web.language import number

LONGEST_REMARK = 500
_MOST_DIGITS = 20
_CHOICES = {"": None, "1": Decimal(1), "0": Decimal(0)}


@dataclass
class Row:
    """A person's line."""

    entry: Entry
    #: Texts of the cells by the names of the results.
    typed: dict[str, str]
    confirmed: bool
    #: The id of the row that is shown; "": nothing was written yet.
    seen: str
    #: What is wrong with a cell, in the reader's language.
    errors: dict[str, str] = field(default_factory=dict)
    result: Result = field(default_factory=Result)

    def name_of(self, cell: str) -> str:
        return f"{cell}-{self.entry.person.public_id}"


@dataclass
class Sheet:
    rows: list[Row]
    scale: Scale

    @property
    def errors(self) -> list[tuple[Row, str, str]]:
        """Row, name of the cell, and what is wrong with it."""
        return [(row, cell, words) for row in self.rows for cell, words in row.errors.items()]

    def typed(self) -> dict[int, Typed]:
        """By person; for a sheet without errors."""
        return {row.entry.person.id: Typed(row.result, _id_in(row.seen)) for row in self.rows}

    def show_contested(
        self, cells: Mapping[int, Collection[str]], held: Mapping[int, PersonResult]
    ) -> None:
        """Say where somebody else wrote meanwhile; saving once more keeps what is typed here."""
        for row in self.rows:
            person_id = row.entry.person.id
            for cell in cells.get(person_id, ()):
                row.errors[cell] = gettext(Refusal.WRITTEN_MEANWHILE.value)
            if person_id in cells:
                row.seen = str(held[person_id].id)


def _id_in(seen: str) -> int | None:
    # Python refuses to read thousands of digits.
    return int(seen) if seen.isdecimal() and len(seen) < _MOST_DIGITS else None


def sheet_as_it_stands(
    entries: Iterable[Entry], held: Mapping[int, PersonResult], scale: Scale
) -> Sheet:
    return Sheet([_row_as_it_stands(e, held.get(e.person.id)) for e in entries], scale)


def _row_as_it_stands(entry: Entry, held: PersonResult | None) -> Row:
    result = held.result if held else Result()
    return Row(
        entry,
        typed={
            "pre_test": number(result.pre_test, 2),
            "post_test": number(result.post_test, 2),
            "assignment": number(result.assignment, 2),
            "remark": result.remark or "",
        },
        confirmed=result.confirmed,
        seen=str(held.id) if held else "",
        result=result,
    )


def sheet_as_typed(
    entries: Iterable[Entry],
    held: Mapping[int, PersonResult],
    scale: Scale,
    form: MultiDict[str, str],
) -> Sheet:
    """Whoever came upon the list after the page was drawn has no cells in ``form`` and keeps
    what stands.
    """
    sheet = sheet_as_it_stands(entries, held, scale)
    for row in sheet.rows:
        if row.name_of("seen") in form:
            _read(row, form, scale)
    return sheet


def _read(row: Row, form: MultiDict[str, str], scale: Scale) -> None:
    row.seen = form[row.name_of("seen")]
    row.typed = {cell: form.get(row.name_of(cell), "").strip() for cell in row.typed}
    row.confirmed = row.name_of("confirmed") in form
    scores: dict[str, Decimal | None] = {}
    for cell in rules.SCORES:
        is_choice = cell == "assignment" and not scale.assignment_is_scored
        read = _read_choice if is_choice else _read_score
        scores[cell], refusal = read(row.typed[cell], scale.maximums[cell])
        if refusal:
            row.errors[cell] = gettext(refusal.value)
    remark = paragraphs(row.typed["remark"])
    if remark and len(remark) > LONGEST_REMARK:
        row.errors["remark"] = too_long(LONGEST_REMARK, typed=len(remark))
    row.result = Result(**scores, remark=remark, confirmed=row.confirmed)


def _read_score(typed: str, maximum: Decimal) -> tuple[Decimal | None, Refusal | None]:
    if not typed:
        return None, None
    score = read_number(typed)
    if score is None:
        return None, Refusal.NOT_A_NUMBER
    return score, rules.refusal_of_score(score, maximum)


def _read_choice(typed: str, _maximum: Decimal) -> tuple[Decimal | None, Refusal | None]:
    if typed not in _CHOICES:
        return None, Refusal.NOT_A_CHOICE
    return _CHOICES[typed], None
