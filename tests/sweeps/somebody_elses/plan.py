from io import BytesIO

from sqlalchemy import func, select

from club.db import db
from club.files.receiving import receive
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.operations import Place, enter_amounts
from club.plan.budget.rules import Amounts
from club.plan.items.operations import ProofFacts, add_proof
from tests.reporting import kit as reporting
from tests.support.factories import NOW


def line_of_the_plan():
    return {"line": "II.1-4"}


def entry_of_a_line():
    facts = ProofFacts(NOW.date(), "Biên bản", None, is_public=True)
    line = line_of_the_plan()
    return line | {"public_id": add_proof(line["line"], facts, by=None, now=NOW).public_id}


def file_of_a_line(*, is_public=False):
    facts = ProofFacts(NOW.date(), "Biên bản", None, is_public=is_public)
    file = receive(BytesIO(reporting.PDF), name="bien-ban.pdf")
    proof = add_proof("II.1-4", facts, file=file, by=None, now=NOW)
    return line_of_the_plan() | {"public_id": proof.public_id}


def public_file_of_a_line():
    return file_of_a_line(is_public=True)


def money_of_a_line():
    place = Place(line_of_the_plan()["line"], 2024, MoneySource.SCIENCE_BUDGET)
    # Another amount each time it is asked for: the same one again is refused.
    planned = db.session.scalar(select(func.count(BudgetEntry.id))) + 1
    enter_amounts(place, Amounts(planned, None), seen=None, reason="Nhập lại", by=None, now=NOW)
    return line_of_the_plan() | {"year": place.year, "source": place.source.value}
