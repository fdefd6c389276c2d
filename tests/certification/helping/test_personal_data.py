"""What stays of requests for help when somebody's data is erased, and what one takes along."""

import pytest

from club.certification.helping import operations
from club.certification.helping.models import HelpState, HelpStep
from club.certification.models import Expert
from club.certification.register.facts import Wanted
from club.certification.register.models import ExpertField
from club.certification.register.queries import experts_listed
from club.db import db
from club.rooms import PERSONAL_DATA
from club.web.personal_data import Whose
from tests.certification.helping.kit import (
    a_member,
    an_expert_with_account,
    asked,
    took,
)
from tests.certification.kit import with_schemes
from tests.privacy.test_erasing import asked as asks_for_erasure
from tests.privacy.test_erasing import erase
from tests.support.factories import NOW, reload

ROWS = {table: rows for part in PERSONAL_DATA for table, rows in part.rows.items()}


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()


def words_of(table):
    return {step.words for step in db.session.query(table)} - {None}


def given_to(account, table):
    return db.session.execute(ROWS[table](Whose(account.person_id, account.id))).mappings().all()


def test_each_side_takes_along_what_it_said():
    expert, account = an_expert_with_account(tool=["5s"])
    member = a_member()
    request = asked(expert, member)
    took(request, "asked_back", account, "Mấy chuyền?")
    assert [row["problem"] for row in given_to(member, "help_request")] == [request.problem]
    assert [row["words"] for row in given_to(member, "help_step")] == [None, "Mấy chuyền?"]
    assert given_to(account, "help_request") == []
    assert [row["words"] for row in given_to(account, "help_step")] == ["Mấy chuyền?"]
    assert [row["key"] for row in given_to(account, "expert_field")] == ["5s"]


def test_of_who_asked_and_is_erased_no_word_stays_and_the_request_ends():
    expert, account = an_expert_with_account()
    member = a_member()
    request = took(asked(expert, member), "asked_back", account, "Anh Viên ơi, mấy chuyền?")
    erase(asks_for_erasure(member.person))
    found = reload(request)
    assert (found.state, "vật tư" in found.problem, "Lái Thiêu" in found.place) == (
        HelpState.WITHDRAWN,
        False,
        False,
    )
    assert words_of(HelpStep) == set()
    assert [step.kind.value for step in found.steps] == ["asked", "asked_back", "withdrawn"]


def test_of_an_expert_who_is_erased_no_word_stays_and_requests_go_to_the_club():
    expert, account = an_expert_with_account(tool=["5s"], presentation="Mười năm làm 5S.")
    request = took(asked(expert, a_member()), "asked_back", account, "Mấy chuyền?")
    erase(asks_for_erasure(account.person))
    assert experts_listed(Wanted(), on=NOW.date()).items == []
    assert (db.session.query(ExpertField).count(), words_of(HelpStep)) == (0, set())
    emptied = db.session.query(Expert).one()
    assert (emptied.presentation, emptied.welcomes_requests) == (None, False)
    assert operations.take_from_those_who_left(now=NOW) == 1
    assert reload(request).state is HelpState.WITH_CLUB
