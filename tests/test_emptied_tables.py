"""Each test finds the tables as the first one found them, whatever the one before it did."""

import threading

import pytest
from sqlalchemy import select, text

from club.db import db, transaction
from club.units.models import Unit, UnitKind
from tests.support.engine import empty_all_tables, filled_tables
from tests.support.factories import a_run, a_unit

#: More rows than ten pages of PostgreSQL hold.
MANY = 2_000


def names_as_found():
    return db.session.scalars(text("SELECT name FROM unit")).all()


def only_on_postgresql():
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite learns nothing of its tables, and its readers see no unfinished row")


def filled():
    with db.engine.connect() as connection:
        return filled_tables(connection)


def many_units():
    with transaction() as session:
        for n in range(MANY):
            session.add(Unit(key=f"many-{n}", kind=UnitKind.WARD, name=f"Phường {n}"))


def changed_units():
    """Rows that leave gaps where others could be put in: each was written twice."""
    for _ in range(80):
        unit = a_unit()
        with transaction():
            unit.name = f"{unit.name} mới"


@pytest.mark.parametrize("fill", [a_run, changed_units, many_units])
def test_nothing_is_left_and_numbers_begin_anew(fill):
    for _ in range(2):
        fill()
        assert filled() >= {"unit"} if fill is not a_run else {"run", "course"}
        db.session.rollback()
        empty_all_tables()
        assert filled() == set()
        unit = a_unit()
        assert unit.id == 1
        db.session.rollback()
        empty_all_tables()


def test_rows_are_found_in_the_order_in_which_they_came():
    for _ in range(4):
        changed_units()
        db.session.rollback()
        empty_all_tables()
    written = [a_unit().name for _ in range(120)]
    assert names_as_found() == written


def test_what_was_learned_of_a_table_is_forgotten():
    only_on_postgresql()
    a_unit()
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    known = text("SELECT reltuples FROM pg_class WHERE relname = 'unit'")
    assert db.session.scalar(known) == 1
    db.session.rollback()
    empty_all_tables()
    assert db.session.scalar(known) == -1


def test_whoever_still_writes_is_waited_for(app):
    only_on_postgresql()
    written, may_end = threading.Event(), threading.Event()

    def write():
        with app.app_context(), transaction() as session:
            session.add(Unit(key="late", kind=UnitKind.WARD, name="Phường"))
            session.flush()
            written.set()
            may_end.wait(10)

    writing = threading.Thread(target=write)
    emptying = threading.Thread(target=lambda: _empty(app))
    writing.start()
    assert written.wait(10)
    emptying.start()
    emptying.join(0.2)
    assert emptying.is_alive()
    may_end.set()
    writing.join()
    emptying.join()
    assert db.session.scalars(select(Unit.key)).all() == []


def _empty(app):
    with app.app_context():
        empty_all_tables()
