"""Papers of complaints, how long a complaint is kept, and who of the club learns of a new one."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.certification.objections.letters import LINK
from club.certification.objections.models import (
    Complaint,
    ComplaintHearing,
    ComplaintPaper,
    ComplaintState,
)
from club.certification.objections.operations import complaining, forgetting, handling
from club.certification.objections.rules import MOST_PAPERS, ComplaintRefusal
from club.db import db
from club.files.models import StoredFile
from club.files.receiving import receive
from tests.certification.assessment.kit import a_coordinator, an_assessor
from tests.certification.candidacy.kit import PDF, refused
from tests.certification.objections.kit import (
    VISITOR,
    a_complaint,
    a_sender,
    appealed,
    decided,
    heard,
)
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.letters import letters_to
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

DESK = "/office/certification/objections/complaints"
KIND = "certification.waits_at_desk"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        yield


def a_file():
    return receive(BytesIO(PDF), name="Ảnh chụp.pdf")


def brought(complaint, *, by=None):
    return complaining.add_paper(complaint.id, a_file(), by=by, now=NOW)


def send(browser, here, name="Ảnh chụp.pdf", content=PDF):
    return browser.post(f"{here}/papers", data={"file": (BytesIO(content), name)})


def test_the_sender_adds_papers_and_staff_read_them(sign_in):
    account = an_account()
    made = a_complaint(a_sender(account))
    own, desk = sign_in(account), sign_in(a_coordinator())
    here = f"/complaints/{made.public_id}"
    assert send(own, here).status_code == 302
    [paper] = reload(made).papers
    assert f"{here}/papers/{paper.public_id}" in own.get(here).text
    assert own.get(f"{here}/papers/{paper.public_id}").data == PDF
    there = f"{DESK}/{made.public_id}"
    assert f"{there}/papers/{paper.public_id}" in desk.get(there).text
    assert desk.get(f"{there}/papers/{paper.public_id}").data == PDF


def test_a_visitor_adds_papers_by_the_link_once_it_is_confirmed(client):
    made = a_complaint(VISITOR)
    here = f"/complaints/by-link/{LINK.sealed(str(made.public_id))}"
    assert send(client, here).status_code == 409
    assert reload(made).papers == []
    complaining.confirm(made.id, now=NOW)
    assert send(client, here).status_code == 302
    [paper] = reload(made).papers
    assert client.get(f"{here}/papers/{paper.public_id}").data == PDF
    assert paper.file.uploaded_by_id is None


def test_whom_it_is_about_reads_no_papers(sign_in):
    account = an_account(RoleName.COORDINATOR)
    made = a_complaint()
    paper = brought(made)
    heard(made, account.person)
    browser = sign_in(account)
    assert browser.get(f"{DESK}/{made.public_id}/papers/{paper.public_id}").status_code == 404
    assert browser.get(f"/complaints/{made.public_id}/papers/{paper.public_id}").status_code == 404


def test_what_is_no_paper_is_refused_and_so_is_one_too_many(sign_in):
    account = an_account()
    made = a_complaint(a_sender(account))
    own, here = sign_in(account), f"/complaints/{made.public_id}"
    assert send(own, here, "x.exe", b"MZ").status_code == 422
    for _ in range(MOST_PAPERS):
        brought(made)
    answer = send(own, here)
    assert answer.status_code == 422
    assert "tối đa năm tài liệu" in words(answer)
    complaining.take_back(made.id, reason=None, by=account.id, now=NOW)
    assert refused(brought, made) is ComplaintRefusal.NOT_OPEN


def closed(complaint):
    by = a_coordinator().id
    return handling.close(
        complaint.id, ComplaintState.NOT_UPHELD, reason="Không thấy.", by=by, now=NOW
    )


@pytest.mark.parametrize("sender", [VISITOR, None], ids=["visitor", "member"])
def test_three_years_after_it_was_closed_nobody_knows_who_said_what(sender):
    made = a_complaint(sender)
    if sender:
        complaining.confirm(made.id, now=NOW)
    brought(made)
    heard(made)
    closed(made)
    three_years = NOW + timedelta(days=3 * 365 + 1)
    assert forgetting.forget_old(now=three_years - timedelta(days=2)) == 0
    assert forgetting.forget_old(now=three_years + timedelta(days=1)) == 1
    assert forgetting.forget_old(now=three_years + timedelta(days=1)) == 0
    kept = reload(made)
    assert (kept.person_id, kept.full_name, kept.email, kept.wish) == (None, None, "", None)
    assert "Người này" not in kept.words + kept.named
    assert kept.state is ComplaintState.NOT_UPHELD
    assert [(step.reason, step.told) for step in kept.steps] == [(None, None)] * len(kept.steps)
    assert db.session.query(ComplaintHearing).count() == 0
    assert db.session.query(ComplaintPaper).one().file_id is None
    assert db.session.query(StoredFile).count() == 0


def test_what_waits_is_kept(sign_in):
    made = a_complaint()
    assert forgetting.forget_old(now=NOW + timedelta(days=4000)) == 0
    assert reload(made).forgotten_at is None
    closed(made)
    forgetting.forget_old(now=NOW + timedelta(days=1200))
    assert sign_in(a_coordinator()).get("/office/certification/objections").status_code == 200


def test_coordinators_learn_of_a_new_complaint_but_not_who_is_concerned():
    about = an_account(RoleName.COORDINATOR, person=a_person(full_name="Lê Văn Tám"))
    sender, other = an_account(RoleName.COORDINATOR), a_coordinator()
    made = a_complaint(a_sender(sender), named="Người thẩm định Lê Văn Tám")
    assert (letters_to(about.person_id, KIND), letters_to(sender.person_id, KIND)) == ([], [])
    [letter] = letters_to(other.person_id, KIND)
    assert f"{DESK}/{made.public_id}" in letter.body_text
    assert "Người này" not in letter.body_text
    assert letters_to(an_assessor().person_id, KIND) == []


def test_a_visitors_complaint_is_told_once_it_is_confirmed():
    other = a_coordinator()
    made = a_complaint(VISITOR)
    assert letters_to(other.person_id, KIND) == []
    complaining.confirm(made.id, now=NOW)
    assert len(letters_to(other.person_id, KIND)) == 1


def test_without_a_coordinator_administrators_learn_of_it():
    administrator = an_account(RoleName.ADMINISTRATOR)
    a_complaint()
    assert len(letters_to(administrator.person_id, KIND)) == 1


def test_coordinators_learn_of_a_new_appeal():
    other = a_coordinator()
    made = appealed(decided())
    [letter] = letters_to(other.person_id, KIND)
    assert f"/appeals/{made.public_id}" in letter.body_text
    assert db.session.query(Complaint).count() == 0
