"""What the page of personal data says is kept."""

from club.privacy.parts import stored_part
from club.rooms import PERSONAL_DATA
from tests.support.factories import NOW, an_account
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


def test_it_costs_no_statement(count_queries):
    """The rooms' words come from the code, not from the database."""
    account = an_account()
    with count_queries() as seen:
        stored_part(account, None, NOW)
    assert seen == []
