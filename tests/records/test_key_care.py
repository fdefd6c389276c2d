"""A key signs for three years; the next one is made in time, or somebody is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.records.certificates import signing
from club.records.certificates.designing import keep_design
from club.records.certificates.designs import Wording
from club.records.certificates.distrusting import distrust_key
from club.records.certificates.key_care import renew_in_time, trouble_with_the_key
from club.records.certificates.keys import KEY_SIGNS_FOR, read_keys
from club.records.certificates.models import SigningKey
from club.records.certificates.rules import KeyTrouble
from tests.records.kit import a_coordinator, a_taught_run, a_trainer, every
from tests.support.factories import NOW

DAY = timedelta(days=1)
START = NOW - KEY_SIGNS_FOR


@pytest.fixture(autouse=True)
def _own_key(key_file):
    """A place of its own for the key of each test."""


@pytest.fixture
def without_authority(app, monkeypatch, tmp_path):
    """The authority's key lies in a safe, and is not in its place."""
    path = tmp_path / "safe" / "authority-key.pem"
    settings = replace(app.extensions["club.settings"], authority_key=path)
    monkeypatch.setitem(app.extensions, "club.settings", settings)

    def take_away():
        path.unlink()

    return take_away


def test_the_next_key_is_made_in_the_last_month(key_file):
    first = signing.make_first_key(now=START)
    assert not renew_in_time(now=NOW - 31 * DAY)
    assert renew_in_time(now=NOW - 30 * DAY)
    assert read_keys(key_file).signing.fingerprint != first.fingerprint
    assert [key.retired_at for key in every(SigningKey)] == [NOW - 30 * DAY, None]
    assert len({key.authority for key in every(SigningKey)}) == 1
    assert not renew_in_time(now=NOW - 29 * DAY)


def test_a_key_that_is_over_is_followed_as_well():
    signing.make_first_key(now=START)
    assert trouble_with_the_key(now=NOW) is KeyTrouble.OVER
    assert renew_in_time(now=NOW)
    assert trouble_with_the_key(now=NOW) is None


def test_what_was_stolen_or_lost_is_replaced_by_people_only(key_file):
    assert not renew_in_time(now=NOW)
    key = signing.make_first_key(now=START)
    distrust_key(key.fingerprint, since=START, reason="Mất máy", by=None, now=NOW)
    assert (renew_in_time(now=NOW), trouble_with_the_key(now=NOW)) == (False, KeyTrouble.DISTRUSTED)
    key_file.unlink()
    assert (renew_in_time(now=NOW), trouble_with_the_key(now=NOW)) == (False, KeyTrouble.MISSING)


def test_a_key_that_cannot_be_followed_by_itself_is_spoken_of_in_time(without_authority):
    signing.make_first_key(now=START)
    assert trouble_with_the_key(now=NOW - 20 * DAY) is None
    without_authority()
    assert trouble_with_the_key(now=NOW - 91 * DAY) is None
    assert trouble_with_the_key(now=NOW - 90 * DAY) is KeyTrouble.ENDS_SOON
    assert not renew_in_time(now=NOW - 20 * DAY)


def test_coordinators_read_what_is_wrong_with_the_key(sign_in, key_file):
    run = a_taught_run()
    signing.make_first_key(now=NOW)
    key_file.unlink()
    browser = sign_in(a_coordinator())
    for page in (f"/teaching/runs/{run.code}/closing", "/office/certificates/design"):
        assert "Khóa ký của câu lạc bộ không ở đúng chỗ" in browser.get(page).text


def test_the_preview_says_that_nobody_signs(sign_in):
    page = f"/teaching/runs/{a_taught_run().code}/closing"
    browser, without = sign_in(a_coordinator()), "Chưa có tên người ký"
    seen = browser.get(page).text
    assert (without in seen, "Ghi người ký" in seen) == (True, True)
    keep_design(Wording(signer_name="Lê Văn Ký"), logo=None, signature=None, by=None, now=NOW)
    assert without not in browser.get(page).text


def test_whoever_may_not_name_a_signer_reads_who_may(sign_in):
    trainer = a_trainer()
    run = a_taught_run(trainers=[trainer.person])
    seen = sign_in(trainer).get(f"/teaching/runs/{run.code}/closing").text
    assert ("Điều phối viên có thể ghi" in seen, "Ghi người ký" in seen) == (True, False)
