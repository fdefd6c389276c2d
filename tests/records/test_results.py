import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from club.accounts.models import RoleName
from club.records.operations import close_run
from club.records.results.models import PersonResult, RunScale
from tests.records.kit import a_taught_run, every, on_the_list, present
from tests.support.factories import NOW, a_person, an_account


@pytest.fixture(autouse=True)
def _on_that_morning():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def trainer():
    return an_account(RoleName.TRAINER)


@pytest.fixture
def run(trainer):
    return a_taught_run(trainers=[trainer.person])


@pytest.fixture
def an(run):
    return on_the_list(run, a_person(full_name="Nguyễn Văn An"))


@pytest.fixture
def binh(run):
    return on_the_list(run, a_person(full_name="Trần Thị Bình"))


def address(run, more=""):
    return f"/teaching/runs/{run.code}/results{more}"


def hidden(page):
    """What the page sends along without anybody typing it."""
    return dict(re.findall(r'name="(seen-[^"]+)"\s+value="([^"]*)"', page.text))


def cells(person, **typed):
    return {f"{name}-{person.public_id}": value for name, value in typed.items()}


def save(client, run, *typed, page=None):
    form = hidden(page or client.get(address(run)))
    for cell in typed:
        form |= cell
    return client.post(address(run), data=form)


def held(person):
    (row,) = [
        row
        for row in every(PersonResult)
        if row.person_id == person.id and row.superseded_at is None
    ]
    return row


def value(page, person, cell):
    found = re.search(
        rf'name="{cell}-{person.public_id}"[^>]*?value="([^"]*)"', page.text, re.DOTALL
    )
    return found and found[1]


def test_one_save_writes_down_everybody(sign_in, trainer, run, an, binh):
    answer = save(
        sign_in(trainer),
        run,
        cells(an, pre_test="40", post_test="87,5", assignment="1", remark="Rất tốt", confirmed="y"),
        cells(binh, post_test="55"),
    )
    assert answer.status_code == 302
    first, second = held(an), held(binh)
    assert (first.pre_test, first.post_test, first.assignment) == (40, Decimal("87.5"), 1)
    assert (first.remark, first.confirmed, first.entered_by_id) == ("Rất tốt", True, trainer.id)
    assert (second.pre_test, second.post_test, second.confirmed) == (None, 55, False)


def test_the_page_shows_again_what_was_saved(sign_in, trainer, run, an):
    client = sign_in(trainer)
    save(client, run, cells(an, post_test="87,5", remark="Chăm <b>"))
    page = client.get(address(run))
    assert value(page, an, "post_test") == "87,5"
    assert "Chăm &lt;b&gt;</textarea>" in page.text


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(
    sign_in, trainer, run, an, binh
):
    answer = save(
        sign_in(trainer),
        run,
        cells(an, pre_test="-3", post_test="mười", remark="Cố gắng"),
        cells(binh, pre_test="100,5", assignment="hai", remark="x" * 501),
    )
    assert answer.status_code == 422
    assert every(PersonResult) == []
    links = re.findall(r'<li><a href="#([\w-]+)">', answer.text)
    assert links == [
        f"pre_test-{an.public_id}",
        f"post_test-{an.public_id}",
        f"pre_test-{binh.public_id}",
        f"assignment-{binh.public_id}",
        f"remark-{binh.public_id}",
    ]
    assert "Điểm không thể nhỏ hơn 0." in answer.text
    assert "Điểm này vượt quá điểm tối đa." in answer.text
    assert value(answer, an, "post_test") == "mười"
    assert "Cố gắng</textarea>" in answer.text
    assert "x" * 501 in answer.text


def test_saving_the_same_again_writes_no_row(sign_in, trainer, run, an, binh):
    client = sign_in(trainer)
    typed = cells(an, post_test="70")
    save(client, run, typed)
    save(client, run, typed)
    assert len(every(PersonResult)) == 1


def test_each_change_is_a_row_with_who_and_when(sign_in, trainer, run, an):
    save(sign_in(trainer), run, cells(an, post_test="70"))
    coordinator = an_account(RoleName.COORDINATOR)
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        client = sign_in(coordinator)
        save(client, run, cells(an, post_test="72"))
        page = client.get(address(run, "/history"))
    before, after = every(PersonResult)
    assert (before.post_test, before.entered_by_id) == (70, trainer.id)
    assert (after.post_test, after.entered_by_id) == (72, coordinator.id)
    assert before.superseded_at == after.entered_at == NOW + timedelta(hours=1)
    assert re.findall(r"Điểm cuối khóa: (\S+) → (\S+)<", page.text) == [("70", "72"), ("–", "70")]


def test_two_trainers_at_once_keep_what_the_other_wrote_elsewhere(sign_in, trainer, run, an, binh):
    client = sign_in(trainer)
    early = client.get(address(run))
    save(sign_in(an_account(RoleName.COORDINATOR)), run, cells(an, post_test="80"))
    answer = save(client, run, cells(an, remark="Tốt"), cells(binh, post_test="60"), page=early)
    assert answer.status_code == 302
    assert (held(an).post_test, held(an).remark) == (80, "Tốt")
    assert held(binh).post_test == 60


def test_a_cell_that_both_wrote_is_asked_about_and_kept_at_the_second_saving(
    sign_in, trainer, run, an, binh
):
    client = sign_in(trainer)
    early = client.get(address(run))
    save(sign_in(an_account(RoleName.COORDINATOR)), run, cells(an, post_test="80"))
    mine = cells(an, post_test="75") | cells(binh, post_test="60")
    answer = save(client, run, mine, page=early)
    assert answer.status_code == 409
    assert "người khác đã ghi khác" in answer.text
    assert value(answer, an, "post_test") == "75"
    assert len(every(PersonResult)) == 1
    assert save(client, run, mine, page=answer).status_code == 302
    assert (held(an).post_test, held(binh).post_test) == (75, 60)


