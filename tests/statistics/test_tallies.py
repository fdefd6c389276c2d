"""Tallies against the records they are made of."""

import random
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from sqlalchemy import delete, func, insert, select, update

from club.courses.models import RunState
from club.db import db, transaction
from club.people.merging import operations as merging
from club.people.models import AudienceKind, Organisation
from club.periods import Cut, named_period, period_of_days
from club.records.models import TrainingRecord
from club.records.operations import reopen_run
from club.refusal import RefusedError
from club.statistics.dimensions import Dimension, key
from club.statistics.figures import Measures, tables_of, trainee_counts
from club.statistics.queries import unit_keys
from club.statistics.selecting import standing
from club.statistics.tallies import queries
from club.statistics.tallies.marking import unmarked
from club.statistics.tallies.models import RunTally, RunToTally
from club.statistics.tallies.operations import tally_marked
from tests.people.merging_kit import planned, undone
from tests.statistics.chance_club import ChanceClub
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_person, a_run, a_unit, an_account

YEAR = named_period("2026", Cut.CALENDAR)
EVER = period_of_days("2025-01-01", "2026-12-31")
COLUMNS = {
    Dimension.AUDIENCE: "audience", Dimension.TOPIC: "topic_key", Dimension.UNIT: "unit_id",
    Dimension.SECTOR: "sector", Dimension.SEX: "sex", Dimension.FUNDING: "funding",
    Dimension.RESULT: "completed", Dimension.COURSE: "course_code",
}  # fmt: skip


def marks():
    return set(db.session.scalars(select(RunToTally.run_id)))


def total(as_of=NOW):
    return trainee_counts(YEAR, as_of=as_of).total


def test_a_class_is_marked_by_whoever_writes_a_record_of_it():
    run, other = a_run(), a_run()
    a_record(run, a_person())
    a_record(other, a_person())
    assert (marks(), total().turns) == ({run.id, other.id}, 2)
    assert tally_marked() == 2
    assert (marks(), total().turns) == (set(), 2)
    with transaction() as session:
        session.execute(
            update(TrainingRecord).where(TrainingRecord.run_id == run.id).values(superseded_at=NOW)
        )
    assert (marks(), total().turns) == ({run.id}, 1)
    assert tally_marked() == 1
    assert (marks(), total().turns) == (set(), 1)
    assert total(NOW - timedelta(seconds=1)).turns == 0


def test_figures_are_taken_from_tallies_and_not_counted_anew():
    """Else they would be right and slow."""
    a_record(a_run(), a_person())
    tally_marked()
    with transaction() as session, unmarked(session.connection()):
        session.execute(update(TrainingRecord).values(attended_minutes=1))
    assert total().minutes == 240


def test_a_tally_that_differs_from_its_records_is_found_and_mended(app):
    run, cli = a_run(), app.test_cli_runner()
    a_record(run, a_person())
    a_record(a_run(), a_person())
    tally_marked()
    assert cli.invoke(args=["figures", "check"]).exit_code == 0
    with transaction() as session, unmarked(session.connection()):
        session.execute(
            update(TrainingRecord).where(TrainingRecord.run_id == run.id).values(completed=False)
        )
    assert queries.differing_runs() == [run.code]
    said = cli.invoke(args=["figures", "check"])
    assert (said.exit_code, run.code in said.output) == (1, True)
    assert cli.invoke(args=["figures", "tally"]).exit_code == 0
    assert (queries.differing_runs(), total().completed) == ([], 1)


SELECTIONS = [
    {},
    {Dimension.COURSE: "C-2"},
    {Dimension.MONTH: "2026-02", Dimension.AUDIENCE: "enterprise"},
    {Dimension.SECTOR: None, Dimension.RESULT: "not_completed"},
    {Dimension.UNIT: "nowhere"},
]


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_tables_counted_together_say_what_each_says_alone(selection, at_once, monkeypatch):
    """However many tallies are read at once."""
    chance = random.Random(5)
    people, days = [a_person() for _ in range(6)], [f"2026-0{n}-07" for n in (1, 2, 3)]
    for n in range(7):
        run, day = a_run(), date.fromisoformat(chance.choice(days))
        for person in chance.sample(people, 3):
            a_record(
                run, person, day=day, course_code=f"C-{n % 3}", completed=chance.random() < 0.5,
                audience=chance.choice(list(AudienceKind)), sector=chance.choice([None, "wood"]),
            )  # fmt: skip
    tally_marked()
    tables = [
        (), (Dimension.MONTH,), (Dimension.SECTOR,), (Dimension.MONTH, Dimension.COURSE),
        (Dimension.RESULT, Dimension.MONTH), (Dimension.AUDIENCE, Dimension.SECTOR, Dimension.UNIT),
    ]  # fmt: skip
    alone = [trainee_counts(YEAR, by=by, as_of=NOW, selection=selection) for by in tables]
    monkeypatch.setattr(queries, "_READ_AT_ONCE", at_once)
    together = tables_of(YEAR, tables=tables, as_of=NOW, selection=selection)
    assert together == alone
    turns = db.session.scalar(
        select(func.count()).select_from(TrainingRecord).where(*standing(YEAR, NOW, selection))
    )
    for counts in together[:1] + together[3:]:
        rows = [row.measures.turns for row in counts.rows]
        assert (counts.total.turns, sum(rows), 0 in rows) == (turns, turns * bool(rows), False)


