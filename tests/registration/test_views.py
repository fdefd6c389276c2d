import re
from datetime import timedelta

import pytest

from club.accounts.models import RoleName
from club.content import CONTENT
from club.courses.models import RunForm, RunState
from club.db import db
from club.identity.importing import sync_club
from club.people.models import AudienceKind, Person
from club.registration import operations
from club.registration.models import WayIn
from club.registration.rules.terms import Terms
from club.registration.terms import set_terms
from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    active,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def flashed(client, response):
    return words(client.get(response.location))


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client):
    run = a_run()
    page = client.get(f"/runs/{run.code}?lang=en")
    assert page.status_code == 200
    assert f'href="/login?next=/runs/{run.code}"' in page.text
    assert f'action="/runs/{run.code}/registration"' not in page.text
    assert client.post(f"/runs/{run.code}/registration").status_code == 401


def test_taking_a_place(sign_in):
    run, an = a_run(seats=1), a_registrant()
    client = sign_in(an)
    assert "Take a place" in words(client.get(f"/runs/{run.code}?lang=en"))
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert answer.location == f"/runs/{run.code}"
    assert "You have a place. We have written to you." in flashed(client, answer)
    assert states(run) == [(1, "confirmed")]
    again = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert "You are on the list of this class already." in flashed(client, again)
    assert letters() == ["confirmed"]


def test_a_full_run_offers_its_waiting_list_and_shows_the_number(sign_in):
    run = a_run(seats=1)
    for _ in range(3):
        register(a_registrant(), run)
    client = sign_in(a_registrant())
    page = words(client.get(f"/runs/{run.code}?lang=en"))
    assert "Join the waiting list" in page
    assert "you are number 3 on the waiting list" in page
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    page = flashed(client, answer)
    assert "You are number 3 on the waiting list. We write as soon as it is your turn." in page
    assert "Waiting, number 3" in page


def test_coming_for_an_employer(sign_in):
    run, an = a_run(), a_registrant()
    agency = an_organisation(kind=AudienceKind.STATE_AGENCY)
    an_employment(an.person, agency)
    client = sign_in(an)
    assert agency.name in words(client.get(f"/runs/{run.code}"))
    client.post(f"/runs/{run.code}/registration", data={"comes_for": agency.code})
    assert active(an, run).organisation_id == agency.id


def test_somebody_elses_employer_is_not_a_choice_and_what_was_typed_stays(sign_in):
    run, an, firm = a_run(), a_registrant(), an_organisation()
    answer = sign_in(an).post(
        f"/runs/{run.code}/registration", data={"comes_for": firm.code, "phone": "0901 2345"}
    )
    assert answer.status_code == 422
    assert 'value="0901 2345"' in answer.text
    assert states(run) == []


def test_a_phone_number_is_asked_for_once(sign_in):
    run, an = a_run(), a_registrant()
    client = sign_in(an)
    assert 'name="phone"' in client.get(f"/runs/{run.code}").text
    client.post(
        f"/runs/{run.code}/registration", data={"comes_for": "individual", "phone": "0901 234 567"}
    )
    assert db.session.get(Person, an.person_id).phone == "+84901234567"
    assert 'name="phone"' not in client.get(f"/runs/{a_run().code}").text


def test_a_missing_consent_is_asked_for_in_the_form(sign_in):
    run, an = a_run(), a_registrant(consents=False)
    client = sign_in(an)
    assert 'name="agrees"' in client.get(f"/runs/{run.code}").text
    refused = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert refused.status_code == 422
    client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual", "agrees": "y"})
    assert states(run) == [(1, "confirmed")]


