"""What was sealed comes back as it was, or not at all."""

from datetime import timedelta

from club.web.seals import Seal


def test_a_sealed_value_comes_back(app):
    for seal in (Seal("one"), Seal("one", lasts=timedelta(days=1))):
        assert seal.opened(seal.sealed([7, "x"])) == [7, "x"]


def test_a_seal_opens_nothing_of_another_purpose(app):
    assert Seal("other").opened(Seal("one").sealed(7)) is None


def test_a_changed_token_is_worth_nothing(app):
    token = Seal("one").sealed(7)
    assert Seal("one").opened(f"{token}x") is None
    assert Seal("one").opened("") is None


def test_a_seal_that_lasts_a_day_opens_nothing_older(app):
    token = Seal("one", lasts=timedelta(days=1)).sealed(7)
    assert Seal("one", lasts=timedelta(seconds=-1)).opened(token) is None
