"""What the pages let somebody do about an offer, a late place or a lost one."""

import re
from datetime import timedelta

import pytest

from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    active,
    register,
    states,
    withdraw,
)
from tests.support.factories import (
    NOW,
    a_run,
)
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


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


def test_a_place_in_a_class_that_is_over_is_not_accepted_again(sign_in, present):
    run, an = a_run(), a_registrant()
    register(an, run)
    client, address = sign_in(an), f"/registrations/{active(an, run).public_id}"
    again = client.post(f"{address}/acceptance?lang=en")
    assert "You have this place already." in flashed(client, again)
    present[0] = NOW + timedelta(days=11)
    late = client.post(f"{address}/acceptance?lang=en")
    assert late.status_code == 409
    assert "This class is over, so no place in it is offered any more." in words(late)


def test_a_reason_that_came_after_the_start_stays_on_the_page(sign_in, present):
    run, an = a_run(), a_registrant()
    register(an, run)
    client, address = sign_in(an), f"/registrations/{active(an, run).public_id}"
    present[0] = NOW + timedelta(days=10, minutes=1)
    late = client.post(f"{address}/withdrawal", data={"reason": "Con ốm đột ngột"})
    assert (late.status_code, "Con ốm đột ngột" in late.text) == (409, True)


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