def test_results_of_a_closed_class_stay(sign_in, trainer, run):
    person = present(run)
    client = sign_in(trainer)
    page = client.get(address(run))
    close_run(run.id, by=trainer.id, now=NOW)
    answer = save(client, run, cells(person, post_test="70"), page=page)
    assert answer.status_code == 409
    assert "Điều phối viên phải mở lại lớp" in answer.text
    assert every(PersonResult) == []
    assert "Lưu tất cả kết quả" not in client.get(address(run)).text


def test_somebody_who_is_not_on_the_list_gets_no_results(sign_in, trainer, run, an):
    stranger = a_person()
    save(sign_in(trainer), run, {f"seen-{stranger.public_id}": ""}, cells(stranger, post_test="7"))
    assert every(PersonResult) == []


def test_maximums_are_stated_for_the_class(sign_in, trainer, run, an):
    client = sign_in(trainer)
    form = {"pre_test": "10", "post_test": "10", "assignment": "20"}
    assert client.post(address(run, "/maximums"), data=form).status_code == 302
    answer = save(client, run, cells(an, post_test="10,5", assignment="21"))
    assert answer.text.count("Điểm này vượt quá điểm tối đa.</span>") == 2
    assert save(client, run, cells(an, post_test="9,5", assignment="19")).status_code == 302
    (scale,) = every(RunScale)
    assert (scale.pre_test, scale.assignment, scale.stated_by_id) == (10, 20, trainer.id)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"pre_test": "0", "post_test": "10"}, "Ghi điểm tối đa lớn hơn 0"),
        ({"pre_test": "10", "post_test": "nhiều"}, "Ghi điểm tối đa lớn hơn 0"),
        ({"pre_test": "10", "post_test": ""}, "Ghi điểm tối đa, ví dụ 10."),
        ({"pre_test": "100", "post_test": "60"}, "Đã có người được điểm cao hơn"),
        ({"pre_test": "100", "post_test": "100", "assignment": "10"}, "Đã nhập kết quả bài tập"),
    ],
)
def test_maximums_that_cannot_be_are_refused_beside_their_field(
    sign_in, trainer, run, an, form, words
):
    client = sign_in(trainer)
    save(client, run, cells(an, post_test="70", assignment="1"))
    answer = client.post(address(run, "/maximums"), data=form)
    assert answer.status_code == 422
    assert words in answer.text
    (scale,) = every(RunScale)
    assert (scale.pre_test, scale.post_test, scale.assignment) == (100, 100, None)


def test_trainers_of_other_classes_have_no_business_here(sign_in, run):
    other = sign_in(an_account(RoleName.TRAINER))
    assert other.get(address(run)).status_code == 404
    assert other.post(address(run), data={}).status_code == 404


def test_the_table_costs_the_same_for_one_and_for_twenty(sign_in, trainer, run, count_queries):
    client = sign_in(trainer)

    def asked():
        with count_queries() as queries:
            client.get(address(run))
        return len(queries)

    on_the_list(run)
    asked()
    few = asked()
    for _ in range(19):
        person = on_the_list(run)
        save(client, run, cells(person, post_test="70"))
    assert asked() == few


def fill(client, run, text, *typed):
    form = hidden(client.get(address(run))) | {"fill": "y", "pasted": text}
    for cell in typed:
        form |= cell
    return client.post(address(run), data=form)


def test_lines_of_a_spreadsheet_are_filled_in_and_saved_only_by_saving(
    sign_in, trainer, run, an, binh
):
    client = sign_in(trainer)
    text = "Họ tên\tĐầu\tCuối\nnguyễn văn  an\t40\t87,5\tĐạt\tTốt\nTrần Thị Bình\t\t101"
    page = fill(client, run, text, cells(binh, pre_test="30"))
    assert "Đã điền 2 dòng, chưa lưu." in page.text
    assert (value(page, an, "pre_test"), value(page, an, "post_test")) == ("40", "87,5")
    assert re.search(rf'id="assignment-{an.public_id}".*?value="1" selected', page.text, re.DOTALL)
    assert (value(page, binh, "pre_test"), value(page, binh, "post_test")) == ("30", "101")
    assert "Điểm này vượt quá điểm tối đa." in page.text
    assert every(PersonResult) == []


def test_lines_that_name_nobody_are_told_with_their_numbers(sign_in, trainer, run, an):
    twin = on_the_list(run, a_person(full_name="Nguyễn Văn An", email="an2@firm.example"))
    text = "Nguyễn Văn An;50\nan2@firm.example;60\nLê Văn Lạ;70"
    page = fill(sign_in(trainer), run, text)
    assert "Dòng 1, Nguyễn Văn An: Trong danh sách có nhiều người trùng tên này" in page.text
    assert "Dòng 3, Lê Văn Lạ: Trong danh sách không có ai có tên" in page.text
    assert value(page, twin, "pre_test") == "60"
    assert "Lê Văn Lạ;70</textarea>" in page.text


def test_a_hand_made_mark_of_what_was_seen_breaks_nothing(sign_in, trainer, run, an):
    typed = cells(an, pre_test="40", seen="9" * 5000)
    assert save(sign_in(trainer), run, typed).status_code == 302
    assert held(an).pre_test == 40
