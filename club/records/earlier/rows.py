"""What a row of a list of earlier years says. Pure."""

from collections.abc import Collection, Mapping
from datetime import date

from club.courses.models import Funding, RunForm
from club.files.sheets.cells import CellError, Choices, text_of, whole_number_in, words_in
from club.files.sheets.rows import Row as SheetRow
from club.people.models import AudienceKind, JobGroup, Sex
from club.people.rules.tax_codes import stored_tax_code
from club.records.earlier import cells
from club.records.earlier.cells import PastRefusal
from club.records.earlier.columns import (
    AUDIENCES,
    FORMS,
    FUNDINGS,
    JOBS,
    SEXES,
    YES_OR_NO,
    Column,
)
from club.records.earlier.entries import (
    COUNTING_THRESHOLD,
    ClassFacts,
    Entry,
    Known,
    Mistake,
    PastClass,
    RowRefusal,
)
from club.vietnamese import folded

Row = SheetRow[Column]

_SEXES, _JOBS, _YES_OR_NO = Choices(SEXES), Choices(JOBS), Choices(YES_OR_NO)
_AUDIENCES, _FORMS, _FUNDINGS = Choices(AUDIENCES), Choices(FORMS), Choices(FUNDINGS)


#: Refusals that other columns decide about as well.
_RESTS_ON: dict[str, frozenset[Column]] = {
    RowRefusal.DAYS_MISSING: frozenset({Column.FIRST_DAY, Column.LAST_DAY}),
    RowRefusal.FIRST_AFTER_LAST: frozenset({Column.LAST_DAY}),
    RowRefusal.TOO_MANY_DAYS: frozenset({Column.FIRST_DAY, Column.LAST_DAY}),
    RowRefusal.TOO_MANY_HOURS: frozenset({Column.FIRST_DAY, Column.LAST_DAY, Column.DAYS}),
    RowRefusal.NO_ORGANISATION: frozenset({Column.AUDIENCE}),
    RowRefusal.ORGANISATION_OF_NOBODY: frozenset({Column.AUDIENCE}),
}
#: What is to be written beside something else that was.
_MISSING = {RowRefusal.DAYS_MISSING, RowRefusal.NO_ORGANISATION}


def entry_of(row: Row, known: Known) -> Entry | None:
    """What the row says; ``None`` with at least one of ``row.mistakes``."""
    name = row.read(Column.NAME, cells.name_in)
    email = row.read(Column.EMAIL, cells.email_in)
    phone = row.read(Column.PHONE, cells.phone_in)
    birth = row.read(Column.BIRTH, lambda cell: cells.birth_year_in(cell, today=known.today))
    unsound = any(map(row.is_wrong, (Column.EMAIL, Column.PHONE, Column.BIRTH)))
    if not (email or phone or birth or unsound):
        row.refuse(Column.EMAIL, RowRefusal.NO_CONTACT)
    sex = row.read(Column.SEX, _SEXES.meant)
    job = row.read(Column.JOB, _JOBS.meant)
    of_class, facts = _class_of(row, known)
    attended = _attended(row, facts)
    completed = row.needed(Column.COMPLETED, _YES_OR_NO.meant)
    audience, organisation = _comes_from(row)
    tax_code = row.read(Column.TAX_CODE, words_in)
    ward_id = _ward_id(row, known, of_class.last_day if of_class else None)
    if facts and completed and attended * 100 < facts.planned_minutes * COUNTING_THRESHOLD:
        row.refuse(Column.COMPLETED, RowRefusal.COMPLETED_TOO_LITTLE)
    if row.mistakes or not (name and of_class and facts and audience):
        return None
    return Entry(
        row=row.number,
        full_name=name,
        name_key=folded(name),
        email=email,
        phone=phone,
        birth_year=birth,
        sex=sex or Sex.NOT_STATED,
        job_group=job or JobGroup.NOT_STATED,
        of_class=of_class,
        facts=facts,
        attended_minutes=attended,
        completed=bool(completed),
        audience=audience,
        organisation=organisation,
        tax_code=stored_tax_code(tax_code) if tax_code else None,
        ward_id=ward_id,
    )


