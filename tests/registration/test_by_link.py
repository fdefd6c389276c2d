"""Who has no account answers by the link in the letter."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import ConsentPurpose
from club.accounts.queries import agrees
from club.db import db
from club.outbox.models import Letter
from club.registration import operations, queries
from club.registration.links import registration_in, token
from club.registration.models import RegistrationState
from tests.registration.nominating_kit import AN, BICH, nominate
from tests.registration.support import a_registrant, agree, letters, register, withdraw
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


def last_letter(recipient):
    query = select(Letter).where(Letter.recipient == recipient).order_by(Letter.id.desc())
    return db.session.scalars(query).first()


def link_in(letter):
    return re.search(r"http://localhost(/answer/\S+)", letter.body_text)[1]


def standing(address):
    return queries.registration_by_public_id(registration_in(address.split("/")[-1])).state


def test_looking_changes_nothing_and_declining_needs_one_press(client, firm, representative):
    run = a_run(seats=1)
    nominate(representative, firm, run, AN, BICH)
    address = link_in(last_letter("an@congty.vn"))

    page = client.get(address)
    assert page.status_code == 200
    assert "Nguyễn Văn An" in page.text
    assert standing(address) is RegistrationState.CONFIRMED
    assert client.post(address, data={"answer": "decline"}).status_code == 302

    assert standing(address) is RegistrationState.WITHDRAWN
    assert letters() == ["nominated", "nominated", "offered", "withdrawn"]


def test_an_offer_is_accepted_by_link(client, firm, representative):
    run = a_run(seats=1)
    first = a_registrant()
    register(first, run)
    nominate(representative, firm, run, AN)
    withdraw(first, run)
    address = link_in(last_letter("an@congty.vn"))

    assert "Giữ chỗ" in client.get(address).text or "Nhận chỗ" in client.get(address).text
    assert client.post(address, data={"answer": "accept"}).status_code == 302

    assert standing(address) is RegistrationState.CONFIRMED


def test_who_did_not_agree_is_never_entered_by_an_organisation_again(client, firm, representative):
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    registration = queries.registration_by_public_id(registration_in(address.split("/")[-1]))
    person_id = registration.person_id

    client.post(address, data={"answer": "decline", "objects": "y"})

    assert not agrees(person_id, ConsentPurpose.PERSONAL_DATA)
    assert nominate(representative, firm, a_run(), AN) == [("Nguyễn Văn An", "refused")]


def test_who_has_declined_already_may_still_say_that_there_was_no_agreement(
    client, firm, representative
):
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    registration = queries.registration_by_public_id(registration_in(address.split("/")[-1]))
    person_id = registration.person_id
    object_only = 'value="object"'
    assert object_only not in client.get(address).text
    client.post(address, data={"answer": "decline"})

    again = client.post(address, data={"answer": "decline"})
    assert (again.status_code, object_only in again.text) == (409, True)
    assert agrees(person_id, ConsentPurpose.PERSONAL_DATA)
    assert client.post(address, data={"answer": "object"}).status_code == 302

    assert not agrees(person_id, ConsentPurpose.PERSONAL_DATA)
    assert object_only not in client.get(address).text
    assert nominate(representative, firm, a_run(), AN) == [("Nguyễn Văn An", "refused")]


def test_after_the_cut_off_a_place_is_given_back_with_a_reason(
    client, firm, representative, monkeypatch
):
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=9, hours=12))

    refused = client.post(address, data={"answer": "decline"})
    assert refused.status_code == 422
    assert 'name="reason"' in refused.text
    client.post(address, data={"answer": "decline", "reason": "Ốm"})

    assert standing(address) is RegistrationState.WITHDRAWN


@pytest.mark.parametrize("sent", [{}, {"answer": "List-Unsubscribe"}, {"answer": ""}])
def test_only_a_press_of_a_button_is_an_answer(client, firm, representative, sent):
    """Whatever else a mail program may post to the link takes no place away."""
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    answer = client.post(f"{address}?lang=en", data=sent)
    assert answer.status_code == 422
    assert "Nothing was changed." in words(answer)
    assert standing(address) is RegistrationState.CONFIRMED


def test_nothing_offered_is_nothing_to_accept(client, firm, representative):
    run = a_run(seats=1)
    nominate(representative, firm, run, AN, BICH)
    address = link_in(last_letter("bich@congty.vn"))
    assert client.post(address, data={"answer": "accept"}).status_code == 409


def test_what_came_too_late_is_refused_and_the_typed_reason_stays(
    client, firm, representative, present
):
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    present[0] = NOW + timedelta(days=10, minutes=1)

    refused = client.post(address, data={"answer": "decline", "reason": "Con ốm đột ngột"})

    assert (refused.status_code, "Con ốm đột ngột" in refused.text) == (409, True)
    assert standing(address) is RegistrationState.CONFIRMED


def test_an_accepted_place_is_not_told_of_twice_and_not_once_the_class_is_over(
    client, firm, representative, present
):
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    again = client.post(f"{address}?lang=en", data={"answer": "accept"})
    assert "You have this place already." in flashed(client, again)
    present[0] = NOW + timedelta(days=11)

    late = client.post(f"{address}?lang=en", data={"answer": "accept"})

    assert late.status_code == 409
    assert "This class is over" in words(late)


def test_the_letter_brings_the_sessions_for_a_calendar(firm, representative):
    run = a_run(seats=1, sessions=2)
    nominate(representative, firm, run, AN, BICH)
    an, bich = last_letter("an@congty.vn"), last_letter("bich@congty.vn")
    assert an.calendar.count("BEGIN:VEVENT") == 2
    assert "mailto:an@congty.vn" in an.calendar.replace("\r\n ", "")
    assert bich.calendar is None


def test_who_signs_in_is_led_behind_the_sign_in(firm, representative):
    account = an_account(person=a_person(full_name="Nguyễn Văn An"), email="an@congty.vn")
    agree(account.person)
    nominate(representative, firm, a_run(), AN)
    body = last_letter("an@congty.vn").body_text
    assert "/registrations/" in body
    assert "/answer/" not in body


def test_whom_staff_entered_without_an_account_answers_by_link_too(client, representative):
    person = a_person(email="cu@congty.vn")
    agree(person)
    run = a_run()
    operations.register_on_behalf(
        person.id, run_id=run.id, organisation_id=None, by=representative.id, now=NOW
    )
    address = link_in(last_letter("cu@congty.vn"))
    page = client.get(address).text
    assert 'name="objects"' not in page
    client.post(address, data={"answer": "decline"})
    assert standing(address) is RegistrationState.WITHDRAWN


def test_a_changed_token_opens_nothing(client, firm, representative):
    nominate(representative, firm, a_run(), AN)
    address = link_in(last_letter("an@congty.vn"))
    assert client.get(f"{address}x").status_code == 404
    assert client.post(f"{address}x").status_code == 404
    forged = token(registration_in(address.split("/")[-1]))
    assert f"/answer/{forged}" == address