@pytest.mark.parametrize(
    ("given", "now", "says"),
    [
        ({"state": RunState.CANCELLED}, NOW, "This class has been cancelled."),
        ({"state": RunState.CLOSED}, NOW, "This class is over."),
        ({"registration_closes_at": NOW}, NOW, "Registration for this class has closed."),
        (
            {"registration_opens_at": NOW + timedelta(days=1)},
            NOW,
            "Registration for this class has not opened yet. It opens on 04/03/2026 09:00.",
        ),
        ({}, NOW + timedelta(days=10), "This class has already started."),
    ],
)
def test_the_page_says_why_and_the_post_says_the_same(sign_in, present, given, now, says):
    run, client = a_run(**given), sign_in(a_registrant())
    present[0] = now
    page = client.get(f"/runs/{run.code}?lang=en")
    assert says in words(page)
    assert 'name="comes_for"' not in page.text
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert answer.status_code == 409
    assert says in words(answer)
    assert states(run) == []


def test_an_unconfirmed_account_is_told_to_confirm(sign_in):
    run, client = a_run(), sign_in(a_registrant(confirmed_at=None))
    assert "Confirm your e-mail address first" in words(client.get(f"/runs/{run.code}?lang=en"))


def test_a_draft_is_nobodys_business(client, sign_in, coordinator):
    run = a_run(state=RunState.DRAFT, published_at=None)
    assert client.get(f"/runs/{run.code}").status_code == 404
    member = sign_in(a_registrant())
    assert member.get(f"/runs/{run.code}").status_code == 404
    assert member.post(f"/runs/{run.code}/registration").status_code == 404
    assert coordinator.get(f"/runs/{run.code}").status_code == 200


def test_the_online_link_is_for_those_with_a_place_and_for_staff(client, sign_in, coordinator):
    teacher = an_account(RoleName.TRAINER)
    run = a_run(
        seats=1,
        form=RunForm.ONLINE,
        online_link="https://hop.example.vn/5s",
        trainers=[teacher.person],
    )
    holder, waiting = a_registrant(), a_registrant()
    register(holder, run)
    register(waiting, run)
    sees = {
        name: "https://hop.example.vn/5s" in visitor.get(f"/runs/{run.code}").text
        for name, visitor in (
            ("visitor", client),
            ("holder", sign_in(holder)),
            ("waiting", sign_in(waiting)),
            ("teacher", sign_in(teacher)),
            ("coordinator", coordinator),
        )
    }
    assert sees == {
        "visitor": False,
        "holder": True,
        "waiting": False,
        "teacher": True,
        "coordinator": True,
    }


def test_the_registrations_page_tells_its_story_and_lets_go(sign_in):
    run, an, next_one = a_run(seats=1), a_registrant(), a_registrant()
    register(an, run)
    register(next_one, run)
    client, registration = sign_in(an), active(an, run)
    address = f"/registrations/{registration.public_id}"
    page = client.get(f"{address}?lang=en")
    assert "Registered; there was a free place." in words(page)
    answer = client.post(f"{address}/withdrawal")
    assert "Took the name off the list." in flashed(client, answer)
    assert states(run) == [(1, "withdrawn"), (2, "offered")]
    again = client.post(f"{address}/withdrawal")
    assert again.status_code == 409
    assert "This registration is no longer on the list." in words(again)


@pytest.mark.parametrize(
    ("way_in", "seats", "said"),
    [
        (WayIn.OPEN, 2, "Your name is off the list. Thank you for giving the place back."),
        (WayIn.OPEN, 1, "Your name is off the waiting list."),
        (WayIn.APPROVAL, 2, "Your request is withdrawn."),
    ],
)
def test_who_leaves_is_thanked_for_a_place_only_if_there_was_one(sign_in, way_in, seats, said):
    run, an = a_run(seats=seats), a_registrant()
    register(a_registrant(), run)
    by = an_account(RoleName.COORDINATOR)
    set_terms(run.id, Terms(way_in=way_in), by=by.id, now=NOW)
    register(an, run)
    client, address = sign_in(an), f"/registrations/{active(an, run).public_id}"
    answer = client.post(f"{address}/withdrawal?lang=en")
    assert said in flashed(client, answer)


