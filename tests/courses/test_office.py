import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from club import clock
from club.accounts.models import RoleName
from club.courses.models import Course, Run, RunForm, RunState, Session, SessionState
from club.db import db
from tests.support.factories import (
    a_course,
    a_person,
    a_run,
    a_topic,
    a_unit,
    an_account,
    an_organisation,
    reload,
)

NOW = clock.now()


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def facts(**given):
    defaults = {
        "form": "in_person", "place": "Nhà văn hóa", "ward_id": "", "host_id": "",
        "online_link": "", "seats": "30", "price_vnd": "0", "funding": "not_stated",
        "counting_threshold": "50", "completion_threshold": "80", "note": "",
        "registration_opens_at": "", "registration_closes_at": "",
    }  # fmt: skip
    return defaults | given


def a_meeting(**given):
    day = clock.local_day(NOW) + timedelta(days=20)
    defaults = {"day": f"{day}", "begins": "07:30", "ends": "11:30", "repeat": "once", "times": "1"}
    return defaults | given


def course_fields(**given):
    defaults = {
        "code": "SMED", "title": "Chuyển đổi nhanh", "title_en": "Quick changeover",
        "audience_keys": ["workers"], "audience": "Tổ trưởng\nCông nhân",
        "outline": "Đo\n\n Cải tiến ", "duration_days_min": "1", "duration_days_max": "2",
        "completion_threshold": "80",
    }  # fmt: skip
    if "topic_id" not in given:
        given["topic_id"] = a_topic().id
    return defaults | given


def made():
    return db.session.scalars(select(Run)).one()


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def errors(page):
    return re.findall(r'class="form-error">.*?<span>(.*?)</span>', page.text, re.DOTALL)


DOORS = [
    ("get", "/office/courses"), ("get", "/office/courses/new"), ("get", "/office/courses/X"),
    ("get", "/office/runs/new"), ("get", "/office/runs/X-1"), ("get", "/office/runs/X-1/facts"),
    ("post", "/office/runs/X-1/publication"), ("post", "/office/runs/X-1/sessions"),
    ("post", "/office/runs/X-1/trainers"), ("post", "/office/runs/X-1/facts"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address"), DOORS)
def test_the_desk_is_for_coordinators(client, sign_in, method, address):
    a_run(code="X-1", course=a_course(code="X"))
    assert getattr(client, method)(address).status_code in (302, 401)
    for role in (RoleName.MEMBER, RoleName.TRAINER, RoleName.OFFICIAL):
        assert getattr(sign_in(an_account(role)), method)(address).status_code == 403
    administrator = sign_in(an_account(RoleName.ADMINISTRATOR))
    assert getattr(administrator, method)(address).status_code in (200, 409, 422)


def test_a_class_from_draft_to_publication(office):
    a_course(code="5S")
    ward, host = a_unit(), an_organisation()
    answer = office.post(
        "/office/runs/new?course=5S", data=facts(ward_id=str(ward.id), host_id=str(host.id))
    )
    run = made()
    assert (answer.status_code, answer.location) == (302, f"/office/runs/{run.code}")
    assert (run.state, run.seats, run.ward_id, run.host_id) == (
        RunState.DRAFT,
        30,
        ward.id,
        host.id,
    )
    office.post(f"/office/runs/{run.code}/sessions", data=a_meeting(repeat="weekly", times="3"))
    assert [clock.local(s.starts_at).hour for s in reload(run).sessions] == [7, 7, 7]
    assert run.sessions[2].starts_at - run.sessions[0].starts_at == timedelta(days=14)
    answer = office.post(f"/office/runs/{run.code}/publication", follow_redirects=True)
    assert "Đã công bố lớp" in answer.text
    assert reload(run).state is RunState.PUBLISHED


def test_typed_times_are_local(office):
    run = a_run(code="X-1", state=RunState.DRAFT, sessions=0, published_at=None)
    office.post("/office/runs/X-1/sessions", data=a_meeting(day="2026-12-03"))
    assert reload(run).starts_at.isoformat() == "2026-12-03T00:30:00+00:00"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seats": "-3"}, "Nhập số chỗ từ 1 đến 2.000."),
        ({"seats": "0"}, "Nhập số chỗ từ 1 đến 2.000."),
        ({"seats": ""}, "Viết số chỗ của lớp."),
        ({"seats": "9" * 5000}, "Nhập số nguyên"),
        ({"price_vnd": "-1"}, "Viết học phí bằng đồng"),
        ({"counting_threshold": "90"}, "Ngưỡng hoàn thành phải bằng hoặc cao hơn"),
        ({"completion_threshold": "101"}, "Ngưỡng hoàn thành phải bằng hoặc cao hơn"),
        ({"online_link": "javascript:alert(1)"}, "bắt đầu bằng https://"),
        ({"place": "a" * 5000}, "Viết gọn còn 200 ký tự"),
        (
            {
                "registration_opens_at": "2026-12-03T08:00",
                "registration_closes_at": "2026-12-01T08:00",
            },
            "Hạn đăng ký phải sau lúc mở đăng ký.",
        ),
        ({"registration_opens_at": "0001-01-01T00:00"}, ""),
        ({"ward_id": "999999"}, ""),
        ({"form": "raft"}, ""),
    ],
)
def test_a_wrong_fact_is_said_beside_its_field_and_nothing_typed_is_lost(office, change, message):
    a_course(code="5S")
    page = office.post("/office/runs/new?course=5S", data=facts(note="Mang theo ảnh", **change))
    assert page.status_code == 422
    assert count(Run) == 0
    assert "Mang theo ảnh" in page.text
    assert any(message in said for said in errors(page))
    assert "Lỗi:" in page.text


