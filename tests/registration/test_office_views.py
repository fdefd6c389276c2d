"""The office's pages of a class list: who is on it, entering, taking off, places, groups."""

import re

import pytest

from club.accounts.models import RoleName
from club.db import db
from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    active,
    kept_places,
    register,
    states,
)
from tests.support.factories import (
    a_course,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


def names_in_order(page):
    found = re.findall("Lê Thị Châu|Trần Văn Dũng|Phạm Minh Đạt|Võ Thị An", page)
    return list(dict.fromkeys(found))


def test_the_office_list_shows_places_and_the_line_in_order(coordinator):
    run = a_run(seats=2)
    people = [
        a_registrant(person=a_person(full_name=name))
        for name in ("Trần Văn Dũng", "Lê Thị Châu", "Phạm Minh Đạt", "Võ Thị An")
    ]
    for account in people:
        register(account, run)
    page = words(coordinator.get(f"/office/runs/{run.code}/registrations?lang=en"))
    assert names_in_order(page) == [
        "Lê Thị Châu", "Trần Văn Dũng", "Phạm Minh Đạt", "Võ Thị An",
    ]  # fmt: skip
    assert "Have a place (2)" in page
    assert "Wait for a place, in this order (2)" in page


def test_the_list_is_for_coordinators_and_the_runs_own_trainers(sign_in):
    teacher, other = an_account(RoleName.TRAINER), an_account(RoleName.TRAINER)
    run = a_run(trainers=[teacher.person])
    address = f"/office/runs/{run.code}/registrations"
    register(a_registrant(), run)
    assert sign_in(teacher).get(address).status_code == 200
    assert "Cancel the class" not in sign_in(teacher).get(f"{address}?lang=en").text
    assert sign_in(other).get(address).status_code == 404
    assert sign_in(a_registrant()).get(address).status_code == 403
    assert sign_in(teacher).post(f"/office/runs/{run.code}/seats").status_code == 403


def test_a_coordinator_takes_somebody_off_with_a_reason(coordinator):
    run, an = a_run(), a_registrant()
    register(an, run)
    address = f"/office/registrations/{active(an, run).public_id}/withdrawal"
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(address, data={"reason": "  "}).status_code == 422
    answer = coordinator.post(f"{address}?lang=en", data={"reason": "Đăng ký nhầm lớp"})
    assert "is off the list and has been told" in flashed(coordinator, answer)
    assert states(run) == [(1, "withdrawn")]


def test_a_coordinator_enters_somebody(coordinator):
    run, firm = a_run(), an_organisation()
    person = a_person(full_name="Nguyễn Thị Lụa")
    an_employment(person, firm)
    address = f"/office/runs/{run.code}/registrations/new"
    assert f"?person={person.public_id}" in coordinator.get(f"{address}?q=nguyen lua").text
    form = coordinator.get(f"{address}?person={person.public_id}").text
    assert firm.name in form
    data = {"person": str(person.public_id), "comes_for": firm.code}
    assert coordinator.post(address, data=data).status_code == 422
    coordinator.post(address, data=data | {"agrees": "y"})
    assert states(run) == [(1, "confirmed")]
    again = coordinator.post(f"{address}?lang=en", data=data)
    assert again.status_code == 409
    assert "This person is already registered for this class." in words(again)


def test_a_coordinator_changes_the_places(coordinator):
    run = a_run(seats=1)
    for _ in range(3):
        register(a_registrant(), run)
    address = f"/office/runs/{run.code}/seats?lang=en"
    answer = coordinator.post(address, data={"seats": "2"})
    assert "1 person moved up from the waiting list" in flashed(coordinator, answer)
    assert kept_places(run) == (2, 1)
    answer = coordinator.post(address, data={"seats": "1"})
    assert "2 people have a place and keep it" in flashed(coordinator, answer)
    for nonsense in ("-3", "0", "2001", "zehn", ""):
        refused = coordinator.post(address, data={"seats": nonsense})
        assert refused.status_code == 422
        assert "Enter a number of places between 1 and 2,000." in words(refused)


def test_a_coordinator_cancels_a_run(coordinator):
    run = a_run()
    for _ in range(2):
        register(a_registrant(), run)
    address = f"/office/runs/{run.code}/cancellation?lang=en"
    assert coordinator.post(address, data={"reason": ""}).status_code == 422
    answer = coordinator.post(address, data={"reason": "Giảng viên ốm"})
    assert "2 people have been told" in flashed(coordinator, answer)
    assert [state for _, state in states(run)] == ["cancelled", "cancelled"]
    assert coordinator.post(address, data={"reason": "Lại hủy"}).status_code == 409


def test_the_csv_is_safe_for_spreadsheets(coordinator):
    run = a_run(seats=1)
    register(a_registrant(person=a_person(full_name='=HYPERLINK("x")', phone="+84901234567")), run)
    register(a_registrant(person=a_person(full_name="Lê Thị Châu")), run)
    answer = coordinator.get(f"/office/runs/{run.code}/registrations.csv?lang=en")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert lines[0] == (
        "Name,E-mail,Phone,Comes for,Counted as,How it stands,Place in the line,Registered"
    )
    assert lines[1].startswith('"\'=HYPERLINK(""x"")",')
    assert ",0901 234 567," in lines[1]
    assert ",Waits for a place,1," in lines[2]


@pytest.mark.parametrize("page", ["office", "own"])
def test_lists_take_the_same_number_of_queries_however_long(
    sign_in, coordinator, count_queries, page
):
    def queries_with(rows):
        if page == "office":
            run = a_run(seats=max(1, rows // 2))
            for _ in range(rows):
                register(a_registrant(), run)
            client, address = coordinator, f"/office/runs/{run.code}/registrations"
        else:
            an = a_registrant()
            for _ in range(rows):
                register(an, a_run())
            client, address = sign_in(an), "/me/registrations"
        db.session.rollback()
        with count_queries() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    assert queries_with(2) == queries_with(20)


def test_an_unknown_run_or_registration_is_not_there(client, sign_in, coordinator):
    nobody = "0b0f8b7e-6f0f-4c38-9a55-0e5a0a3f4c11"
    assert client.get("/runs/KHONG-CO").status_code == 404
    member = sign_in(a_registrant())
    assert member.post("/runs/KHONG-CO/registration").status_code == 404
    assert member.get(f"/registrations/{nobody}").status_code == 404
    assert coordinator.get("/office/runs/KHONG-CO/registrations").status_code == 404
    assert coordinator.get(f"/office/registrations/{nobody}/withdrawal").status_code == 404


def test_a_cancelled_class_offers_its_people_the_next_one_in_one_step(sign_in, coordinator):
    course = a_course()
    run, following = a_run(course=course, seats=1), a_run(course=course, seats=1)
    [an], [waits] = a_waiting_list(run, 1)
    addresses = {one: f"/registrations/{active(one, run).public_id}" for one in (an, waits)}
    coordinator.post(f"/office/runs/{run.code}/cancellation", data={"reason": "Mưa bão"})
    page = sign_in(waits).get(f"{addresses[waits]}?lang=en")
    assert f'name="run" value="{following.code}"' in " ".join(page.text.split())
    assert "Take a place there" in words(page)
    moved = sign_in(waits).post(f"{addresses[waits]}/move", data={"run": following.code})
    assert moved.location == f"/registrations/{active(waits, following).public_id}"
    assert "You are on its list." in words(sign_in(waits).get(f"{addresses[waits]}?lang=en"))
    assert "Join the waiting list there" in words(sign_in(an).get(f"{addresses[an]}?lang=en"))


def test_groups_are_set_up_in_the_office_and_shown_on_the_page_of_the_run(coordinator, client):
    run = a_run(seats=3)
    address = f"/office/runs/{run.code}"
    assert coordinator.get(f"{address}/terms").status_code == 200
    given = {"audience": "enterprise", "seats": "2", "ward": "", "organisation": ""}
    answer = coordinator.post(f"{address}/groups", data=given)
    assert answer.location == f"{address}/terms"
    page = words(client.get(f"/runs/{run.code}?lang=en"))
    assert "Enterprise 2 places, 2 free" in page
    changed = coordinator.post(f"{address}/groups/1/seats", data={"seats": "9"})
    assert changed.status_code == 422
    assert 'value="9"' in changed.text
    coordinator.post(f"{address}/groups/1/seats", data={"seats": "3"})
    assert "3 places, 3 free" in words(client.get(f"/runs/{run.code}?lang=en"))
    coordinator.post(f"{address}/groups/1/removal")
    assert "Places kept for groups" not in words(client.get(f"/runs/{run.code}?lang=en"))


def test_places_are_kept_in_the_office_for_who_follows_a_topic(coordinator, client):
    run = a_run(seats=3)
    topic = run.course.topic
    address = f"/office/runs/{run.code}"
    given = {"topic": str(topic.id), "seats": "2"}
    coordinator.post(f"{address}/groups", data=given)
    page = client.get(f"/runs/{run.code}?lang=en")
    assert f"who follows “{topic.name_en}” 2 places, 2 free" in words(page)
    assert 'href="/me/topics"' in page.text
    assert f"who follows “{topic.name_en}”" in words(coordinator.get(f"{address}/terms?lang=en"))
    coordinator.post(f"{address}/groups/1/removal")
    assert 'href="/me/topics"' not in client.get(f"/runs/{run.code}?lang=en").text
    strange = coordinator.post(f"{address}/groups", data=given | {"topic": "999"})
    assert strange.status_code == 422


def test_terms_are_set_in_the_office_and_what_is_wrong_stays_typed(coordinator, client):
    run = a_run()
    address = f"/office/runs/{run.code}/terms"
    given = {
        "way_in": "open",
        "cutoff_hours": "72",
        "offer_hours": "1",
        "most_per_organisation": "3",
    }
    answer = coordinator.post(f"{address}?lang=en", data=given)
    assert answer.status_code == 422
    assert "Write a number of hours between 2 and 336." in words(answer)
    assert 'value="72"' in answer.text
    coordinator.post(address, data=given | {"offer_hours": "24"})
    assert "At most 3 places for each organisation." in words(
        client.get(f"/runs/{run.code}?lang=en")
    )