def test_withdrawing_after_the_start_is_refused_in_words(sign_in, present):
    run, an = a_run(), a_registrant()
    register(an, run)
    client, address = sign_in(an), f"/registrations/{active(an, run).public_id}"
    present[0] = NOW + timedelta(days=10)
    assert "no longer be taken off its list" in words(client.get(f"{address}?lang=en"))
    answer = client.post(f"{address}/withdrawal?lang=en", data={"reason": "Ốm"})
    assert answer.status_code == 409
    assert "no longer be taken off its list" in words(answer)
    assert states(run) == [(1, "confirmed")]


def test_a_registration_is_seen_by_its_person_and_coordinators_only(sign_in, coordinator):
    run, an = a_run(), a_registrant()
    register(an, run)
    address = f"/registrations/{active(an, run).public_id}"
    other = sign_in(a_registrant())
    assert other.get(address).status_code == 404
    assert other.post(f"{address}/withdrawal").status_code == 404
    assert coordinator.get(address).status_code == 200
    assert coordinator.post(f"{address}/withdrawal").status_code == 404
    assert states(run) == [(1, "confirmed")]


def test_ones_own_list_has_what_is_ahead_and_what_was(sign_in, present):
    an = a_registrant()
    old = a_run(course=a_course(title_en="Kaizen"))
    full = a_run(seats=1, course=a_course(title_en="Lean"), starts_at=NOW + timedelta(days=40))
    register(a_registrant(), full)
    register(an, old)
    register(an, full)
    present[0] = NOW + timedelta(days=20)
    page = sign_in(an).get("/me/registrations?lang=en").text
    ahead, past = page.split("Earlier registrations", 1)
    assert ("Lean" in ahead, "Kaizen" in ahead) == (True, False)
    assert ("Lean" in past, "Kaizen" in past) == (False, True)
    assert "Waiting, number 1" in ahead


def test_somebody_new_is_shown_the_way(sign_in):
    page = words(sign_in(an_account()).get("/me/registrations?lang=en"))
    assert "You are not registered for any class" in page


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


def names_in_order(page):
    found = re.findall("Lê Thị Châu|Trần Văn Dũng|Phạm Minh Đạt|Võ Thị An", page)
    return list(dict.fromkeys(found))


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


def test_a_run_page_takes_few_queries(client, sign_in, count_queries):
    sync_club(CONTENT, now=NOW)
    run, an = a_run(sessions=3, trainers=[a_person(), a_person()]), a_registrant()
    code, member = run.code, sign_in(an)
    with count_queries() as seen:
        client.get(f"/runs/{code}")
    assert len(seen) <= 6, seen
    with count_queries() as seen:
        member.get(f"/runs/{code}")
    assert len(seen) <= 9, seen


def test_an_unknown_run_or_registration_is_not_there(client, sign_in, coordinator):
    nobody = "0b0f8b7e-6f0f-4c38-9a55-0e5a0a3f4c11"
    assert client.get("/runs/KHONG-CO").status_code == 404
    member = sign_in(a_registrant())
    assert member.post("/runs/KHONG-CO/registration").status_code == 404
    assert member.get(f"/registrations/{nobody}").status_code == 404
    assert coordinator.get("/office/runs/KHONG-CO/registrations").status_code == 404
    assert coordinator.get(f"/office/registrations/{nobody}/withdrawal").status_code == 404


def test_the_story_names_who_did_what(coordinator):
    run, by = a_run(), an_account(RoleName.COORDINATOR, person=a_person(full_name="Đỗ Điều Phối"))
    an = a_registrant()
    register(an, run)
    registration = active(an, run)
    operations.withdraw_on_behalf(registration.id, reason="Trùng lịch", by=by.id, now=NOW)
    page = words(coordinator.get(f"/registrations/{registration.public_id}?lang=en"))
    assert "The club took the name off the list. Reason: Trùng lịch Done by Đỗ Điều Phối" in page
    assert len(story(registration)) == 2