def test_several_wrong_facts_are_said_at_once(office):
    a_course(code="5S")
    page = office.post("/office/runs/new?course=5S", data=facts(seats="0", price_vnd="-1"))
    assert len(errors(page)) == 2


def test_typed_text_is_stored_in_nfc_without_control_characters(office):
    a_course(code="5S")
    nfd = "Nha\u0300 va\u0306n ho\u0301a\u200b\x07"
    office.post("/office/runs/new?course=5S", data=facts(place=nfd))
    assert made().place == "Nhà văn hóa"


def test_a_new_class_asks_for_its_course_first(office):
    a_course(code="5S", title="Thực hành 5S")
    a_course(code="OLD", retired_on=NOW.date())
    page = office.get("/office/runs/new")
    assert '<option value="5S">' in page.text
    assert '<option value="OLD">' not in page.text
    assert office.get("/office/runs/new?course=NONE").status_code == 404
    assert office.post("/office/runs/new", data=facts()).status_code == 422


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"ends": "07:00"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"ends": "07:30"}, "Giờ kết thúc phải sau giờ bắt đầu."),
        ({"begins": "05:00", "ends": "23:00"}, "dài hơn 14 giờ"),
        ({"day": "0001-01-01"}, "năm"),
        ({"day": ""}, "Chọn ngày."),
        ({"begins": "soon"}, ""),
        ({"times": "-4", "repeat": "daily"}, "Viết một số từ 1 đến 20."),
    ],
)
def test_a_session_that_cannot_be_is_refused_with_its_input(office, given, message):
    a_run(code="X-1", state=RunState.DRAFT, sessions=0)
    page = office.post("/office/runs/X-1/sessions", data=a_meeting(title="Khai mạc", **given))
    assert page.status_code == 422
    assert count(Session) == 0
    assert 'value="Khai mạc"' in page.text
    assert any(message in said for said in errors(page))


def test_overlapping_sessions_are_refused_together(office):
    run = a_run(code="X-1", state=RunState.DRAFT, sessions=0)
    office.post("/office/runs/X-1/sessions", data=a_meeting())
    page = office.post("/office/runs/X-1/sessions", data=a_meeting(repeat="daily", times="3"))
    assert page.status_code == 422
    assert "Giờ này trùng với một buổi khác của lớp." in page.text
    assert len(reload(run).sessions) == 1


