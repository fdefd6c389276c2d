"""What the page of personal data says is kept."""

from club.rooms import PERSONAL_DATA
from tests.support.factories import an_account
from tests.support.pages import words


def test_every_room_says_what_it_keeps_why_and_for_whom(sign_in):
    page = words(sign_in(an_account()).get("/me/privacy"))
    told = [
        str(text)
        for part in PERSONAL_DATA
        for kept in part.kept
        for text in (kept.what, kept.why, kept.how_long, kept.seen_by)
    ]
    assert len(told) > 60
    assert [text for text in told if text not in page] == []


def test_it_costs_no_statement(sign_in, count_queries):
    """The rooms' words come from the code, not from the database."""
    client = sign_in(an_account())
    client.get("/me/privacy")
    with count_queries() as seen:
        client.get("/me/privacy")
    assert len(seen) <= 4
