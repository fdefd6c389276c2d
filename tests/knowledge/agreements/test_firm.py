"""Who speaks for a firm agrees, declines and takes back on the firm's own pages."""

import re

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.knowledge.agreements.models import Agreement, AgreementState
from club.knowledge.importing import sync_knowledge
from club.rooms import PERSONAL_DATA
from club.web.personal_data import ERASED_NAME, Whose
from tests.knowledge.agreements.kit import (
    ALL,
    NAMELESS,
    a_document,
    a_new_draft,
    agreed,
    published,
)
from tests.knowledge.editing.kit import a_trainer, an_editor, article, at
from tests.privacy.test_erasing import asked as asks_for_erasure
from tests.privacy.test_erasing import erase
from tests.support.factories import (
    NOW,
    a_person,
    an_account,
    an_employment,
    an_organisation,
    reload,
)
from tests.support.letters import letters_to

DESK = "/office/knowledge/agreements"
_S = AgreementState


@pytest.fixture(autouse=True)
def _on_that_morning(content):
    sync_knowledge(content.path, now=NOW)
    with at(NOW):
        yield


@pytest.fixture
def firm():
    return an_organisation(name="Công ty TNHH May Bình Minh")


@pytest.fixture
def speaker(firm):
    person = a_person(full_name="Nguyễn Thị Chủ")
    an_employment(person, firm, represents=True, position="Giám đốc")
    return an_account(RoleName.REPRESENTATIVE, person=person)


@pytest.fixture
def editor():
    return an_editor()


def asked(client, firm, draft, **given):
    typed = {"ask-code": firm.code, "ask-extent": "named-figures", "ask-words": "Xin phép đăng."}
    return client.post(f"{DESK}/asked?draft={draft.public_id}", data=typed | given)


def only():
    db.session.expire_all()
    return db.session.scalars(select(Agreement)).one()


def news(account):
    return [letter.subject for letter in letters_to(account.person_id, "knowledge.agreement_news")]


def test_a_firm_is_asked_agrees_to_less_and_its_case_waits(sign_in, firm, speaker, editor):
    draft = a_new_draft(a_trainer(), a_document())
    assert asked(sign_in(editor), firm, draft).status_code == 302
    found = only()
    assert news(speaker) == ["Câu lạc bộ xin đăng một điển hình về doanh nghiệp của anh chị"]
    mine, here = sign_in(speaker), f"/organisations/{firm.code}/agreements"
    assert "1 đang chờ trả lời" in mine.get(f"/organisations/{firm.code}/").text
    assert "Bình Minh làm 5S" in mine.get(here).text
    page = mine.get(f"{here}/{found.public_id}").text
    assert "Công ty May Bình Minh sắp lại kho." in page
    nothing = mine.post(
        f"{here}/{found.public_id}/giving", data={"give-extent": "nameless-figures"}
    )
    assert (nothing.status_code, "Ghi lại lời đồng ý." in nothing.text) == (422, True)
    sent = {"give-extent": "nameless-figures", "give-words": "Đồng ý, đừng nêu tên."}
    assert mine.post(f"{here}/{found.public_id}/giving", data=sent).status_code == 302
    given = only()
    assert (given.state, given.extent, given.given_by, given.given_by_role, given.given_by_id) == (
        _S.GIVEN,
        NAMELESS,
        "Nguyễn Thị Chủ",
        "Giám đốc",
        speaker.id,
    )
    assert news(editor) == ["Một doanh nghiệp đồng ý cho đăng điển hình"]
    refused = sign_in(editor).post(f"/office/knowledge/drafts/{draft.public_id}/publication")
    assert refused.status_code == 409
    assert "đồng ý được mô tả chứ không đồng ý nêu tên" in refused.text
    again = mine.post(f"{here}/{found.public_id}/giving", data=sent)
    assert again.status_code == 409


def test_a_firm_declines(sign_in, firm, speaker, editor):
    asked(sign_in(editor), firm, a_new_draft(a_trainer(), a_document()))
    here = f"/organisations/{firm.code}/agreements/{only().public_id}"
    mine = sign_in(speaker)
    assert mine.post(f"{here}/declining", data={}).status_code == 422
    mine.post(f"{here}/declining", data={"decline-reason": "Chưa tiện."})
    assert (only().state, only().reason) == (_S.DECLINED, "Chưa tiện.")
    assert news(editor) == ["Một doanh nghiệp không đồng ý cho đăng điển hình"]