def test_a_class_without_sessions_or_place_is_not_published(office):
    run = a_run(code="X-1", state=RunState.DRAFT, sessions=0, published_at=None)
    page = office.post("/office/runs/X-1/publication")
    assert page.status_code == 422
    assert "Thêm ít nhất một buổi học rồi mới công bố lớp." in page.text
    assert "Viết nơi học: phòng, hội trường hoặc doanh nghiệp." in page.text
    assert reload(run).state is RunState.DRAFT


def test_publishing_twice_says_so(office):
    a_run(code="X-1", place="Phòng 1")
    page = office.post("/office/runs/X-1/publication")
    assert page.status_code == 409
    assert "Lớp này đã công bố rồi." in page.text


def test_a_session_moves_and_is_cancelled(office):
    run = a_run(code="X-1", place="Phòng 1", sessions=2)
    meeting = run.sessions[0]
    address = f"/office/runs/X-1/sessions/{meeting.public_id}"
    assert 'value="Buổi 1"' in office.get(address).text
    office.post(address, data=a_meeting(title="Khai mạc", place="Xưởng"))
    assert (reload(meeting).title, meeting.place, meeting.sequence) == ("Khai mạc", "Xưởng", 1)
    page = office.post(address + "/cancellation", follow_redirects=True)
    assert "Đã hủy buổi học" in page.text
    assert reload(meeting).state is SessionState.CANCELLED
    last = next(s for s in run.sessions if s is not meeting)
    page = office.post(
        f"/office/runs/X-1/sessions/{last.public_id}/cancellation", follow_redirects=True
    )
    assert "phải còn ít nhất một buổi" in page.text


def test_a_session_belongs_to_its_class(office):
    a_run(code="X-1")
    other = a_run(code="Y-1").sessions[0]
    assert office.get(f"/office/runs/X-1/sessions/{other.public_id}").status_code == 404
    assert office.post(f"/office/runs/X-1/sessions/{other.public_id}").status_code == 404


def test_facts_of_a_published_class_change_but_not_its_thresholds_and_places(office):
    run = a_run(code="X-1", place="Phòng 1", seats=30)
    assert office.get("/office/runs/X-1/facts").status_code == 200
    same = facts(place="Phòng 2")
    assert office.post("/office/runs/X-1/facts", data=same).status_code == 302
    assert reload(run).place == "Phòng 2"
    page = office.post("/office/runs/X-1/facts", data=same | {"completion_threshold": "90"})
    assert (page.status_code, errors(page)) == (
        422,
        ["Hai ngưỡng đã chốt khi công bố lớp, không sửa được nữa."],
    )
    page = office.post("/office/runs/X-1/facts", data=same | {"seats": "31"})
    assert page.status_code == 422
    page = office.post("/office/runs/X-1/facts", data=same | {"place": ""})
    assert errors(page) == ["Viết nơi học: phòng, hội trường hoặc doanh nghiệp."]
    assert (reload(run).place, run.completion_threshold, run.seats) == ("Phòng 2", 80, 30)


@pytest.mark.parametrize("state", [RunState.CLOSED, RunState.CANCELLED])
def test_a_class_that_is_done_with_is_not_edited(office, state):
    run = a_run(code="X-1", place="Phòng 1", seats=30, state=state, cancellation_reason="Mưa bão")
    page = office.post("/office/runs/X-1/facts", data=facts(place="Phòng 2"))
    assert page.status_code == 409
    assert "thì giữ nguyên, không sửa" in page.text
    assert office.post("/office/runs/X-1/sessions", data=a_meeting()).status_code == 409
    assert reload(run).place == "Phòng 1"


