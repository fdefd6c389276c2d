"""An organisation's list, how it is sent in, and what became of everybody on it."""

import uuid

from sqlalchemy import func, select

from club.db import db
from club.registration.nominations import operations
from club.registration.nominations.models import Nomination, Nominee
from club.registration.nominations.operations import Slip
from club.registration.nominations.rules.sheet import read_sheet
from tests.support.factories import (
    NOW,
    a_person,
    an_employment,
)

AN, BICH, CAM = (
    "Nguyễn Văn An\tan@congty.vn\t0901234567\tTổ trưởng",
    "Trần Thị Bích\tbich@congty.vn",
    "Lê Cẩm\t\t0901234568",
)


def colleague(firm, **given):
    person = a_person(**given)
    an_employment(person, firm)
    return person


def nominate(by, firm, run, *lines, ticked=(), now=NOW, **given):
    slip = Slip(
        public_id=given.pop("public_id", None) or uuid.uuid4(),
        run_id=run.id,
        organisation_id=firm.id,
        ticked=[person.public_id for person in ticked],
        rows=read_sheet("\n".join(lines)).rows,
        places_shown=len(lines) + len(ticked),
        statement="Đã đồng ý",
        **given,
    )
    operations.nominate(slip, by=by.id, now=now)
    return became(slip.public_id)


def became(public_id):
    """[(name, outcome)] in the order of the list."""
    db.session.rollback()
    query = (
        select(Nominee.full_name, Nominee.outcome)
        .join(Nomination)
        .where(Nomination.public_id == public_id)
        .order_by(Nominee.position)
    )
    return [(name, outcome.value) for name, outcome in db.session.execute(query)]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def address(firm, run, end=""):
    return f"/organisations/{firm.code}/nominate/{run.code}{end}"