@pytest.mark.parametrize("which", ["a tally too much", "a tally too few"])
def test_lost_and_left_over_tallies_are_found(which):
    run = a_run()
    a_record(run, a_person())
    tally_marked()
    with transaction() as session:
        if which == "a tally too few":
            session.execute(delete(RunTally))
        else:
            twice = select(*(getattr(RunTally, name) for name in (*queries.ALIKE, *queries.LISTS)))
            columns = [*queries.ALIKE, *queries.LISTS]
            session.execute(insert(RunTally).from_select(columns, twice))
    assert queries.differing_runs() == [run.code]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 14])
def test_tallies_say_what_the_records_say_after_any_history(seed):
    """Marks, closing, reopening, joining and parting, new firms and wards, in any order; and the
    worker comes by now and then.
    """
    history = _History(random.Random(seed))
    for _ in range(14):
        history.go_on()
        agree(history.now)
    tally_marked()
    agree(history.now)
    assert (queries.differing_runs(), marks()) == ([], set())
    for moment in history.moments:
        agree(moment)


class _History:
    def __init__(self, chance):
        self.chance, self.club, self.by = chance, ChanceClub(chance), an_account()
        self.now = datetime(2026, 6, 1, 3, tzinfo=UTC)
        self.beginnings, self.runs, self.merges, self.moments = self.club.beginnings(), [], [], []

    def go_on(self):
        self.now += timedelta(hours=1)
        self.moments.append(self.now)
        ways = [self.hold, self.hold, self.reopen, self.join, self.part, self.move, tally_marked]
        way = self.chance.choice(ways) if self.runs else self.hold
        try:
            way()
        except RefusedError:
            db.session.rollback()

    def hold(self):
        if begins := next(self.beginnings, None):
            self.runs.append(self.club.hold_a_run(begins, self.now))

    def reopen(self):
        run = self.chance.choice(self.runs)
        if run.state is RunState.CLOSED:
            reopen_run(run.id, reason="Ghi nhầm", by=None, now=self.now)
        else:
            self.club.close(run, self.now)

    def join(self):
        kept, gone = self.chance.sample(self.club.people, 2)
        seen = planned(kept, gone).fingerprint
        self.merges.append(
            merging.merge(kept.id, gone.id, seen=seen, reason="Một người", by=self.by, now=self.now)
        )

    def part(self):
        if self.merges:
            undone(self.merges[-1], by=self.by, now=self.now)

    def move(self):
        """A ward is split, so that firms and people are in another one from now on."""
        ward, firm = a_unit(), self.chance.choice(self.club.firms)
        with transaction() as session:
            session.execute(
                update(Organisation).where(Organisation.id == firm.id).values(ward_id=ward.id)
            )
            self.chance.choice(self.club.people).ward_id = ward.id


def agree(as_of):
    db.session.expire_all()
    records = [
        one
        for one in db.session.scalars(select(TrainingRecord))
        if one.counts
        and one.computed_at <= as_of
        and (one.superseded_at is None or one.superseded_at > as_of)
    ]
    units = unit_keys()
    for by in [(), *combinations(COLUMNS, 2)]:
        expected = defaultdict(list)
        for one in records:
            expected[tuple(written(one, d, units) for d in by)].append(one)
        counts = trainee_counts(EVER, by=by, as_of=as_of)
        assert {row.values: row.measures for row in counts.rows} == {
            cell: measures(found) for cell, found in expected.items() if by
        }
        assert counts.total == measures(records)


def written(record, dimension, units):
    value = getattr(record, COLUMNS[dimension])
    return key(dimension, units.get(value) if dimension is Dimension.UNIT else value)


def measures(records):
    return Measures(
        turns=len(records),
        people=len({one.person_id for one in records}),
        minutes=sum(one.attended_minutes for one in records),
        completed=sum(one.completed for one in records),
    )
