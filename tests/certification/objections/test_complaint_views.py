from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.certification.objections import queries
from club.certification.objections.letters import LINK
from club.certification.objections.models import Complaint, ComplaintAbout, ComplaintState
from club.certification.objections.operations import complaining
from club.db import db
from tests.certification.assessment.kit import a_coordinator, an_assessor
from tests.certification.objections.kit import (
    VISITOR,
    a_complaint,
    a_sender,
    heard,
    recognised,
)
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.inspector import complaints as faults
from tests.support.pages import flashed, words
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")

NEW = "/complaints/new"
DESK = "/office/certification/objections"
SENT = {
    "about": "assessor",
    "named": "Người thẩm định Lê Văn Tám",
    "words": "Người này nói về hồ sơ của tôi.",
    "wish": "",
}
VISITORS = SENT | {"full_name": "Trần Thị Khách", "email": "khach@example.vn"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def desk_of(complaint):
    return f"{DESK}/complaints/{complaint.public_id}"


def the_only_complaint():
    return db.session.scalars(select(Complaint)).one()


def link_to(complaint):
    return f"/complaints/by-link/{LINK.sealed(str(complaint.public_id))}"


def test_a_member_complains_and_follows_it(sign_in):
    account = an_account()
    browser = sign_in(account)
    form = browser.get(NEW)
    assert faults(form.text) == []
    assert 'name="email"' not in form.text
    answer = browser.post(NEW, data=SENT)
    made = the_only_complaint()
    assert made.person_id == account.person_id
    assert made.number in flashed(browser, answer)
    page = browser.get(answer.location)
    assert faults(page.text) == []
    mine = browser.get("/me/certification/objections")
    assert faults(mine.text) == []
    assert made.number in words(mine)
    browser.post(f"{answer.location}/withdrawal", data={"reason": ""})
    assert reload(made).state is ComplaintState.WITHDRAWN


def test_a_visitor_confirms_by_the_link_and_a_look_alone_confirms_nothing(client):
    form = client.get(NEW)
    assert faults(form.text) == []
    answer = client.post(NEW, data=VISITORS)
    assert answer.location == "/complaints/sent"
    assert "khach@example.vn" in words(client.get(answer.location))
    made = the_only_complaint()
    page = client.get(link_to(made))
    assert faults(page.text) == []
    assert reload(made).state is ComplaintState.UNCONFIRMED
    client.post(link_to(made))
    assert reload(made).state is ComplaintState.RECEIVED
    story = client.get(link_to(made))
    assert faults(story.text) == []
    assert made.number in words(story)
    client.post(f"{link_to(made)}/withdrawal", data={"reason": "Đã nói chuyện"})
    assert reload(made).state is ComplaintState.WITHDRAWN


def test_what_a_visitor_typed_stays_where_something_is_missing(client):
    answer = client.post(NEW, data=VISITORS | {"about": "", "email": "khách@"})
    assert answer.status_code == 422
    assert SENT["words"] in answer.text
    assert db.session.scalars(select(Complaint)).all() == []


def test_the_same_letter_is_not_sent_again_and_again(client, app):
    for _ in range(3):
        client.post(NEW, data=VISITORS)
    the_only_complaint()


def test_mailboxes_are_not_flooded(client, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "club.limits", True)
    answers = [
        client.post(NEW, data=VISITORS | {"words": f"Lần {number}"}).status_code
        for number in range(6)
    ]
    assert answers == [302] * 5 + [429]


def test_a_link_that_is_not_ours_leads_nowhere(client):
    own = a_complaint()
    assert client.get(f"/complaints/by-link/{LINK.sealed('x')}").status_code == 404
    # Nor does a link to what somebody with an account sent.
    assert client.get(link_to(own)).status_code == 404


def test_another_ones_complaint_is_nobodys_business(sign_in):
    made = a_complaint()
    hearing = heard(made, an_assessor().person)
    for account in (an_account(), an_account(RoleName.OFFICIAL), a_coordinator()):
        browser = sign_in(account)
        assert browser.get(f"/complaints/{made.public_id}").status_code == 404
        assert browser.get(f"/complaints/hearings/{hearing.public_id}").status_code == 404


def test_a_coordinator_confirms_hears_and_answers(sign_in):
    made, desk, person = a_complaint(), sign_in(a_coordinator()), a_person()
    listed = desk.get(DESK)
    assert faults(listed.text) == []
    assert made.number in words(listed)
    desk.post(f"{desk_of(made)}/receipt")
    assert reload(made).state is ComplaintState.ACKNOWLEDGED
    found = desk.get(f"{desk_of(made)}?q={person.full_name}")
    assert faults(found.text) == []
    assert f"person={person.public_id}" in found.text
    chosen = desk.get(f"{desk_of(made)}?person={person.public_id}")
    assert faults(chosen.text) == []
    question = {
        "hearing-person": str(person.public_id),
        "hearing-put": "",
        "hearing-answer_by": "2026-03-20",
    }
    missing = desk.post(f"{desk_of(made)}/hearings", data=question)
    assert missing.status_code == 422
    assert person.full_name in words(missing)
    desk.post(f"{desk_of(made)}/hearings", data=question | {"hearing-put": "Có đúng không?"})
    [hearing] = reload(made).hearings
    assert hearing.person_id == person.id
    early = {"outcome-outcome": "upheld", "outcome-reason": "Đã rõ"}
    assert desk.post(f"{desk_of(made)}/outcome", data=early).status_code == 422
    desk.post(f"{desk_of(made)}/extension", data={"extension-reason": "Chờ giải trình"})
    desk.post(f"{desk_of(made)}/outcome", data=early | {"outcome-outcome": "not_upheld"})
    assert reload(made).state is ComplaintState.NOT_UPHELD
    assert faults(desk.get(desk_of(made)).text) == []
    again = desk.post(f"{desk_of(made)}/outcome", data=early)
    assert again.status_code == 409


@pytest.mark.parametrize("kept_back", [False, True])
def test_whom_it_is_about_sees_who_complains_unless_that_is_kept_back(sign_in, kept_back):
    sender, account = an_account(), an_assessor()
    made = a_complaint(a_sender(sender), keeps_name_back=kept_back)
    hearing = heard(made, account.person)
    browser = sign_in(account)
    page = browser.get(f"/complaints/hearings/{hearing.public_id}")
    assert faults(page.text) == []
    said = words(page)
    assert "Việc này có đúng không?" in said
    for secret in (sender.person.full_name, made.words):
        assert (secret in said) is not kept_back
    browser.post(f"/complaints/hearings/{hearing.public_id}", data={"words": "Không đúng."})
    assert reload(hearing).answer == "Không đúng."
    assert made.number in words(browser.get("/me/certification/objections"))


def test_whom_it_is_about_reads_nothing_at_the_desk_whatever_the_role(sign_in):
    made, about = a_complaint(keeps_name_back=True), a_coordinator()
    heard(made, about.person)
    desk = sign_in(about)
    assert made.number not in words(desk.get(DESK))
    assert desk.get(desk_of(made)).status_code == 404
    for act in ("receipt", "hearings", "extension", "outcome"):
        assert desk.post(f"{desk_of(made)}/{act}", data={}).status_code == 404


def test_a_coordinator_whom_it_names_reads_nothing_of_it(sign_in):
    named = a_coordinator()
    made = a_complaint(named=f"Anh {named.person.full_name}", keeps_name_back=True)
    desk = sign_in(named)
    assert made.number not in words(desk.get(DESK))
    assert desk.get(desk_of(made)).status_code == 404


def test_who_sent_it_sees_that_somebody_else_answers(sign_in):
    own = a_coordinator()
    made = a_complaint(a_sender(own))
    desk = sign_in(own)
    assert "người khác phải giải quyết" in words(desk.get(desk_of(made)))
    assert desk.post(f"{desk_of(made)}/receipt").status_code == 409


def test_the_page_leads_to_the_recognition_and_suspends_nothing(sign_in):
    candidate = recognised()
    made = a_complaint(about=ComplaintAbout.CERTIFIED_PERSON)
    hearing = heard(made, candidate.person)
    complaining.answer(hearing.id, "Đúng.", by=an_account().id, now=NOW)
    desk = sign_in(a_coordinator())
    assert f"/candidacies/{candidate.public_id}" in desk.get(desk_of(made)).text
    before = candidate.state
    sent = {"outcome-outcome": "upheld", "outcome-reason": "Đã rõ"}
    desk.post(f"{desk_of(made)}/outcome", data=sent)
    assert (reload(made).state, reload(candidate).state) == (ComplaintState.UPHELD, before)


def test_the_desk_asks_as_often_for_many_complaints_as_for_one(sign_in):
    desk = sign_in(a_coordinator())
    heard(a_complaint())
    with counting_queries() as one:
        desk.get(DESK)
    for _ in range(3):
        heard(a_complaint())
    with counting_queries() as four:
        desk.get(DESK)
    assert len(one) == len(four)


def test_the_desk_says_what_is_next_and_what_is_overdue(sign_in):
    made = a_complaint()
    with time_machine.travel(NOW + timedelta(days=6), tick=False):
        page = words(sign_in(a_coordinator()).get(DESK))
    assert "Quá hạn" in page[page.index(made.number) :]
    assert queries.open_complaints() == [made]


def test_what_a_visitor_has_not_confirmed_is_not_at_the_desk(sign_in):
    made = a_complaint(VISITOR)
    assert made.number not in words(sign_in(a_coordinator()).get(DESK))