def mistakes_for_all(
    said: Mapping[Column, object], *, in_file: Collection[Column], known: Known
) -> list[Mistake]:
    """What is wrong with cells that hold for all rows, whatever the file says: told once, not of
    every row.
    """
    row: Row = SheetRow(1, {column: cell for column, cell in said.items() if column not in in_file})
    entry_of(row, known)
    return [
        one
        for one in row.mistakes
        if one.column not in in_file
        and not _RESTS_ON.get(one.refusal, frozenset()) & set(in_file)
        and (one.column in said or one.refusal in _MISSING)
    ]


def _class_of(row: Row, known: Known) -> tuple[PastClass | None, ClassFacts | None]:
    code = row.needed(Column.COURSE, lambda cell: _course(cell, known))
    last = row.read(Column.LAST_DAY, lambda cell: cells.past_day_in(cell, today=known.today))
    first = row.read(
        Column.FIRST_DAY,
        lambda cell: cells.past_day_in(cell, today=known.today) if text_of(cell) else last,
    )
    planned = row.read(Column.HOURS, cells.minutes_in)
    days = row.read(Column.DAYS, whole_number_in)
    label = row.read(Column.RUN, words_in)
    form = row.read(Column.FORM, _FORMS.meant)
    funding = row.read(Column.FUNDING, _FUNDINGS.meant)
    if first and last:
        if first > last:
            row.refuse(Column.FIRST_DAY, RowRefusal.FIRST_AFTER_LAST)
        elif days is None and first != last and not row.is_wrong(Column.DAYS):
            row.refuse(Column.DAYS, RowRefusal.DAYS_MISSING)
        elif days and days > (last - first).days + 1:
            row.refuse(Column.DAYS, RowRefusal.TOO_MANY_DAYS)
        elif planned and planned > (days or 1) * 24 * 60:
            row.refuse(Column.HOURS, RowRefusal.TOO_MANY_HOURS)
    if not (code and first and last and planned):
        return None, None
    facts = ClassFacts(days or 1, planned, form or RunForm.IN_PERSON, funding or Funding.NOT_STATED)
    return PastClass(code, first, last, folded(label or "")), facts


def _course(cell: object, known: Known) -> str | None:
    typed = text_of(cell).upper()
    if typed and typed not in known.course_codes:
        raise CellError(PastRefusal.NO_SUCH_COURSE)
    return typed or None


def _attended(row: Row, facts: ClassFacts | None) -> int:
    """All of it where nothing is written."""
    planned = facts.planned_minutes if facts else 0
    attended = row.read(
        Column.ATTENDED, lambda cell: cells.minutes_in(cell) if text_of(cell) else planned
    )
    if facts and attended is not None and attended > planned:
        row.refuse(Column.ATTENDED, RowRefusal.MORE_THAN_PLANNED)
    return attended or 0


def _comes_from(row: Row) -> tuple[AudienceKind | None, str | None]:
    audience = row.needed(Column.AUDIENCE, _AUDIENCES.meant)
    organisation = row.read(Column.ORGANISATION, words_in)
    if audience is AudienceKind.INDIVIDUAL and organisation:
        row.refuse(Column.ORGANISATION, RowRefusal.ORGANISATION_OF_NOBODY)
    elif audience not in {None, AudienceKind.INDIVIDUAL} and not organisation:
        row.refuse(Column.ORGANISATION, RowRefusal.NO_ORGANISATION)
    return audience, organisation


def _ward_id(row: Row, known: Known, day: date | None) -> int | None:
    def reading(cell: object) -> int | None:
        typed = folded(text_of(cell))
        if not typed:
            return None
        named = known.wards.get(typed)
        if not named:
            raise CellError(PastRefusal.NO_SUCH_WARD)
        then = [unit for unit in named if day is None or unit.exists_on(day)]
        if not then:
            raise CellError(PastRefusal.WARD_NOT_THEN)
        return then[0].id

    return row.read(Column.WARD, reading)
