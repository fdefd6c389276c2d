"""A file as evidence of a line of the plan: who gets it, what is refused, and what is not lost."""

import re
from io import BytesIO

import pytest

from club.accounts.models import RoleName
from club.db import db
from club.files.models import StoredFile
from club.files.storage import Storage, StorageError
from club.plan.items.models import PlanProof
from tests.plan.kit import with_lines
from tests.support.factories import NOW, an_account

LINE = "II.1-10"
DESK = f"/office/plan/items/{LINE}"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"


@pytest.fixture(autouse=True)
def lines(context):
    with_lines(now=NOW)


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


def sent(official, *, name="bien-ban.pdf", content=PDF, **given):
    facts = {"happened_on": "2025-05-05", "shows": "Biên bản khảo sát", "link": ""} | given
    if content is not None:
        facts["file"] = (BytesIO(content), name)
    return official.post(f"{DESK}/proofs", data=facts, content_type="multipart/form-data")


def the_proof():
    return db.session.query(PlanProof).one()


def addresses():
    end = f"{LINE}/proofs/{the_proof().public_id}/file"
    return f"/plan/items/{end}", f"/office/plan/items/{end}"


def test_a_public_file_is_for_everybody_and_never_shown_in_a_page(official, client):
    assert sent(official, name="../Biên bản.pdf", is_public="y").status_code == 302
    public, _office = addresses()
    assert f'href="{public}"' in client.get(f"/plan/items/{LINE}").text
    answer = client.get(public)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ".." not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_file_of_the_office_is_for_those_who_keep_the_plan(official, client, sign_in):
    sent(official)
    public, office = addresses()
    assert "Biên bản khảo sát" not in client.get(f"/plan/items/{LINE}").text
    for reader in (client, sign_in(an_account(RoleName.MEMBER)), official):
        assert reader.get(public).status_code == 404
    assert client.get(office).status_code == 302
    for role in (RoleName.MEMBER, RoleName.TRAINER, RoleName.REPORTING_OFFICER):
        assert sign_in(an_account(role)).get(office).status_code == 403
    for role in (RoleName.OFFICIAL, RoleName.COORDINATOR, RoleName.ADMINISTRATOR):
        assert sign_in(an_account(role)).get(office).data == PDF
    assert f'href="{office}"' in official.get(DESK).text


def test_what_was_taken_out_is_for_the_office_alone(official, client):
    sent(official, is_public="y")
    public, office = addresses()
    official.post(f"{DESK}/entries/{the_proof().public_id}/removal", data={"reason": "Nhầm tệp"})
    assert client.get(public).status_code == 404
    assert official.get(office).data == PDF


def test_a_file_is_found_under_its_own_line_alone(official, client):
    sent(official, is_public="y")
    other = f"II.2-3/proofs/{the_proof().public_id}/file"
    assert client.get(f"/plan/items/{other}").status_code == 404
    assert official.get(f"/office/plan/items/{other}").status_code == 404


def test_evidence_without_a_file_has_none(official, client):
    sent(official, content=None, is_public="y")
    assert [client.get(one).status_code for one in addresses()[:1]] == [404]
    assert official.get(addresses()[1]).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bien-ban.pdf", b"MZ\x90\x00 program"),
        ("bien-ban.docx", b"PK\x03\x04 broken"),
        ("anh.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("trang.pdf", b"<!doctype html><html></html>"),
        ("rong.pdf", b""),
    ],
)
def test_a_hostile_file_is_refused_and_the_words_stay(official, name, content):
    answer = sent(official, name=name, content=content, link="https://example.vn/5")
    assert answer.status_code == 422
    assert "Biên bản khảo sát" in answer.text
    assert 'value="https://example.vn/5"' in answer.text
    assert db.session.query(PlanProof).count() == db.session.query(StoredFile).count() == 0


def test_a_file_survives_another_mistake(official):
    refused = sent(official, link="javascript:alert(1)")
    assert (refused.status_code, "bien-ban.pdf" in refused.text) == (422, True)
    [ticket] = re.findall(r'name="ticket"[^>]*value="([^"]+)"', refused.text)
    assert sent(official, content=None, ticket=ticket).status_code == 302
    assert official.get(addresses()[1]).data == PDF


def test_nobody_hands_in_the_file_that_somebody_else_chose(official, sign_in):
    refused = sent(official, link="javascript:alert(1)")
    [ticket] = re.findall(r'name="ticket"[^>]*value="([^"]+)"', refused.text)
    sent(sign_in(an_account(RoleName.OFFICIAL)), content=None, ticket=ticket)
    assert the_proof().file is None


def test_a_store_that_fails_loses_no_words(official, monkeypatch):
    def fails(*_args):
        raise StorageError("full")

    monkeypatch.setattr(Storage, "put", fails)
    answer = sent(official)
    assert (answer.status_code, "Biên bản khảo sát" in answer.text) == (503, True)
    assert db.session.query(PlanProof).count() == 0
