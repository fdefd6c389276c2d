"""The coordinator's pages about people entered twice."""

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.people.merging.models import PersonMerge
from club.registration.models import Registration
from tests.people.merging_kit import joined, planned, rows_of, two_entries
from tests.records.kit import a_taught_run, on_the_list, present
from tests.support.factories import a_person, a_run, an_account, reload
from tests.support.pages import words
from tests.support.queries import counting_queries

DESK = "/office/people/duplicates"


@pytest.fixture
def client(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def address(kept, gone):
    return f"{DESK}/{kept.public_id}/{gone.public_id}"


def sent(kept, gone, **given):
    shown = {"seen": planned(kept, gone).fingerprint}
    return shown | {"reason": "Gọi điện hỏi rồi", "sure": "y"} | given


def test_the_desk_lists_who_may_be_one_person(client):
    kept, gone = two_entries()
    a_person(full_name="Nguyễn Thị Hoa")
    shared = a_person(full_name="Lê Văn Cả", email=kept.email)
    answer = client.get(DESK)
    page = answer.text
    assert page.count(">So sánh<") == 2
    assert address(kept, gone) in page
    assert address(kept, shared) in page
    assert "trùng tên, trùng số điện thoại" in words(answer)


def test_who_shares_a_phone_comes_before_namesakes_of_one_year(client):
    for phone in ("+84901111111", "+84902222222"):
        a_person(full_name="An An", birth_year=1980, phone=phone)
    kept, gone = two_entries()
    page = client.get(DESK).text
    assert page.index(address(kept, gone)) < page.index("An An")


def test_who_has_become_one_is_listed_no_more(client):
    kept, gone = two_entries()
    merged = joined(kept, gone)
    page = client.get(DESK).text
    assert address(kept, gone) not in page
    assert f"/office/people/merges/{merged.public_id}" in page


def test_two_others_are_found_by_name(client):
    one, other = a_person(full_name="Trần Bình"), a_person(full_name="Trần Bính")
    page = client.get(f"{DESK}?q=tran binh").text
    assert str(one.public_id) in page
    chosen = f"{DESK}/chosen?entry={one.public_id}&entry={other.public_id}"
    assert client.get(chosen).location == address(one, other)
    assert client.get(f"{DESK}/chosen?entry={one.public_id}&q=tran").location == f"{DESK}?q=tran"


def test_the_preview_says_what_moves_and_what_figures_become(client):
    kept, gone = two_entries(birth_year=None)
    gone.birth_year = 1988
    db.session.commit()
    run = a_taught_run()
    present(run, on_the_list(run, gone))
    page = words(client.get(address(kept, gone)))
    assert "Đăng ký 1" in page
    assert "Điểm danh 2" in page
    assert "lấy từ mục kia: 1988" in page
    looks = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "privacy.page_opened"))
    assert {look.subject_id for look in looks} == {str(kept.public_id), str(gone.public_id)}


def test_conflicts_stand_where_the_button_would(client):
    kept, gone = two_entries()
    run = a_run()
    on_the_list(run, kept), on_the_list(run, gone)
    page = client.get(address(kept, gone)).text
    assert run.code in page
    assert 'name="sure"' not in page
    answer = client.post(address(kept, gone), data=sent(kept, gone))
    assert answer.status_code == 409
    assert rows_of(gone) == {"registration": 1}


def test_merging_and_undoing(client):
    kept, gone = two_entries()
    on_the_list(a_run(), gone)
    answer = client.post(address(kept, gone), data=sent(kept, gone))
    merged = db.session.scalars(select(PersonMerge)).one()
    here = f"/office/people/merges/{merged.public_id}"
    assert (answer.status_code, answer.location) == (302, here)
    assert rows_of(kept)["registration"] == 1
    assert "Gọi điện hỏi rồi" in client.get(here).text
    assert client.post(here, data={"reason": ""}).status_code == 422
    assert client.post(here, data={"reason": "Nhầm người"}).location == here
    assert rows_of(gone)["registration"] == 1
    page = client.get(here).text
    assert "Nhầm người" in page
    assert client.post(here, data={"reason": "Lần nữa"}).status_code == 409


def test_what_was_typed_is_not_lost_where_something_changed_meanwhile(client):
    kept, gone = two_entries()
    data = sent(kept, gone, reason="Cùng số điện thoại, cùng công ty")
    on_the_list(a_run(), gone)
    answer = client.post(address(kept, gone), data=data)
    assert answer.status_code == 409
    assert "Cùng số điện thoại, cùng công ty" in answer.text
    # The page shows what happens now, and sending it again does that.
    assert planned(kept, gone).fingerprint in answer.text


def test_two_people_who_look_alike_are_listed_no_more(client):
    kept, gone = two_entries()
    for _ in range(2):
        answer = client.post(f"{address(gone, kept)}/apart")
        assert (answer.status_code, answer.location) == (302, DESK)
    assert address(kept, gone) not in client.get(DESK).text
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "people.tell_apart"))
    assert [entry.subject_id for entry in entries] == [str(kept.public_id)]
    assert client.post(f"{address(kept, kept)}/apart").status_code == 409


def test_nobody_decides_about_themselves(sign_in):
    coordinator = an_account(RoleName.COORDINATOR)
    kept = a_person()
    answer = sign_in(coordinator).get(address(kept, reload(coordinator).person))
    assert 'name="sure"' not in answer.text
    assert "của chính anh chị" in words(answer)


def test_a_fixed_number_of_queries(client):
    def queries():
        with counting_queries() as found:
            assert client.get(DESK).status_code == 200
        return len(found)

    two_entries()
    client.get(DESK)
    few = queries()
    for number in range(20):
        two_entries(full_name=f"Người {number}", phone=f"+8490{number:07d}")
    assert queries() == few


def test_before_and_after_the_pages_say_when_it_can_be_undone_no_more(client):
    kept, gone = two_entries()
    run, third = a_run(), a_person()
    on_the_list(run, gone)
    warning = "Không hoàn tác được nữa khi"
    assert warning in words(client.get(address(kept, gone)))
    here = client.post(address(kept, gone), data=sent(kept, gone)).location
    assert warning in words(client.get(here))
    db.session.query(Registration).update({"person_id": third.id})
    db.session.commit()
    page = words(client.get(here))
    assert "Đã thay đổi từ khi gộp: đăng ký." in page.replace("Đăng ký", "đăng ký")
    assert client.post(here, data={"reason": "Nhầm người"}).status_code == 409