def test_a_trainer_is_chosen_or_named(office):
    run = a_run(code="X-1")
    listed = an_account(RoleName.TRAINER, person=a_person(full_name="Trần Thị Bình")).person
    add = "/office/runs/X-1/trainers"
    office.post(add, data={"person": str(listed.public_id)})
    office.post(add, data={"person": "", "full_name": "Lê Văn Mới", "email": "moi@example.vn"})
    names = [t.person.full_name for t in reload(run).trainers]
    assert names == ["Trần Thị Bình", "Lê Văn Mới"]
    page = office.post(add, data={"person": str(listed.public_id)})
    assert (page.status_code, errors(page)) == (422, ["Người này đã là giảng viên của lớp."])
    page = office.post(add, data={"person": ""})
    assert errors(page) == ["Chọn một giảng viên, hoặc viết họ và tên."]
    page = office.post(add, data={"person": "", "full_name": "X", "email": "аn@example.vn"})
    assert (page.status_code, len(errors(page))) == (422, 1)
    removal = f"{add}/{listed.public_id}/removal"
    assert office.post(removal).status_code == 302
    assert [t.person.full_name for t in reload(run).trainers] == ["Lê Văn Mới"]
    assert office.post(removal).status_code == 409


def test_a_course_is_added_and_changed(office):
    answer = office.post("/office/courses/new", data=course_fields())
    assert (answer.status_code, answer.location) == (302, "/office/courses/SMED")
    course = db.session.scalars(select(Course)).one()
    assert (course.audience, course.outline) == (["Tổ trưởng", "Công nhân"], ["Đo", "Cải tiến"])
    assert (course.audience_keys, course.slug) == (["workers"], "chuyen-doi-nhanh")
    page = office.get("/office/courses/SMED")
    assert "Tổ trưởng\nCông nhân" in page.text
    given = course_fields(topic_id=course.topic_id, title="Tên khác", retired="y")
    assert office.post("/office/courses/SMED", data=given).status_code == 302
    assert (reload(course).title, course.slug) == ("Tên khác", "chuyen-doi-nhanh")
    assert course.retired_on == clock.today()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"code": "sm ed"}, "Dùng 2 đến 20 chữ hoa"),
        ({"code": "TPM"}, "Mã này đã có khóa khác dùng."),
        ({"title": "x" * 5000}, "Viết gọn còn 200 ký tự"),
        ({"title": "  "}, "Viết tên khóa học."),
        ({"duration_days_min": "3"}, "Thời lượng dài nhất không được nhỏ hơn"),
        ({"duration_days_max": ""}, "Viết cả thời lượng ngắn nhất và dài nhất"),
        ({"topic_id": "99999"}, ""),
    ],
)
def test_a_wrong_course_is_refused_with_its_input(office, given, message):
    a_course(code="TPM")
    page = office.post("/office/courses/new", data=course_fields(**given))
    assert page.status_code == 422
    assert "Cải tiến" in page.text
    assert any(message in said for said in errors(page))
    assert count(Course) == 1


def test_the_desk_finds_classes_by_state_course_and_words(office):
    a_run(code="TPM-1", course=a_course(code="TPM", title="Bảo trì"), state=RunState.DRAFT)
    a_run(code="LEAN-1", course=a_course(code="LEAN", title="Tinh gọn"))
    listed = lambda query: re.findall(  # noqa: E731
        r'href="/office/runs/([A-Z]+-\d)"', office.get(f"/office/courses?{query}").text
    )
    assert sorted(listed("")) == ["LEAN-1", "TPM-1"]
    assert listed("state=draft") == ["TPM-1"]
    assert listed("course=LEAN") == ["LEAN-1"]
    assert listed("q=bao tri") == ["TPM-1"]
    assert listed("q=lean-1") == ["LEAN-1"]
    assert listed("q=%25") == []
    assert sorted(listed("state=nonsense&page=-1")) == ["LEAN-1", "TPM-1"]


