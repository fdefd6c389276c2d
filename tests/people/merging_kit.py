"""What tests of joining two entries of one person need again and again."""

from sqlalchemy import select

from club.db import db
from club.people.merging import operations
from club.people.merging.plan import plan_of
from club.people.models import Person
from club.upkeep.tables import all_tables
from tests.support.factories import NOW, a_person, an_account

#: What tells of the joining itself, and which classes are to be tallied anew.
TOLD_IN = {"person_merge", "audit_entry", "letter", "run_to_tally"}


def two_entries(**given):
    """The same person twice, as a walk-in and somebody who registered."""
    shared = {"full_name": "Nguyễn Thị Hoa", "phone": "+84901234567"}
    return a_person(**shared | given), a_person(**shared | {"full_name": "Nguyen Thi Hoa"} | given)


def entry(person):
    return db.session.get_one(Person, person.id, populate_existing=True)


def planned(kept, gone):
    return plan_of(entry(kept), entry(gone))


def conflicts(kept, gone):
    return [(one.refusal.name, list(one.about)) for one in planned(kept, gone).conflicts]


def joined(kept, gone, *, by=None, now=NOW, reason="Gọi điện hỏi, là một người"):
    seen = planned(kept, gone).fingerprint
    by = by or an_account()
    return operations.merge(kept.id, gone.id, seen=seen, reason=reason, by=by, now=now)


def undone(merged, *, by=None, now=NOW, reason="Hai người khác nhau"):
    operations.undo(merged.id, reason=reason, by=by or an_account(), now=now)


def everything(*, but=frozenset()):
    """Every row of every table."""
    db.session.rollback()
    return {
        table.name: sorted(map(repr, db.session.execute(select(table))))
        for table in all_tables()
        if table.name not in but
    }


def rows_of(person):
    """How many rows lead to somebody, by table; what tells of joinings is left out."""
    found = {}
    for table in all_tables():
        for column in table.columns:
            leads = any(key.target_fullname == "person.id" for key in column.foreign_keys)
            if leads and table.name not in {"person", "person_merge"}:
                rows = db.session.execute(select(table).where(column == person.id)).all()
                found[table.name] = len(rows)
    return {name: number for name, number in found.items() if number}
