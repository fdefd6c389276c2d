"""No room keeps anything about a person that ``/me/privacy`` does not know of.

A table that fails here belongs into the ``PERSONAL_DATA`` of its room: into ``rows`` where its rows
are about somebody (then they are in the download), into ``acted`` where its column only says
which account did something for the club. One that leads to a person belongs into ``moves`` too:
what becomes of its rows when two entries of one person become one.
"""

from collections import Counter
from itertools import chain

import pytest
from sqlalchemy import func, select

from club.accounts.models import Account
from club.db import Model, db
from club.rooms import PERSONAL_DATA
from club.upkeep.tables import all_tables
from club.web.personal_data import Whose
from tests.support.demo import load_small_demo

ABOUT = Counter(chain.from_iterable(part.rows for part in PERSONAL_DATA))
ACTED = Counter(chain.from_iterable(part.acted for part in PERSONAL_DATA))
MOVED = Counter(
    chain.from_iterable(
        (*(f"{table}.{moves.column}" for table, moves in part.moves.items()), *part.stays)
        for part in PERSONAL_DATA
    )
)
PEOPLE = {"person.id", "account.id"}
#: They lead to what somebody published, and count days of it.
ABOUT_THINGS = {"material_downloads"}


def references():
    """Each column of a table that leads to another one, and where it leads."""
    for table in all_tables():
        for column in table.columns:
            for key in column.foreign_keys:
                yield table.name, column.name, key.target_fullname


def test_every_table_that_leads_to_a_person_is_named():
    unnamed = {
        f"{table}.{column}"
        for table, column, target in references()
        if target in PEOPLE and table not in ABOUT and f"{table}.{column}" not in ACTED
    }
    assert unnamed == set()


def test_every_table_that_leads_to_rows_about_a_person_is_named():
    """Steps of a registration lead to no person, and are about one all the same."""
    of_accounts = {column.partition(".")[0] for column in ACTED}
    unnamed = {
        f"{table} ({target})"
        for table, _column, target in references()
        if target.partition(".")[0] in ABOUT and table not in {*ABOUT, *of_accounts, *ABOUT_THINGS}
    }
    assert unnamed == set()


def test_everything_is_named_once_and_exists():
    tables = Model.metadata.tables
    columns = {f"{table}.{column}" for table, column, target in references() if target in PEOPLE}
    assert {name: n for name, n in (ABOUT + ACTED).items() if n > 1} == {}
    assert set(ABOUT) - set(tables) == set()
    assert set(ACTED) - columns == set()


def test_every_table_that_leads_to_a_person_says_how_its_rows_move():
    leading = {f"{table}.{column}" for table, column, key in references() if key == "person.id"}
    assert leading - set(MOVED) == set()
    assert set(MOVED) - leading == set()
    assert {column: n for column, n in MOVED.items() if n > 1} == {}


def test_what_moving_rows_are_compared_by_and_left_with_exists():
    for part in PERSONAL_DATA:
        for table, moves in part.moves.items():
            named = {*(moves.alike_in or ()), *moves.left}
            assert named - set(Model.metadata.tables[table].columns.keys()) == set()


def test_files_of_rows_about_a_person_are_in_the_copy_or_left_out_with_a_reason():
    leading = {
        f"{table}.{column}"
        for table, column, target in references()
        if target == "stored_file.id" and table in ABOUT
    }
    packed = [column for part in PERSONAL_DATA for column in part.files]
    left_out = [column for part in PERSONAL_DATA for column in part.files_left_out]
    assert sorted(packed + left_out) == sorted(leading)


def own_rows(name, whose):
    """How many rows of a table lead to somebody directly, whatever its room says."""
    table = Model.metadata.tables[name]
    theirs = {"person.id": whose.person_id, "account.id": whose.account_id}
    for column in table.columns:
        for key in column.foreign_keys:
            if key.column.table is table or f"{name}.{column.name}" in ACTED:
                continue
            if key.target_fullname in theirs:
                mine = select(func.count()).where(column == theirs[key.target_fullname])
                return db.session.scalar(mine)
    return None


@pytest.mark.slow
def test_what_is_about_a_person_is_given_to_the_person():
    """All of it, for everybody who can sign in to the demo club; and no id of the database."""
    load_small_demo()
    seen = Counter()
    for account in db.session.scalars(select(Account)):
        whose = Whose(account.person_id, account.id)
        for part in PERSONAL_DATA:
            for table, rows in part.rows.items():
                given = db.session.execute(rows(whose)).mappings().all()
                expected = own_rows(table, whose)
                assert expected is None or len(given) == expected, (table, account.email)
                assert not {k for row in given for k in row if k.endswith("_id")} - {"public_id"}
                seen[table] += len(given)
    assert {"registration", "registration_step", "training_record", "consent"} <= set(+seen)