def test_a_firm_takes_back_on_its_own_page_and_its_case_is_gone(
    client, sign_in, firm, speaker, editor
):
    draft = a_new_draft(a_trainer(), a_document())
    agreement = agreed(draft, editor, code=firm.code)
    published(draft, editor)
    assert news(speaker) == ["Doanh nghiệp của anh chị đồng ý cho đăng một điển hình"]
    here = f"/organisations/{firm.code}/agreements/{agreement.public_id}"
    mine = sign_in(speaker)
    assert mine.post(f"{here}/withdrawal", data={"back-left": "mistake"}).status_code == 422
    mine.post(f"{here}/withdrawal", data={"back-left": "nothing", "back-reason": "Đổi chủ."})
    assert reload(agreement).state is _S.WITHDRAWN
    assert article("may-binh-minh-5s").withheld
    assert client.get("/knowledge/may-binh-minh-5s").status_code == 410
    assert news(editor)[-1] == "Một doanh nghiệp rút lại sự đồng ý cho đăng điển hình"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ask-code": ""}, "Ghi mã của doanh nghiệp"),
        ({"ask-code": "dn-x"}, "Không tổ chức nào trên trang này có mã ấy"),
        ({"ask-extent": ""}, "Chọn một trong các mục này"),
    ],
)
def test_whom_to_ask_has_to_be_known(sign_in, firm, speaker, editor, given, words):
    answer = asked(sign_in(editor), firm, a_new_draft(a_trainer(), a_document()), **given)
    assert (answer.status_code, words in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, None),
        ({"ask-email": "KHAC@example.org"}, "Không ai đăng nhập bằng thư điện tử này"),
        ({"ask-email": "không phải thư"}, "thư điện tử"),
        ({"ask-code": "dn-x"}, "Không ai đăng nhập bằng thư điện tử này"),
    ],
)
def test_a_firm_is_asked_by_the_account_of_who_speaks_for_it(
    sign_in, firm, speaker, editor, given, refused
):
    draft = a_new_draft(a_trainer(), a_document())
    typed = {"ask-code": "", "ask-email": speaker.email.upper()} | given
    answer = asked(sign_in(editor), firm, draft, **typed)
    if refused:
        assert (answer.status_code, refused in answer.text) == (422, True)
        return
    assert (answer.status_code, only().organisation_id) == (302, firm.id)
    assert len(news(speaker)) == 1
    desk = sign_in(speaker).get("/me/").text
    assert f"/organisations/{firm.code}/agreements/{only().public_id}" in desk
    assert "Câu lạc bộ hỏi doanh nghiệp của anh chị" in desk
    assert "Câu lạc bộ hỏi doanh nghiệp" not in sign_in(an_account()).get("/me/").text
    here = f"/organisations/{firm.code}/agreements/{only().public_id}"
    sign_in(speaker).post(f"{here}/declining", data={"decline-reason": "Chưa tiện."})
    assert here not in sign_in(speaker).get("/me/").text


def test_who_speaks_for_two_firms_is_asked_about_the_one_that_is_named(
    sign_in, firm, speaker, editor
):
    other = an_organisation(name="Công ty Thứ Hai")
    an_employment(speaker.person, other, represents=True)
    client, draft = sign_in(editor), a_new_draft(a_trainer(), a_document())
    by_account = {"ask-email": speaker.email}
    answer = asked(client, firm, draft, **by_account, **{"ask-code": ""})
    assert (answer.status_code, "đại diện nhiều doanh nghiệp" in answer.text) == (422, True)
    assert asked(client, other, draft, **by_account).status_code == 302
    assert only().organisation_id == other.id


def test_the_firm_of_a_members_proposal_stands_in_the_form_already(sign_in, firm, editor):
    draft = a_new_draft(a_trainer(), a_document())
    draft.organisation_id = firm.id
    db.session.commit()
    page = sign_in(editor).get(f"{DESK}?draft={draft.public_id}").text
    assert re.search(rf'name="ask-code"[^>]*value="{firm.code}"', page)


def test_what_has_to_be_said_is_not_called_optional(sign_in, firm, speaker, editor):
    draft = a_new_draft(a_trainer(), a_document())
    page = sign_in(editor).get(f"{DESK}?draft={draft.public_id}").text
    optional = re.findall(r"<label[^>]*>([^<]+)<span class=\"form-optional", page)
    assert [one.strip() for one in optional] == [
        "Lời nhắn cho doanh nghiệp",
        "Mã của doanh nghiệp trên trang này",
        "Tên doanh nghiệp, nếu chưa có trên trang này",
        "Bản chụp giấy đồng ý",
    ]
    asked(sign_in(editor), firm, draft)
    one = f"/organisations/{firm.code}/agreements/{only().public_id}"
    assert "không bắt buộc" not in sign_in(speaker).get(one).text


def test_a_firm_without_a_voice_here_is_asked_on_paper_and_nobody_twice(
    sign_in, firm, speaker, editor
):
    client, draft = sign_in(editor), a_new_draft(a_trainer(), a_document())
    silent = an_organisation(name="Công ty Lặng")
    answer = asked(client, silent, draft)
    assert (answer.status_code, "Chưa có ai đại diện" in answer.text) == (422, True)
    asked(client, firm, draft)
    answer = asked(client, firm, draft)
    assert (answer.status_code, "đang chờ trả lời" in answer.text) == (422, True)


def test_only_who_speaks_for_the_firm_answers_for_it(sign_in, firm, speaker, editor):
    asked(sign_in(editor), firm, a_new_draft(a_trainer(), a_document()))
    here = f"/organisations/{firm.code}/agreements"
    one = f"{here}/{only().public_id}"
    stranger, staff = sign_in(an_account()), sign_in(editor)
    assert [stranger.get(path).status_code for path in (here, one)] == [404, 404]
    assert [staff.get(path).status_code for path in (here, one)] == [200, 200]
    sent = {"give-extent": "named-figures", "give-words": "Đồng ý."}
    for client in (stranger, staff):
        assert client.post(f"{one}/giving", data=sent).status_code == 404
    other = an_organisation()
    assert sign_in(speaker).get(f"/organisations/{other.code}/agreements").status_code == 404


def test_what_somebody_agreed_to_is_in_the_copy_and_nameless_after_erasure(
    sign_in, firm, speaker, editor
):
    asked(sign_in(editor), firm, a_new_draft(a_trainer(), a_document()))
    one = f"/organisations/{firm.code}/agreements/{only().public_id}"
    sent = {"give-extent": "named-figures", "give-words": "Đồng ý."}
    sign_in(speaker).post(f"{one}/giving", data=sent)
    rows = {table: row for part in PERSONAL_DATA for table, row in part.rows.items()}
    own = rows["publication_agreement"](Whose(speaker.person_id, speaker.id))
    assert [row.words for row in db.session.execute(own)] == ["Đồng ý."]
    erase(asks_for_erasure(speaker.person))
    assert (only().given_by, only().words, only().extent) == (ERASED_NAME, "Đồng ý.", ALL)
