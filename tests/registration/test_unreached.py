"""Whom no letter reaches is seen by who sent them and by the office, with a link to pass on."""

import re
import uuid

import pytest

from club.accounts.models import RoleName
from club.registration import queries
from club.registration.links import registration_in, token
from club.registration.models import RegistrationState
from club.registration.questions.answering import field_of
from club.registration.questions.queries import answers_of
from club.registration.questions.rules import AnswerRefusal
from tests.registration.nominating_kit import AN, CAM, nominate
from tests.registration.support import a_registrant, register, withdraw
from tests.registration.test_changes import with_place
from tests.registration.test_questions import asked
from tests.support.factories import NOW, a_run, an_account, an_employment, an_organisation
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def run():
    return a_run(seats=3)


def our_page(client, firm, run):
    return client.get(f"/organisations/{firm.code}/classes/{run.code}?lang=en")


def links_on(page):
    return re.findall(r"http://localhost(/answer/[\w.-]+)</textarea>", page.text)


def behind(address):
    return queries.registration_by_public_id(registration_in(address.split("/")[2]))


def test_the_representative_sees_who_has_no_address_and_passes_the_link_on(
    client, firm, representative, run, sign_in
):
    office = sign_in(representative)
    slip = uuid.uuid4()
    nominate(representative, firm, run, AN, CAM, public_id=slip)
    outcome = office.get(f"/organisations/{firm.code}/nominations/{slip}?lang=en")
    assert "no letter reaches them: Lê Cẩm." in words(outcome)
    page = our_page(office, firm, run)
    assert "No letter reaches 1 person" in words(page)
    [address] = links_on(page)
    assert behind(address).person.full_name == "Lê Cẩm"
    assert "0901 234 568" not in words(page)
    assert "sms:?&amp;body=L%C3%AA%20C%E1%BA%A9m" in page.text
    theirs = client.get(f"{address}?lang=en")
    assert "Lê Cẩm" in words(theirs)
    assert "The club has no e-mail address of you." in words(theirs)
    client.post(address, data={"answer": "decline"})
    assert behind(address).state is RegistrationState.WITHDRAWN
    assert links_on(our_page(office, firm, run)) == []


def test_an_offered_place_is_accepted_by_the_link(client, firm, representative, sign_in):
    run, first = a_run(seats=1), a_registrant()
    register(first, run)
    nominate(representative, firm, run, CAM)
    withdraw(first, run)
    [address] = links_on(our_page(sign_in(representative), firm, run))
    client.post(address, data={"answer": "accept"})
    assert behind(address).state is RegistrationState.CONFIRMED


def test_a_link_that_others_know_takes_answers_once_and_shows_none(
    client, firm, representative, run, sign_in
):
    why = asked(run.course)
    nominate(representative, firm, run, CAM)
    [address] = links_on(our_page(sign_in(representative), firm, run))
    assert f'href="{address}/questions"' in client.get(address).text
    typed = {field_of(why.id): "Chuyền hay dừng"}
    assert client.post(f"{address}/questions", data=typed).location == address
    assert [one.words for one in answers_of(behind(address).id)] == ["Chuyền hay dừng"]

    for page in (address, f"{address}/questions"):
        seen = client.get(f"{page}?lang=en")
        assert (seen.status_code, "Chuyền" in seen.text) == (200, False)
    assert "have not been answered" not in words(client.get(address))
    assert AnswerRefusal.GIVEN in words(client.get(f"{address}/questions"))
    again = client.post(f"{address}/questions", data={field_of(why.id): "Khác"})
    assert (again.status_code, "Khác" in again.text, "Chuyền" in again.text) == (409, True, False)
    assert [one.words for one in answers_of(behind(address).id)] == ["Chuyền hay dừng"]
    letter_link = f"/answer/{token(behind(address).public_id)}"
    assert "Chuyền hay dừng" in client.get(letter_link).text


def test_the_office_sees_them_with_their_numbers_and_a_trainer_does_not(
    firm, representative, run, coordinator, sign_in
):
    nominate(representative, firm, run, AN, CAM)
    page = coordinator.get(f"/office/runs/{run.code}/registrations?lang=en")
    assert "No letter reaches 1 person" in words(page)
    part = page.text.split('id="unreached"')[1]
    assert ("0901 234 568" in part, len(links_on(page))) == (True, 1)


def test_nobody_is_said_to_be_told_whom_no_letter_reaches(firm, representative, run, sign_in):
    nominate(representative, firm, run, CAM)
    office = sign_in(representative)
    [address] = links_on(our_page(office, firm, run))
    theirs = f"/organisations/{firm.code}/registrations/{behind(address).public_id}"
    typed = {"person": "Ngô Dũng, , 0901 234 569", "agreed": "y"}
    sent = office.post(f"{theirs}/substitution?lang=en", data=typed)
    assert "No letter reaches Lê Cẩm, Ngô Dũng: please tell them." in flashed(office, sent)
    [address] = links_on(our_page(office, firm, run))
    theirs = f"/organisations/{firm.code}/registrations/{behind(address).public_id}"
    taken = office.post(f"{theirs}/withdrawal?lang=en", data={"reason": "Ốm"})
    assert "Ngô Dũng is off the list. No letter reaches this person" in flashed(office, taken)


def test_other_firms_people_are_not_shown(firm, representative, run, sign_in):
    other = an_organisation()
    voice = an_account(RoleName.REPRESENTATIVE)
    an_employment(voice.person, other, represents=True)
    nominate(representative, firm, run, CAM)
    assert links_on(our_page(sign_in(voice), other, run)) == []


def test_it_takes_as_many_queries_for_one_as_for_twenty(
    firm, representative, coordinator, count_queries
):
    def queries_for(people):
        run = a_run(seats=30)
        lines = [f"Lê Văn {n}\t\t09012345{n:02}" for n in range(people)]
        nominate(representative, firm, run, *lines)
        code = run.code
        with count_queries() as seen:
            coordinator.get(f"/office/runs/{code}/registrations")
        return len(seen)

    queries_for(1)
    assert queries_for(1) == queries_for(20)


def test_before_a_change_is_told_the_office_is_led_to_whom_no_letter_reaches(
    firm, representative, run, coordinator
):
    nominate(representative, firm, run, CAM)
    with_place(run, an_account(RoleName.COORDINATOR), "Phòng 9", NOW)
    page = coordinator.get(f"/office/runs/{run.code}/changes?lang=en")
    assert "please call them: Lê Cẩm" in words(page)
    assert f'href="/office/runs/{run.code}/registrations#unreached"' in page.text