def test_a_filter_that_finds_no_class_is_told_from_a_desk_without_any(office):
    empty, filtered = office.get("/office/courses").text, office.get("/office/courses?q=zzzz").text
    assert ("Chưa ai tạo lớp" in empty, "Chưa ai tạo lớp" in filtered) == (True, False)
    assert "Bỏ bớt một điều kiện" in filtered


def test_the_desk_costs_the_same_for_one_class_and_for_twenty(office, count_queries):
    costs = []
    for more in (1, 19):
        for number in range(more):
            a_run(code=f"R-{len(costs)}-{number}", form=RunForm.ONLINE, online_link="https://x.vn")
        with count_queries() as seen:
            assert office.get("/office/courses").status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 8


def test_the_page_of_a_class_costs_the_same_with_a_long_story(office, count_queries):
    a_run(code="X-1", state=RunState.DRAFT, sessions=1)
    costs = []
    for times in ("1", "12"):
        office.post(
            "/office/runs/X-1/sessions",
            data=a_meeting(repeat="daily", times=times, begins=f"1{len(costs)}:00", ends="22:00")
            if not costs
            else a_meeting(repeat="weekly", times=times, begins="05:00", ends="06:00"),
        )
        with count_queries() as seen:
            assert office.get("/office/runs/X-1").status_code == 200
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 12


def test_the_story_names_what_changed_in_words(office):
    a_run(code="X-1", place="Phòng 1", seats=30)
    office.post("/office/runs/X-1/facts", data=facts(place="Phòng 2", note="Mang bút"))
    page = office.get("/office/runs/X-1")
    assert "Đã sửa: Nơi học, Ghi chú cho người học" in page.text


def test_hostile_words_stay_words(office):
    a_course(code="5S", title='<img src=x onerror="alert(1)">')
    office.post("/office/runs/new?course=5S", data=facts(place="<script>alert(1)</script>"))
    page = office.get(f"/office/runs/{made().code}")
    assert "<script>alert" not in page.text
    assert "<img src=x" not in page.text


@pytest.mark.parametrize(
    ("given", "doubt"),
    [
        ({"starts_at": NOW - timedelta(days=700)}, "Buổi đầu ở trong quá khứ"),
        ({"registration_closes_at": NOW - timedelta(days=1)}, "Hạn đăng ký đã qua"),
        ({"registration_closes_at": NOW + timedelta(days=1)}, None),
    ],
)
def test_a_class_that_nobody_can_join_is_doubted_and_can_be_published(office, given, doubt):
    soon = {"starts_at": NOW + timedelta(days=20)}
    run = a_run(state=RunState.DRAFT, published_at=None, place="Phòng 1", **soon | given)
    page = office.get(f"/office/runs/{run.code}").text
    for words in ("Buổi đầu ở trong quá khứ", "Hạn đăng ký đã qua"):
        assert (words in page) is (words == doubt)
    assert office.post(f"/office/runs/{run.code}/publication").status_code == 302
    assert reload(run).state is RunState.PUBLISHED


@pytest.mark.parametrize(
    ("page", "address", "typed"),
    [
        ("", "/sessions", {"day": "x", "title": "Buổi thêm của lớp đã hủy"}),
        ("", "/sessions", a_meeting(title="Buổi thêm của lớp đã hủy")),
        ("", "/trainers", {"full_name": "Người dạy thêm cho lớp này"}),
        ("/facts", "/facts", facts(place="Phòng đổi của lớp đã hủy")),
    ],
)
def test_what_a_cancelled_class_refuses_is_said_and_can_be_copied(office, page, address, typed):
    run = a_run(state=RunState.CANCELLED, cancelled_at=NOW, cancellation_reason="Ốm")
    desk = f"/office/runs/{run.code}"
    answer = office.post(
        f"{desk}{address}?lang=en",
        data=typed,
        headers={"Referer": f"http://localhost{desk}{page}"},
    )
    assert answer.status_code == 409
    assert "A closed or cancelled class stays as it is." in answer.text
    text = typed.get("title") or typed.get("full_name") or typed["place"]
    assert text in answer.text
