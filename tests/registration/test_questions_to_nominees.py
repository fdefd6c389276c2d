"""Whom others enter answers the course's questions afterwards; the place is held meanwhile."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from club.db import db
from club.files.models import StoredFile
from club.outbox.models import Letter
from club.registration import operations as registering
from club.registration import queries
from club.registration.links import registration_in, token
from club.registration.models import RegistrationState
from club.registration.questions.answering import field_of
from club.registration.questions.models import QuestionKind
from club.registration.questions.queries import answers_of
from club.registration.questions.rules import AnswerRefusal
from tests.materials.kit import PDF
from tests.registration.nominating_kit import AN, BICH, nominate
from tests.registration.support import a_registrant, agree, states
from tests.registration.test_questions import START, asked
from tests.registration.test_substitution import of, send
from tests.support.factories import NOW, a_person, a_run, an_account, an_employment
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def run():
    return a_run(seats=1)


def body_to(recipient):
    query = select(Letter.body_text).where(Letter.recipient == recipient).order_by(Letter.id)
    return list(db.session.scalars(query))[-1]


def questions_page(recipient):
    return re.search(r"http://localhost(/answer/\S+/questions)", body_to(recipient))[1]


def answers_behind(address):
    theirs = queries.registration_by_public_id(registration_in(address.split("/")[2]))
    return [one.words or one.file.name for one in answers_of(theirs.id)]


def test_who_has_no_account_is_asked_in_the_letter_and_answers_by_its_link(
    client, run, firm, representative
):
    why, leave = asked(run.course), asked(run.course, QuestionKind.FILE, "Giấy giới thiệu")
    nominate(representative, firm, run, AN)
    page = questions_page("an@congty.vn")
    assert "trước 9:00 Thứ Năm, 12/03/2026" in body_to("an@congty.vn")
    assert states(run) == [(1, "confirmed")]
    home = page.removesuffix("/questions")
    assert f'href="{page}"' in client.get(home).text

    typed = {field_of(why.id): "Chuyền hay dừng"}
    incomplete = client.post(f"{page}?lang=en", data=typed)
    assert incomplete.status_code == 422
    assert "Chuyền hay dừng" in incomplete.text
    assert AnswerRefusal.MISSING in words(incomplete)
    file = {field_of(leave.id): (io.BytesIO(PDF), "giay.pdf")}
    answer = client.post(page, data=typed | file)

    assert answer.location == home
    assert "Your answers are saved." in flashed(client, answer)
    assert answers_behind(page) == ["Chuyền hay dừng", "giay.pdf"]
    assert db.session.scalars(select(StoredFile)).one().uploaded_by_id is None
    shown = client.get(home)
    assert "giay.pdf" in shown.text
    assert "answer yet" not in words(client.get(f"{home}?lang=en"))
    changed = client.post(page, data={field_of(why.id): "Muốn học 5S"})
    assert changed.status_code == 302
    assert answers_behind(page) == ["Muốn học 5S", "giay.pdf"]


def test_a_file_carried_by_one_link_is_of_no_use_to_another(client, firm, representative):
    run = a_run(seats=2)
    why, leave = asked(run.course), asked(run.course, QuestionKind.FILE, "Giấy giới thiệu")
    nominate(representative, firm, run, AN, BICH)
    mine, theirs = questions_page("an@congty.vn"), questions_page("bich@congty.vn")
    file = {field_of(leave.id): (io.BytesIO(PDF), "giay.pdf")}
    refused = client.post(mine, data={field_of(why.id): ""} | file)
    ticket = re.search(rf'name="{field_of(leave.id)}_file"[^>]*value="([^"]+)"', refused.text)[1]
    typed = {field_of(why.id): "Vì", f"{field_of(leave.id)}_file": ticket}
    assert client.post(theirs, data=typed).status_code == 422
    assert client.post(mine, data=typed).status_code == 302
    assert answers_behind(mine) == ["Vì", "giay.pdf"]


def test_who_signs_in_is_led_to_the_own_page(sign_in, run, firm, representative):
    worker = a_registrant()
    an_employment(worker.person, firm)
    why = asked(run.course)
    nominate(representative, firm, run, ticked=[worker.person])
    mine = queries.registration_of(worker.person_id, run.id)
    page = f"/registrations/{mine.public_id}/answers"
    assert f"http://localhost{page}\n" in body_to(worker.email)
    browser = sign_in(worker)
    told = words(browser.get(f"/registrations/{mine.public_id}?lang=en"))
    assert "questions that you have not answered yet." in told
    assert "answer by 9:00 Thursday, 12/03/2026." in told
    browser.post(page, data={field_of(why.id): "Vì"})
    told = words(browser.get(f"/registrations/{mine.public_id}?lang=en"))
    assert "not answered yet" not in told
    assert "Change the answers" in told


def test_whoever_comes_instead_is_asked_too(client, run, firm, representative):
    why = asked(run.course)
    nominate(representative, firm, run, AN)
    send(representative, of("Nguyễn Văn An", run))
    page = questions_page("dung@congty.vn")
    assert client.post(page, data={field_of(why.id): "Đi thay"}).status_code == 302
    assert answers_behind(page) == ["Đi thay"]


def test_nothing_is_asked_where_the_course_asks_nothing(client, run, firm, representative):
    nominate(representative, firm, run, AN)
    assert "/questions" not in body_to("an@congty.vn")


def test_first_answers_are_taken_until_the_class_begins_and_changes_until_the_cut_off(
    client, run, firm, representative, present
):
    why = asked(run.course)
    nominate(representative, firm, run, AN)
    page = questions_page("an@congty.vn")
    present[0] = START - timedelta(hours=20)
    late = words(client.get(f"{page.removesuffix('/questions')}?lang=en"))
    assert "answer by 9:00 Friday, 13/03/2026." in late
    assert client.post(page, data={field_of(why.id): "Vì"}).status_code == 302
    changed = client.post(f"{page}?lang=en", data={field_of(why.id): "Khác"})
    assert (changed.status_code, "Khác" in changed.text) == (409, True)
    assert AnswerRefusal.TOO_LATE in words(changed)


def test_after_the_start_and_off_the_list_nothing_is_answered(
    client, run, firm, representative, present
):
    why = asked(run.course)
    nominate(representative, firm, run, AN)
    page, typed = questions_page("an@congty.vn"), {field_of(why.id): "Vì thế"}
    present[0] = START
    late = client.post(page, data=typed)
    assert (late.status_code, "Vì thế" in late.text) == (409, True)
    present[0] = NOW
    client.post(page.removesuffix("/questions"), data={"answer": "decline"})
    off = client.post(f"{page}?lang=en", data=typed)
    assert off.status_code == 409
    assert AnswerRefusal.NOT_REGISTERED in words(off)
    assert answers_behind(page) == []


def test_whom_staff_entered_is_asked_on_the_page_behind_the_link(client, run):
    asked(run.course)
    silent = a_person(email="lan@example.vn")
    agree(silent)
    by = an_account()
    registering.register_on_behalf(
        silent.id, run_id=run.id, organisation_id=None, by=by.id, now=NOW
    )
    mine = queries.registration_of(silent.id, run.id)
    assert mine.state is RegistrationState.CONFIRMED
    address = f"/answer/{token(mine.public_id)}"
    assert f'href="{address}/questions"' in client.get(address).text


def test_a_wrong_link_leads_nowhere(client):
    assert client.get("/answer/nonsense/questions").status_code == 404
    assert client.post("/answer/nonsense/questions").status_code == 404


def test_who_has_not_answered_is_seen_by_the_office_and_by_the_organisation(
    client, coordinator, sign_in, firm, representative
):
    run = a_run(seats=2)
    why = asked(run.course)
    asked(run.course, wording="Ghi chú?", required=False)
    nominate(representative, firm, run, AN, BICH)
    client.post(questions_page("an@congty.vn"), data={field_of(why.id): "Vì"})
    office, ours = f"/office/runs/{run.code}", f"/organisations/{firm.code}/classes/{run.code}"
    spoken_for = sign_in(representative)
    for browser, page in (
        (coordinator, f"{office}/registrations"),
        (coordinator, f"{office}/answers"),
        (spoken_for, ours),
    ):
        rows = re.findall(r"<tr>.*?</tr>", browser.get(f"{page}?lang=en").text, re.DOTALL)
        missing = ["Bích" in row for row in rows if "Not answered yet" in row]
        assert (page, missing) == (page, [True])
    assert "Vì" not in words(spoken_for.get(ours))
    lines = coordinator.get(f"{office}/registrations.csv?lang=en").text.splitlines()
    assert sorted(line.split(",")[-2:] for line in lines[1:]) == [
        ["Not answered yet", ""], ["Vì", ""],
    ]  # fmt: skip


def test_the_organisation_reads_before_it_confirms_that_its_people_are_asked(
    sign_in, run, firm, representative
):
    browser, page = sign_in(representative), f"/organisations/{firm.code}/nominate/{run.code}"
    unasked = words(browser.post(f"{page}/preview?lang=en", data={"people": AN}))
    assert "The course asks" not in unasked
    asked(run.course)
    preview = words(browser.post(f"{page}/preview?lang=en", data={"people": AN}))
    assert "The course asks 1 question. Each of them is asked in the letter" in preview
