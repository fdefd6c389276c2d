import re

import pytest
from sqlalchemy import select

from club.db import db
from club.outbox.models import Letter
from club.outbox.operations import write_letter
from tests.support.factories import NOW, a_person, an_account
from tests.support.letters import letter_with


def tell(account, n=1, **given):
    defaults = {
        "kind": "registration.confirmed",
        "event_key": f"told:{account.person_id}:{n}",
        "person_id": account.person_id,
        "recipient": account.email,
        "language": "vi",
        "subject": f"Thông báo số {n}",
        "body_text": "Chào chị An,\n\nMời xem trang của lớp.\n",
        "now": NOW,
    }
    return letter_with(write_letter(**defaults | given))


@pytest.fixture
def an():
    return an_account()


def badge(page):
    """The number beside the bell, ``None`` where there is none."""
    found = re.search(r'count-badge"><span aria-hidden="true">([^<]+)', page.text)
    return found and found[1]


def read_at(notice):
    db.session.rollback()
    return db.session.scalar(select(Letter.read_at).where(Letter.id == notice.id))


def test_a_letter_is_also_a_notice_with_the_same_words(an, sign_in):
    notice = tell(an)
    client = sign_in(an)
    assert "Thông báo số 1" in client.get("/me/notices").text
    page = client.get(f"/me/notices/{notice.public_id}").text
    assert "<p>Chào chị An,</p><p>Mời xem trang của lớp.</p>" in page


def test_every_page_says_how_many_are_unread(an, sign_in):
    tell(an, 1)
    tell(an, 2)
    client = sign_in(an)
    assert badge(client.get("/courses/")) == "2"
    opened = tell(an, 3)
    assert badge(client.get("/courses/")) == "3"
    client.get(f"/me/notices/{opened.public_id}")
    assert badge(client.get("/courses/")) == "2"
    assert badge(sign_in(an_account()).get("/courses/")) is None


def test_opening_reads_and_looking_ahead_does_not(an, sign_in):
    notice, client = tell(an), sign_in(an)
    client.head(f"/me/notices/{notice.public_id}")
    client.get("/me/notices")
    assert read_at(notice) is None
    client.get(f"/me/notices/{notice.public_id}")
    first = read_at(notice)
    assert first is not None
    client.get(f"/me/notices/{notice.public_id}")
    assert read_at(notice) == first


def test_all_are_read_at_once_but_for_what_came_in_since(an, sign_in):
    seen, client = [tell(an, n) for n in (1, 2)], sign_in(an)
    page = client.get("/me/notices").text
    up_to = re.search(r'name="up_to" value="(\d+)"', page)[1]
    late, others = tell(an, 3), tell(an_account())
    assert client.post("/me/notices/reading", data={"up_to": up_to}).status_code == 302
    assert all(read_at(notice) for notice in seen)
    assert (read_at(late), read_at(others)) == (None, None)
    for nonsense in ("", "x", "9" * 30):
        assert client.post("/me/notices/reading", data={"up_to": nonsense}).status_code == 302


def test_only_addresses_of_this_site_can_be_followed(an, sign_in):
    notice = tell(
        an,
        body_text="Xem http://localhost/runs/5S-1, và http://localhost.evil.test/x\n"
        "https://evil.test/y <b>z</b> http://localhost//evil.test/ http://localhost/a\\b\n",
    )
    page = sign_in(an).get(f"/me/notices/{notice.public_id}").text
    text = page.split('class="notice-text">')[1].split("</div>")[0]
    assert re.findall(r'href="([^"]*)"', text) == ["/runs/5S-1"]
    assert ">http://localhost/runs/5S-1</a>, và" in text
    assert "&lt;b&gt;z&lt;/b&gt;" in text


def test_secret_links_never_become_notices(an, sign_in):
    letter = tell(an, kind="accounts.reset", body_text="http://localhost/reset/link/abc\n")
    client = sign_in(an)
    assert letter.in_site is False
    assert client.get(f"/me/notices/{letter.public_id}").status_code == 404
    assert badge(client.get("/courses/")) is None


def test_nobody_reads_somebody_else_s(an, sign_in):
    notice, stranger = tell(an), sign_in(an_account())
    assert stranger.get(f"/me/notices/{notice.public_id}").status_code == 404
    assert "Thông báo số 1" not in stranger.get("/me/notices").text
    assert read_at(notice) is None


def test_somebody_without_an_account_finds_it_when_they_have_one(sign_in):
    person = a_person(email=None)
    tell(an_account(person=person), recipient=None)
    account = db.session.scalars(select(Letter)).one()
    assert (account.recipient, account.in_site) == (None, True)


def test_the_list_takes_the_same_number_of_queries_however_long(an, sign_in, count_queries):
    client = sign_in(an)

    def queries_with(numbers):
        for n in numbers:
            tell(an, n)
        client.get("/me/notices")
        with count_queries() as seen:
            client.get("/me/notices")
        return len(seen)

    first = queries_with([1])
    assert first == queries_with(range(2, 21))
    assert first <= 5


def test_the_number_costs_no_query_of_its_own(an, sign_in, count_queries):
    client = sign_in(an)
    client.get("/units/")
    with count_queries() as seen:
        client.get("/units/")
    assert sum("letter" in statement for statement in seen) == 1
    assert "FROM account" in next(s for s in seen if "letter" in s)


def test_a_long_list_comes_in_pages(an, sign_in):
    for n in range(25):
        tell(an, n)
    client = sign_in(an)
    assert client.get("/me/notices").text.count("/me/notices/") >= 20
    assert "Thông báo số 0<" in client.get("/me/notices?page=2").text
    assert client.get("/me/notices?page=99").status_code == 200
