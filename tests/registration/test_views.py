"""The pages on which people register, read their story and leave."""

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
    active,
    letters,
    register,
    states,
    story,
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
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


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


def test_taking_a_place_takes_few_statements_and_asks_once_who_comes(sign_in, count_queries):
    run, an = a_run(), a_registrant()
    client, address = sign_in(an), f"/runs/{run.code}/registration"
    with count_queries() as seen:
        assert client.post(address, data={"comes_for": "individual"}).status_code == 302
    assert len([statement for statement in seen if "account.password" in statement]) == 1
    assert len(seen) == 10, seen


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
    typed = {"comes_for": "individual", "question-7": "Xưởng chúng tôi đang đo thời gian"}
    answer = client.post(f"/runs/{run.code}/registration", data=typed)
    assert answer.status_code == 409
    assert says in words(answer)
    assert "What you wrote: Xưởng chúng tôi đang đo thời gian" in words(answer)
    assert states(run) == []


def test_a_trainer_does_not_register_for_the_own_class(sign_in):
    an = a_registrant()
    run, client = a_run(trainers=[an.person]), sign_in(an)
    address = f"/runs/{run.code}/registration"
    page = client.get(f"/runs/{run.code}")
    assert "Giảng viên của lớp không đăng ký học lớp đó." in words(page)
    assert f'action="{address}"' not in page.text
    answer = client.post(address, data={"consent": "y"})
    assert (answer.status_code, states(run)) == (409, [])
    assert "Giảng viên của lớp không đăng ký học lớp đó." in words(answer)


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


def test_the_page_of_a_registration_says_that_its_class_is_over(sign_in):
    days_ago = NOW - timedelta(days=20)
    run = a_run(starts_at=days_ago, form=RunForm.ONLINE, online_link="https://hop.example.vn/5s")
    an = a_registrant()
    register(an, run, now=days_ago - timedelta(days=5))
    page = sign_in(an).get(f"/registrations/{active(an, run).public_id}?lang=en")
    said = words(page)
    assert "Over" in said
    assert "Has a place" not in said
    assert "You cannot come?" not in said
    assert "https://hop.example.vn/5s" not in page.text


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
