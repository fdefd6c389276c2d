"""What is not as it was frozen, and why, row by row."""

from datetime import date, timedelta

import pytest

from club.accounts.models import RoleName
from club.db import db, transaction
from club.periods import Cut
from club.records.earlier import operations as earlier
from club.records.earlier.bringing_in import bring_in
from club.records.operations import close_run, reopen_run
from club.statistics.reports import contents, queries
from club.statistics.reports.comparing import How, Why, compare, keys_of
from club.units.models import UnitSuccession
from tests.people.merging_kit import joined, undone
from tests.records.earlier_kit import a_row, looked_over
from tests.statistics.reports.kit import LATER, a_closed_run, a_draft, facts, frozen
from tests.support.factories import NOW as FILED
from tests.support.factories import a_person, a_unit, an_account, saved

pytestmark = pytest.mark.slow

WEEK = timedelta(days=7)


def compared(kept, *, now=LATER + WEEK):
    db.session.expire_all()
    content = contents.from_bytes(queries.frozen_content(kept.version_id).content)
    today = contents.content_of(kept.version, None, as_of=now)
    return compare(content, today, frozen_at=kept.frozen_at, on=date(2026, 5, 1))


def told(comparison):
    return [(c.how, c.cause.why, c.cause.words) for c in comparison.changes]


def total(comparison):
    one = comparison.differences[0]
    assert not one.by
    return [(one.frozen[name], one.today[name]) for name in ("turns", "people")]


def test_nothing_has_changed():
    a_closed_run(a_person())
    comparison = compared(frozen())
    assert (comparison.changes, comparison.differences, comparison.ended_units) == ([], [], [])


def test_hours_that_were_frozen_with_one_digit_are_no_other_hours():
    a_closed_run(partly=[a_person(), a_person()])
    kept = frozen()
    content = contents.from_bytes(queries.frozen_content(kept.version_id).content)
    assert content["total"]["hours"] == 4.33
    today = contents.content_of(kept.version, None, as_of=LATER)
    lines = [content["total"], *(row for table in content["tables"] for row in table["rows"])]
    for line in lines:
        line["hours"] = round(line["hours"], 1)
    given = {"frozen_at": kept.frozen_at, "on": date(2026, 5, 1)}
    assert compare(content | {"format": 3}, today, **given).differences == []
    assert len(compare(content, today, **given).differences) > 1


def test_a_class_that_was_closed_late():
    a_closed_run(a_person())
    kept = frozen()
    a_closed_run(a_person(), now=LATER)
    comparison = compared(kept)
    assert told(comparison) == [(How.ADDED, Why.CLOSED_SINCE, None)]
    assert total(comparison) == [(1, 2), (1, 2)]
    assert all(one.changes == comparison.changes for one in comparison.differences)


def test_a_class_that_was_reopened_and_closed_again():
    run = a_closed_run(a_person(), a_person())
    kept = frozen()
    reopen_run(run.id, reason="Sót buổi chiều", by=None, now=LATER)
    assert told(compared(kept)) == [(How.GONE, Why.REOPENED, "Sót buổi chiều")] * 2
    close_run(run.id, by=None, now=LATER, accepting_unmarked=[])
    comparison = compared(kept)
    assert told(comparison) == [(How.CHANGED, Why.REOPENED, "Sót buổi chiều")] * 2
    assert comparison.differences == []


def test_two_entries_that_became_one_and_two_again():
    kept_entry, gone_entry = a_person(), a_person()
    a_closed_run(kept_entry)
    a_closed_run(gone_entry)
    kept = frozen()
    merged = joined(kept_entry, gone_entry, reason="Cùng một người", now=LATER)
    comparison = compared(kept)
    assert told(comparison) == [(How.CHANGED, Why.MERGED, "Cùng một người")]
    assert comparison.changes[0].fields == ["person"]
    assert total(comparison) == [(2, 2), (2, 1)]
    undone(merged, now=LATER + WEEK)
    assert compared(kept).changes == []


def test_two_entries_in_one_class_that_became_one():
    kept_entry, gone_entry = a_person(), a_person()
    a_closed_run(kept_entry, partly=[gone_entry])
    kept = frozen()
    joined(kept_entry, gone_entry, reason="Trùng", now=LATER)
    comparison = compared(kept)
    assert told(comparison) == [(How.GONE, Why.MERGED, "Trùng")]
    assert total(comparison) == [(2, 1), (2, 1)]


def test_lists_of_earlier_years_that_were_taken_back_and_brought_in():
    by, day = an_account(RoleName.COORDINATOR).id, timedelta(days=1)
    first, second = (looked_over([a_row()], source=name) for name in ("Sổ một", "Sổ hai"))
    for batch in (first, second):
        earlier.confirm(batch.id, by=by, now=FILED)
    bring_in(first.id, now=FILED)
    kept = frozen(a_draft(facts(name="2023-09"), now=FILED), now=FILED + day)
    earlier.undo(first.id, reason="Nhầm tệp", by=by, now=FILED + 2 * day)
    bring_in(second.id, now=FILED + 3 * day)
    comparison = compared(kept, now=FILED + 4 * day)
    assert sorted(told(comparison)) == [
        (How.ADDED, Why.IMPORTED, "Sổ hai"),
        (How.GONE, Why.IMPORT_UNDONE, "Nhầm tệp"),
    ]
    assert comparison.differences == []


def test_a_ward_that_was_split_keeps_its_rows():
    ward, north, south = a_unit(name="Phường Cũ"), a_unit(name="Bắc"), a_unit(name="Nam")
    a_closed_run(a_person(ward_id=ward.id))
    kept = frozen()
    with transaction():
        ward.valid_to = date(2026, 4, 20)
    for successor in (north, south):
        saved(
            UnitSuccession(
                predecessor_id=ward.id,
                successor_id=successor.id,
                on_day=date(2026, 4, 21),
                in_part=True,
            )
        )
    comparison = compared(kept)
    assert (comparison.changes, comparison.differences) == ([], [])
    (ended,) = comparison.ended_units
    assert ended.name["vi"] == "Phường Cũ"
    assert {s.successor.name for s in ended.unit.successions} == {"Bắc", "Nam"}


def test_a_row_is_counted_under_the_keys_of_its_table():
    a_closed_run(a_person())
    content = contents.from_bytes(queries.frozen_content(frozen().version_id).content)
    (row,) = content["rows"]
    for table in content["tables"]:
        (line,) = [line for line in table["rows"] if line["turns"]]
        assert keys_of(row, table["by"], Cut(content["period"]["cut"])) == tuple(line["keys"])
