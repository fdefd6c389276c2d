"""Experts are found by the search as long as the register shows them, and not a moment longer."""

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.consents import withdraw_consent
from club.accounts.models import ConsentPurpose
from club.certification.register.indexing import follow_register
from club.db import db
from club.knowledge.models import Tool
from club.search.addresses import findable_addresses
from club.search.models import SearchDocument
from club.search.queries import find
from tests.certification.kit import with_schemes
from tests.certification.register.kit import an_expert
from tests.support.factories import saved


@pytest.fixture(autouse=True)
def tools(context):
    with_schemes()
    saved(Tool(key="5s", name="5S", name_en="5S", position=1))


def found(typed, language="vi"):
    return [one.ref for one in find(typed, language=language).results]


def test_who_is_listed_is_found_by_name_and_by_what_they_work_with():
    expert = an_expert("Trần An", tool=["5s"], presentation="Giúp xưởng gỗ sắp xếp lại kho.")
    an_expert("Lý Không Đồng Ý", agreed=False)
    follow_register(now=clock.now())
    name = f"expert:{expert.code}"
    assert [found(typed) for typed in ("tran an", "5S", "xưởng gỗ")] == [[name]] * 3
    assert found("5S", "en") == [name]
    assert found("lý không") == []
    assert findable_addresses() == []


def test_who_is_taken_off_the_register_is_shown_no_more_even_before_the_index_follows(client):
    expert = an_expert("Trần An")
    follow_register(now=clock.now())
    assert f'href="/experts/{expert.code}"' in client.get("/search?q=tran+an").text
    withdraw_consent(expert.person_id, ConsentPurpose.PUBLIC_EXPERT_REGISTER, now=clock.now())
    for address in ("/search?q=tran+an", "/search/suggestions.json?q=tran+an"):
        assert f"/experts/{expert.code}" not in client.get(address).text
    follow_register(now=clock.now())
    assert db.session.scalars(select(SearchDocument.ref)).all() == []


def test_following_asks_as_often_for_many_as_it_must(count_queries):
    an_expert("Trần An")
    follow_register(now=clock.now())
    with count_queries() as seen:
        follow_register(now=clock.now())
    assert not [one for one in seen if one.startswith(("INSERT", "UPDATE"))]