def test_ones_own_page_says_when_one_is_expected_and_where_one_waits(sign_in):
    an = a_registrant()
    soon, full = a_run(course=a_course(title_en="Kaizen")), a_run(seats=1)
    register(a_registrant(), full)
    register(an, soon)
    register(an, full)
    page = words(sign_in(an).get("/me/?lang=en"))
    assert "Next session: Friday, 13/03/2026, 9:00 , Kaizen" in page
    assert "Has a place" in page
    assert "Waiting, number 1" in page


def test_an_offer_is_shown_on_every_page_of_it_and_accepted_there(sign_in):
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    client, address = sign_in(first), f"/registrations/{active(first, run).public_id}"
    for page in (f"/runs/{run.code}", address):
        text = words(client.get(f"{page}?lang=en"))
        assert "9:00 Thursday, 05/03/2026" in text
        assert "Accept the place" in text
    assert "A place is offered" in words(client.get("/me/registrations?lang=en"))
    answer = client.post(f"{address}/acceptance")
    assert "You have a place. We have written to you." in flashed(client, answer)
    assert states(run) == [(1, "withdrawn"), (2, "confirmed")]


def test_declining_in_a_second_tab_gives_no_accepted_place_back(sign_in):
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    client, address = sign_in(first), f"/registrations/{active(first, run).public_id}"
    button = re.search(r'name="only_offer"\s+value="(\w+)"', client.get(address).text)
    client.post(f"{address}/acceptance")
    stale = client.post(f"{address}/withdrawal?lang=en", data={"only_offer": button[1]})
    assert stale.status_code == 409
    assert "No place is offered to this registration now." in words(stale)
    assert states(run)[1:] == [(2, "confirmed")]


def test_declining_lets_the_offer_go(sign_in):
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    client, address = sign_in(first), f"/registrations/{active(first, run).public_id}"
    client.post(f"{address}/withdrawal", data={"only_offer": "1"})
    assert states(run)[1:] == [(2, "withdrawn")]


def test_an_offer_that_ran_out_is_refused_in_words_with_the_right_status(sign_in, present):
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    client, address = sign_in(first), f"/registrations/{active(first, run).public_id}"
    present[0] = NOW + timedelta(hours=48)
    answer = client.post(f"{address}/acceptance?lang=en")
    assert answer.status_code == 409
    assert "This offer has run out" in words(answer)


def test_after_the_cut_off_a_reason_is_asked_for_and_what_was_typed_stays(sign_in, present):
    run, an = a_run(), a_registrant()
    register(an, run)
    client, address = sign_in(an), f"/registrations/{active(an, run).public_id}"
    present[0] = NOW + timedelta(days=9, hours=1)
    assert 'name="reason"' in client.get(address).text
    answer = client.post(f"{address}/withdrawal?lang=en", data={"reason": " "})
    assert answer.status_code == 422
    assert "Write why you cannot come" in words(answer)
    long = client.post(f"{address}/withdrawal", data={"reason": "x" * 1001})
    assert (long.status_code, "x" * 1001 in long.text) == (422, True)
    answer = client.post(f"{address}/withdrawal", data={"reason": "Con ốm"})
    assert "Con ốm" in flashed(client, answer)
    assert states(run) == [(1, "withdrawn")]


def test_the_wish_for_a_late_place_is_changed_on_the_registrations_page(sign_in):
    run = a_run(seats=1)
    _, [first] = a_waiting_list(run, 1)
    client, address = sign_in(first), f"/registrations/{active(first, run).public_id}"
    assert "Give it to me at once" in words(client.get(f"{address}?lang=en"))
    client.post(f"{address}/wish", data={"wish": "late-place-at-once"})
    assert active(first, run).takes_late_place
    assert "Ask me first" in words(client.get(f"{address}?lang=en"))
    client.post(f"{address}/wish", data={"wish": "late-place-asked"})
    assert not active(first, run).takes_late_place


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
