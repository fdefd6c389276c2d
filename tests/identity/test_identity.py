from datetime import date, timedelta

import pytest

from club import clock
from club.accounts.models import RoleName
from club.config import ROOT
from club.files.synced import Synced
from club.identity import queries
from club.identity.importing import sync_club
from club.identity.rules import IdentityRefusal, refusal_to_add_version
from club.units.importing import sync_units
from tests.support.factories import NOW, an_account

CONTENT = ROOT / "content"
TODAY = date(2026, 3, 3)


@pytest.fixture
def club():
    sync_units(CONTENT, now=NOW)
    sync_club(CONTENT, now=NOW)
    return queries.club_profile_on(TODAY)


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.ADMINISTRATOR))


def typed(**given):
    return {
        "valid_from": clock.today().isoformat(),
        "name": "Câu lạc bộ Demo",
        "name_en": "Demo Club",
        "short_name": "Demo",
        "short_name_en": "Demo",
        "owner": "",
        "founding_text": "Hình thành thế này.",
        "founding_text_en": "It came about like this.",
        "reason": "Quyết định 2",
    } | given


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (TODAY, None),
        (TODAY - timedelta(days=1), IdentityRefusal.IN_THE_PAST),
        (TODAY + timedelta(days=1), IdentityRefusal.DAY_TAKEN),
    ],
)
def test_a_version_begins_today_or_later_on_a_free_day(day, refusal):
    taken = [TODAY + timedelta(days=1)]
    assert refusal_to_add_version(valid_from=day, today=TODAY, taken=taken) is refusal


def test_the_founding_unit_owned_the_club_until_it_ended(club):
    before = queries.club_profile_on(date(2025, 6, 30))
    assert before.owner.key == "phong-kinh-te"
    assert club.owner is None
    assert "chưa có nguồn nào nêu đơn vị kế thừa" in club.founding_text
    assert queries.club_profile_on(date(2021, 11, 17)) is None


def test_no_contact_is_invented(club, client):
    assert (club.contact_email, club.contact_phone, club.contact_address) == (None, None, None)
    assert "footer-contact" not in client.get("/units/").text


def test_syncing_again_changes_nothing(club):
    assert sync_club(CONTENT, now=NOW) == Synced(added=0, changed=0, unchanged=2)


def test_a_version_from_today_is_on_every_page_and_the_older_ones_stay(club, desk):
    answer = desk.post("/office/identity/new", data=typed(contact_email="clb@example.vn"))

    assert (answer.status_code, answer.location) == (302, "/office/identity")
    page = desk.get("/units/").text
    assert "Câu lạc bộ Demo" in page
    assert "clb@example.vn" in page
    history = desk.get("/office/identity").text
    assert "Quyết định 2" in history
    assert "Từ 18/11/2021" in history
    assert len(queries.club_profiles()) == 3


def test_the_form_starts_with_what_is_shown_today(club, desk):
    assert f'value="{club.name}"' in desk.get("/office/identity/new").text


@pytest.mark.parametrize(
    "given",
    [
        {"valid_from": "2021-01-01"},
        {"valid_from": "9999-01-01"},
        {"name": ""},
        {"name": "x" * 5000},
        {"contact_email": "clb"},
        {"owner": "phong-kinh-te"},
        {"reason": ""},
    ],
)
def test_bad_input_adds_no_version(club, desk, given):
    assert desk.post("/office/identity/new", data=typed(**given)).status_code == 422
    assert len(queries.club_profiles()) == 2


def test_the_same_day_twice_is_refused(club, desk):
    desk.post("/office/identity/new", data=typed())
    again = desk.post("/office/identity/new", data=typed(name="Câu lạc bộ Khác"))
    assert again.status_code == 422
    assert "Đã có một bản từ ngày này." in again.text
    assert "Câu lạc bộ Khác" in again.text


@pytest.mark.parametrize("role", [RoleName.COORDINATOR, RoleName.OFFICIAL])
def test_only_administrators_change_it(sign_in, role):
    browser = sign_in(an_account(role))
    assert browser.get("/office/identity").status_code == 403
    assert browser.post("/office/identity/new", data=typed()).status_code == 403


def test_without_any_version_the_site_still_has_a_name(client, desk):
    assert "Câu lạc bộ cải tiến năng suất" in client.get("/units/").text
    assert "Chưa ghi gì" in desk.get("/office/identity").text
