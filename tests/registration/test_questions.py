"""Questions that a course asks of who registers, and what becomes of the answers."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.files.models import StoredFile
from club.refusal import RefusedError
from club.registration import moving, pool
from club.registration import operations as registering
from club.registration.models import RegistrationState
from club.registration.places import Wishes
from club.registration.questions import answering, forms, operations, queries
from club.registration.questions.answering import Answer
from club.registration.questions.models import QuestionKind, RegistrationAnswer
from club.registration.questions.rules import (
    LONGEST_ANSWER,
    AnswerRefusal,
    Meaning,
    QuestionRefusal,
)
from tests.materials.kit import PDF, a_pdf
from tests.registration.support import a_registrant, active, register, states
from tests.support.factories import NOW, a_course, a_run, an_account, reload
from tests.support.pages import words

START = NOW + timedelta(days=10)


pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def asked(
    course, kind=QuestionKind.TEXT, wording="Vì sao anh chị đến?", *, required=True, options=()
):
    by = an_account(RoleName.COORDINATOR)
    meaning = Meaning(kind, wording, None, tuple(options))
    operations.ask(course, meaning, required=required, by=by.id, now=NOW)
    return queries.questions_asked(course.id)[-1]


def one_of_each(run):
    return [
        asked(run.course),
        asked(run.course, QuestionKind.CHOICE, "Ca nào?", options=("Sáng", "Chiều")),
        asked(run.course, QuestionKind.NUMBER, "Mấy năm?"),
        asked(run.course, QuestionKind.FILE, "Giấy giới thiệu"),
    ]


def given(*values):
    """What a form sends for the questions, in their order."""
    return {"comes_for": "individual"} | {
        answering.field_of(question.id): value for question, value in values
    }


def answers(registration):
    return [one.words or one.number or one.file.name for one in queries.answers_of(registration.id)]


def refused(refusal):
    return pytest.raises(RefusedError, match=re.escape(refusal.value))


def test_all_kinds_are_answered_in_the_form_and_read_again(sign_in):
    run, an = a_run(), a_registrant()
    text, choice, number, file = one_of_each(run)
    client = sign_in(an)
    page = client.get(f"/runs/{run.code}?lang=vi").text
    assert 'enctype="multipart/form-data"' in page
    assert page.index("Vì sao anh chị đến?") < page.index("Giấy giới thiệu")
    client.post(
        f"/runs/{run.code}/registration",
        data=given((text, "Để học"), (choice, "Sáng"), (number, "1.234,5"), (file, a_pdf("a.pdf"))),
    )
    mine = active(an, run)
    assert answers(mine) == ["Để học", "Sáng", Decimal("1234.5"), "a.pdf"]
    shown = client.get(f"/registrations/{mine.public_id}")
    assert "Để học" in words(shown)
    assert "1.234,5" in words(shown)
    fetched = client.get(f"/registrations/{mine.public_id}/answers/{file.id}/file")
    assert fetched.status_code == 200
    assert fetched.data.startswith(PDF)
    assert fetched.headers["Content-Disposition"].startswith("attachment")


def test_all_errors_come_at_once_and_nothing_is_lost(sign_in):
    run, an = a_run(), a_registrant()
    text, choice, number, file = one_of_each(run)
    client = sign_in(an)
    answer = client.post(
        f"/runs/{run.code}/registration?lang=en",
        data=given((text, ""), (choice, "Tối"), (number, "nhiều"), (file, a_pdf("a.pdf"))),
    )
    said = words(answer)
    assert answer.status_code == 422
    assert "3 things to mend" in said
    for refusal in (AnswerRefusal.MISSING, AnswerRefusal.NOT_AN_OPTION, AnswerRefusal.NOT_A_NUMBER):
        assert refusal in said
    assert 'value="nhiều"' in answer.text
    assert "Chosen: a.pdf" in said
    assert states(run) == []
    ticket = re.search(rf'name="answer_{file.id}_file"[^>]*value="([^"]+)"', answer.text)[1]
    again = given((text, "Để học"), (choice, "Chiều"), (number, "3"))
    client.post(f"/runs/{run.code}/registration", data=again | {f"answer_{file.id}_file": ticket})
    assert answers(active(an, run)) == ["Để học", "Chiều", 3, "a.pdf"]


@pytest.mark.parametrize("typed", ["1" + "0" * 25, "9" * 40, "9" * 41])
def test_a_number_too_large_to_keep_is_typed_again(sign_in, typed):
    run = a_run()
    number = asked(run.course, QuestionKind.NUMBER, "Mấy năm?")
    client = sign_in(a_registrant())
    answer = client.post(f"/runs/{run.code}/registration?lang=en", data=given((number, typed)))
    assert answer.status_code == 422
    assert "1 thing to mend" in words(answer)
    assert f'value="{typed}"' in answer.text


def test_an_answer_that_is_too_long_is_said_once(sign_in):
    run = a_run()
    text = asked(run.course)
    client = sign_in(a_registrant())
    answer = client.post(
        f"/runs/{run.code}/registration?lang=en", data=given((text, "x" * (LONGEST_ANSWER + 1)))
    )
    assert answer.status_code == 422
    assert "1 thing to mend" in words(answer)


def test_a_carried_file_is_of_use_to_nobody_else(sign_in):
    run, an, binh = a_run(), a_registrant(), a_registrant()
    text, file = asked(run.course), asked(run.course, QuestionKind.FILE, "Giấy")
    answer = sign_in(an).post(
        f"/runs/{run.code}/registration", data=given((text, ""), (file, a_pdf("a.pdf")))
    )
    ticket = re.search(rf'name="answer_{file.id}_file"[^>]*value="([^"]+)"', answer.text)[1]
    for stolen in (ticket, "made up"):
        data = given((text, "x")) | {f"answer_{file.id}_file": stolen}
        other = sign_in(binh).post(f"/runs/{run.code}/registration?lang=en", data=data)
        assert (other.status_code, AnswerRefusal.MISSING in words(other)) == (422, True)
    assert states(run) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "Files of this kind are not taken here."),
        (b"<!doctype html><script>alert(1)</script>", "Web pages and program text are not taken."),
        (b"", "This file is empty."),
        (b"a" * 30_001, "A file may have at most 10 MB."),
    ],
)
def test_a_file_is_taken_by_its_content_and_size(sign_in, monkeypatch, content, message):
    monkeypatch.setattr(forms, "LARGEST_FILE", 30_000)
    run = a_run()
    file = asked(run.course, QuestionKind.FILE, "Giấy", required=False)
    answer = sign_in(a_registrant()).post(
        f"/runs/{run.code}/registration?lang=en", data=given((file, (io.BytesIO(content), "a.pdf")))
    )
    assert (answer.status_code, message in words(answer)) == (422, True)
    assert (states(run), db.session.scalars(select(StoredFile)).all()) == ([], [])


def test_a_file_in_a_field_of_text_is_no_answer(sign_in):
    run = a_run()
    text = asked(run.course)
    answer = sign_in(a_registrant()).post(
        f"/runs/{run.code}/registration", data=given((text, a_pdf()))
    )
    assert (answer.status_code, states(run)) == (422, [])


def test_the_operation_asks_the_same_when_a_question_came_in_between():
    run, an = a_run(), a_registrant()
    question = asked(run.course)
    with refused(AnswerRefusal.MISSING):
        register(an, run)
    with refused(AnswerRefusal.TOO_LONG):
        register(an, run, answers={question.id: Answer(words="a" * 2001)})
    assert states(run) == []
    register(an, run, answers={question.id: Answer(words="x"), 999: Answer(words="y")})
    assert answers(active(an, run)) == ["x"]


def test_what_need_not_be_answered_may_be_left_out_and_staff_need_not_ask():
    run, an, binh = a_run(), a_registrant(), a_registrant()
    asked(run.course, required=False)
    register(an, run)
    asked(run.course, QuestionKind.NUMBER, "Mấy năm?")
    registering.register_on_behalf(
        binh.person_id, run_id=run.id, organisation_id=None, by=an.id, now=NOW
    )
    assert [answers(active(account, run)) for account in (an, binh)] == [[], []]


def test_answers_can_be_changed_until_the_cut_off_and_the_old_ones_stay(sign_in, present):
    run, an = a_run(), a_registrant()
    text = asked(run.course)
    file = asked(run.course, QuestionKind.FILE, "Giấy")
    client = sign_in(an)
    client.post(
        f"/runs/{run.code}/registration", data=given((text, "Trước"), (file, a_pdf("a.pdf")))
    )
    mine = active(an, run)
    page = f"/registrations/{mine.public_id}/answers"
    shown = client.get(f"{page}?lang=en")
    assert ("Trước" in shown.text, "Kept: a.pdf" in words(shown)) == (True, True)
    client.post(page, data=given((text, "Sau")))
    client.post(page, data=given((text, "Sau")))
    assert answers(mine) == ["Sau", "a.pdf"]
    kept = db.session.scalars(select(RegistrationAnswer).order_by(RegistrationAnswer.id)).all()
    assert [(one.words, one.replaced_at is None) for one in kept] == [
        ("Trước", False), (None, True), ("Sau", True),
    ]  # fmt: skip
    assert client.post(page, data=given((text, ""))).status_code == 422
    present[0] = START - timedelta(hours=24)
    late = client.post(f"{page}?lang=en", data=given((text, "Trễ")))
    assert (late.status_code, AnswerRefusal.TOO_LATE in words(late)) == (409, True)
    assert answers(mine) == ["Sau", "a.pdf"]


def test_nobody_else_reads_or_changes_answers(sign_in, client):
    trainer = an_account(RoleName.TRAINER)
    run, an = a_run(trainers=[trainer.person]), a_registrant()
    text = asked(run.course)
    file = asked(run.course, QuestionKind.FILE, "Giấy")
    sign_in(an).post(
        f"/runs/{run.code}/registration", data=given((text, "Bí mật"), (file, a_pdf("a.pdf")))
    )
    mine = active(an, run)
    page = f"/registrations/{mine.public_id}/answers"
    download = f"{page}/{file.id}/file"
    other_trainer = an_account(RoleName.TRAINER)
    for stranger in (a_registrant(), other_trainer):
        assert sign_in(stranger).get(download).status_code == 404
        assert sign_in(stranger).post(page, data=given((text, "x"))).status_code == 404
    assert client.get(download).status_code in {302, 401}
    assert sign_in(trainer).get(download).status_code == 200
    assert sign_in(trainer).get(page).status_code == 404
    assert sign_in(trainer).get(f"{page}/{text.id}/file").status_code == 404
    table = sign_in(trainer).get(f"/office/runs/{run.code}/answers")
    assert "Bí mật" in words(table)
    assert sign_in(other_trainer).get(f"/office/runs/{run.code}/answers").status_code == 404


def test_answers_are_columns_of_the_export_and_start_no_formula(office):
    run, an = a_run(), a_registrant()
    text, number = asked(run.course), asked(run.course, QuestionKind.NUMBER, "Mấy năm?")
    register(
        an, run,
        answers={text.id: Answer(words="=1+1"), number.id: Answer(number=Decimal("2.50"))},
    )  # fmt: skip
    operations.retire_question(text, by=an.id, now=NOW)
    register(a_registrant(), run, answers={number.id: Answer(number=Decimal(7))})
    lines = office.get(f"/office/runs/{run.code}/registrations.csv?lang=vi").text.splitlines()
    assert lines[0].endswith(",Vì sao anh chị đến?,Mấy năm?")
    assert sorted(line.split(",")[-2:] for line in lines[1:]) == [["", "7"], ["'=1+1", "2.5"]]


def test_the_pages_of_answers_take_as_many_queries_for_one_as_for_twenty(office, count_queries):
    def queries_for(people):
        run = a_run(seats=30)
        questions = [asked(run.course), asked(run.course, QuestionKind.NUMBER, "Mấy?")]
        for _ in range(people):
            register(
                a_registrant(), run,
                answers={questions[0].id: Answer(words="x"), questions[1].id: Answer(number=Decimal(1))},
            )  # fmt: skip
        code = run.code
        with count_queries() as seen:
            office.get(f"/office/runs/{code}/answers")
            office.get(f"/office/runs/{code}/registrations.csv")
        return len(seen)

    queries_for(1)
    assert queries_for(1) == queries_for(20)


def test_answers_go_along_to_another_run_of_the_course():
    here, an = a_run(seats=1), a_registrant()
    question = asked(here.course)
    register(an, here, answers={question.id: Answer(words="x")})
    there = a_run(course=here.course, starts_at=START + timedelta(days=5))
    moving.move_to_run(active(an, here).id, run_id=there.id, by=an.id, now=NOW)
    assert answers(active(an, there)) == ["x"]
    register(a_registrant(), here, answers={question.id: Answer(words="y")})
    waits = a_registrant()
    register(waits, here, answers={question.id: Answer(words="z")}, wishes=Wishes(any_run=True))
    assert active(waits, here).state is RegistrationState.WAITING
    new = a_run(course=here.course, starts_at=START + timedelta(days=7))
    pool.offer_to_pool(new, by=None, now=NOW)
    assert answers(active(waits, new)) == ["z"]


def test_an_answered_question_keeps_its_meaning():
    run, an = a_run(), a_registrant()
    question = asked(run.course, QuestionKind.CHOICE, "Ca nào?", options=("Sáng", "Chiều"))
    by = an.id
    changed = Meaning(QuestionKind.CHOICE, "Ca nào?", None, ("Sáng", "Tối"))
    operations.change_question(question, changed, required=True, by=by, now=NOW)
    register(an, run, answers={question.id: Answer(words="Tối")})
    with refused(QuestionRefusal.ANSWERED):
        operations.change_question(
            question, Meaning(QuestionKind.CHOICE, "Ca nào?", None, ("Sáng", "Đêm")),
            required=True, by=by, now=NOW,
        )  # fmt: skip
    operations.change_question(question, changed, required=False, by=by, now=NOW)
    assert (reload(question).options, question.required) == (["Sáng", "Tối"], False)
    operations.retire_question(question, by=by, now=NOW)
    with refused(QuestionRefusal.RETIRED):
        operations.change_question(question, changed, required=True, by=by, now=NOW)
    assert answers(active(an, run)) == ["Tối"]


def test_the_office_asks_orders_changes_and_retires(office, sign_in):
    course = a_course()
    run = a_run(course=course)
    page = f"/office/courses/{course.code}/questions"
    assert "Nothing is asked yet" in words(office.get(f"{page}?lang=en"))
    poor = office.post(page, data={"wording": "Ca nào?", "kind": "choice", "options": "Sáng\nsáng"})
    assert (poor.status_code, "Ca nào?" in poor.text) == (422, True)
    assert QuestionRefusal.FEW_OPTIONS in words(poor)
    office.post(
        page,
        data={
            "wording": "Ca nào?",
            "kind": "choice",
            "options": "Sáng\n\n Chiều ",
            "required": "y",
        },
    )
    office.post(page, data={"wording": "Ghi chú", "kind": "text"})
    first, second = queries.questions_asked(course.id)
    assert (first.options, first.required, second.required) == (["Sáng", "Chiều"], True, False)
    office.post(f"{page}/{second.id}/order")
    office.post(f"{page}/{second.id}/order")
    assert [one.id for one in queries.questions_asked(course.id)] == [second.id, first.id]
    office.post(f"{page}/{second.id}", data={"wording": "Ghi chú thêm", "kind": "text"})
    shown = words(sign_in(a_registrant()).get(f"/runs/{run.code}"))
    assert shown.index("Ghi chú thêm") < shown.index("Ca nào?")
    for _ in range(2):
        office.post(f"{page}/{first.id}/retirement")
    assert [one.id for one in queries.questions_asked(course.id)] == [second.id]
    assert "Retired on 03/03/2026" in words(office.get(page))
    assert 'name="wording"' not in office.get(f"{page}/{first.id}").text
    late = office.post(f"{page}/{first.id}", data={"wording": "Ca nào hợp?", "kind": "text"})
    assert (late.status_code, "Ca nào hợp?" in late.text) == (409, True)


def test_the_question_of_another_course_is_not_found(office):
    course, other = a_course(), a_course()
    question = asked(other)
    page = f"/office/courses/{course.code}/questions/{question.id}"
    for address in (page, f"{page}/retirement", f"{page}/order"):
        assert office.post(address, data={"wording": "x", "kind": "text"}).status_code == 404
    assert reload(question).retired_at is None
