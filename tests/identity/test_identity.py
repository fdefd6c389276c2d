import re
import struct
from datetime import date, timedelta
from io import BytesIO

import pytest

from club import clock
from club.accounts.models import RoleName
from club.config import ROOT
from club.files.storage import Storage, StorageError
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


def a_png(width=200, height=200, *, more=0):
    sides = struct.pack(">II", width, height)
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + sides + b"\x08\x06\0\0\0" + b"\0" * (20 + more)


def with_logo(content, name="logo.png", **given):
    return typed(**given) | {"file": (BytesIO(content), name)}


def shown_logo(page):
    return re.findall(r'<img class="masthead-mark"\s+src="([^"]+)"', page.text)


def test_a_logo_is_on_every_page_until_a_version_drops_it(club, desk, client):
    assert shown_logo(client.get("/units/")) == []
    assert desk.post("/office/identity/new", data=with_logo(a_png())).status_code == 302
    [address] = shown_logo(client.get("/units/"))
    picture = client.get(address)
    assert (picture.data, picture.mimetype) == (a_png(), "image/png")
    assert picture.headers["Cache-Control"] == "public, max-age=31536000, immutable"

    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    desk.post("/office/identity/new", data=typed(valid_from=tomorrow))
    later = (clock.today() + timedelta(days=2)).isoformat()
    desk.post("/office/identity/new", data=typed(valid_from=later, drawn_mark="y"))
    logos = [p.logo.name if p.logo else None for p in queries.club_profiles()]
    assert logos == [None, "logo.png", "logo.png", None, None]
    assert "Biểu trưng của bản này" in desk.get("/office/identity").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Chọn ảnh dạng PNG."),
        (b"\xff\xd8\xff\xe0" + b"\0" * 40, "Chọn ảnh dạng PNG."),
        (b"\x89PNG\r\n\x1a\n", "Chọn ảnh dạng PNG."),
        (a_png(30_000, 30_000), "từ 40 đến 1.000 điểm ảnh"),
        (a_png(39, 39), "từ 40 đến 1.000 điểm ảnh"),
        (a_png(more=500_000), "không quá 500 kB"),
    ],
)
def test_what_is_no_logo_is_refused_and_the_rest_stays(club, desk, content, words):
    answer = desk.post("/office/identity/new", data=with_logo(content))
    assert answer.status_code == 422
    assert words in answer.text
    assert "Quyết định 2" in answer.text
    assert len(queries.club_profiles()) == 2


def test_a_logo_is_carried_while_something_else_is_mended(club, desk):
    refused = desk.post("/office/identity/new", data=with_logo(a_png(), reason=""))
    assert refused.status_code == 422
    assert "Đã chọn: logo.png" in refused.text
    ticket = re.search(r'name="ticket" type="hidden" value="([^"]+)"', refused.text)[1]
    assert desk.post("/office/identity/new", data=typed(ticket=ticket)).status_code == 302
    assert queries.club_profiles()[0].logo.name == "logo.png"


def test_a_store_that_fails_is_said_and_keeps_what_was_typed(club, desk, app, monkeypatch):
    class Full(Storage):
        def put(self, key, content):
            raise StorageError(key)

    monkeypatch.setitem(app.extensions, "club.storage", Full("memory:///"))
    answer = desk.post("/office/identity/new", data=with_logo(a_png()))
    assert answer.status_code == 503
    assert "Quyết định 2" in answer.text


def test_versions_without_a_logo_have_no_picture(club, client):
    assert client.get(f"/logo/{club.id}").status_code == 404


@pytest.mark.parametrize("role", [RoleName.COORDINATOR, RoleName.OFFICIAL])
def test_only_administrators_change_it(sign_in, role):
    browser = sign_in(an_account(role))
    assert browser.get("/office/identity").status_code == 403
    assert browser.post("/office/identity/new", data=typed()).status_code == 403


def test_without_any_version_the_site_still_has_a_name(client, desk):
    assert "Câu lạc bộ cải tiến năng suất" in client.get("/units/").text
    assert "Chưa ghi gì" in desk.get("/office/identity").text
