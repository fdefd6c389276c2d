"""Places that fall free are offered in order; an offer holds until a moment."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.outbox.models import Letter
from club.refusal import RefusedError
from club.registration import accepting, line, operations
from club.registration.models import Offer, OfferAnswer, RegistrationState, RunTerms
from club.registration.places import Wishes
from club.registration.rules.offers import OfferRefusal
from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    accept,
    active,
    go_round,
    kept_places,
    letters,
    register,
    states,
    story,
    withdraw,
)
from tests.support.factories import NOW, a_run, an_account, saved

START = NOW + timedelta(days=10)
OFFER = timedelta(hours=48)


def refused(refusal):
    return pytest.raises(RefusedError, check=lambda error: error.refusal is refusal)


def offers():
    return list(db.session.scalars(select(Offer).order_by(Offer.id)))


def test_an_offer_holds_for_two_days_and_keeps_the_seat_from_others():
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    [offer] = offers()
    assert (offer.made_at, offer.expires_at, offer.answer) == (NOW, NOW + OFFER, None)
    assert register(a_registrant(), run).state is RegistrationState.WAITING
    assert kept_places(run) == (1, 1)
    letter = db.session.scalars(select(Letter).where(Letter.kind == "registration.offered")).one()
    assert (letter.person_id, "05/03/2026" in letter.subject) == (first.person_id, True)


def test_who_accepts_has_the_place_and_twice_is_once():
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    accept(first, run, now=NOW + OFFER - timedelta(seconds=1))
    accept(first, run, now=NOW + OFFER)
    assert story(active(first, run))[-1] == ("offered", "confirmed", "offer_accepted")
    assert [offer.answer for offer in offers()] == [OfferAnswer.ACCEPTED]
    assert (kept_places(run), letters(first)) == ((1, 0), ["waiting", "offered", "confirmed"])


def test_an_offer_that_ran_out_cannot_be_accepted_even_before_the_worker_came_round():
    run = a_run(seats=1)
    [holder], [first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    with refused(OfferRefusal.EXPIRED):
        accept(first, run, now=NOW + OFFER)
    assert states(run) == [(1, "withdrawn"), (2, "offered")]


def test_who_waits_without_an_offer_has_nothing_to_accept():
    run = a_run(seats=1)
    _, [first] = a_waiting_list(run, 1)
    with refused(OfferRefusal.NOT_OFFERED):
        accept(first, run)


def test_a_declined_vacancy_goes_to_the_next():
    run = a_run(seats=1)
    [holder], [first, second] = a_waiting_list(run, 2)
    withdraw(holder, run)
    withdraw(first, run)
    assert states(run) == [(1, "withdrawn"), (2, "withdrawn"), (3, "offered")]
    assert letters(first) == ["waiting", "offered", "offer_declined"]
    assert [o.answer for o in offers()] == [OfferAnswer.DECLINED, None]
    assert len({o.vacancy for o in offers()}) == 1
    assert letters(second) == ["waiting", "offered"]


def test_an_offer_that_lapses_goes_to_the_next_and_the_person_is_told_once():
    run = a_run(seats=1)
    [holder], [first, second] = a_waiting_list(run, 2)
    withdraw(holder, run)
    go_round(now=NOW + OFFER - timedelta(seconds=1))
    assert states(run)[1:] == [(2, "offered"), (3, "waiting")]
    for _ in range(2):
        go_round(now=NOW + OFFER)
    assert states(run)[1:] == [(2, "lapsed"), (3, "offered")]
    assert letters(first) == ["waiting", "offered", "offer_lapsed"]
    assert letters(second) == ["waiting", "offered"]
    assert [o.answer for o in offers()] == [OfferAnswer.LAPSED, None]


def test_nobody_is_offered_the_same_vacancy_twice():
    run = a_run(seats=1)
    [holder], [first, second] = a_waiting_list(run, 2)
    third = a_registrant()
    withdraw(holder, run)
    withdraw(first, run)
    register(first, run)
    register(third, run)
    withdraw(second, run)
    assert active(third, run).state is RegistrationState.OFFERED
    assert active(first, run).state is RegistrationState.WAITING
    # Everybody who waits has had the vacancy now: it is over, and the seat is a new one.
    withdraw(third, run)
    assert active(first, run).state is RegistrationState.OFFERED
    vacancies = [offer.vacancy for offer in offers()]
    assert (len(set(vacancies[:3])), vacancies[3] in vacancies[:3]) == (1, False)


@pytest.mark.parametrize(
    ("left", "holds"),
    [
        (timedelta(days=10), timedelta(hours=48)),
        (timedelta(hours=24 + 40), timedelta(hours=20)),
        (timedelta(hours=24 + 3), timedelta(hours=2)),
        (timedelta(hours=24 + 2), timedelta(hours=2)),
    ],
)
def test_an_offer_is_shorter_close_to_the_cut_off(left, holds):
    run = a_run(seats=1)
    [holder], _ = a_waiting_list(run, 1)
    withdraw(holder, run, now=START - left)
    assert [o.expires_at - o.made_at for o in offers()] == [holds]


def test_a_run_may_have_terms_of_its_own():
    run = a_run(seats=1, has_own_terms=True)
    saved(RunTerms(run_id=run.id, cutoff_hours=72, offer_hours=6))
    [holder], _ = a_waiting_list(run, 1)
    withdraw(holder, run)
    assert [o.expires_at - o.made_at for o in offers()] == [timedelta(hours=6)]


def test_in_the_last_hours_a_place_goes_at_once_to_who_asked_for_that():
    run = a_run(seats=1)
    [holder], [_first, second] = a_waiting_list(run, 2)
    accepting.ask_for_late_place(active(second, run).id, now=NOW)
    withdraw(holder, run, reason="Ốm", now=START - timedelta(hours=5))
    assert states(run) == [(1, "withdrawn"), (2, "waiting"), (3, "confirmed")]
    assert story(active(second, run))[-1] == ("waiting", "confirmed", "late_place")
    assert letters(second) == ["waiting", "promoted"]


def test_a_place_nobody_asked_for_in_the_last_hours_is_for_whoever_takes_it_first():
    run = a_run(seats=1)
    [holder], [first, second] = a_waiting_list(run, 2)
    late = START - timedelta(hours=5)
    withdraw(holder, run, reason="Ốm", now=late)
    go_round(now=late)
    assert states(run)[1:] == [(2, "waiting"), (3, "waiting")]
    assert [letters(a)[-1] for a in (first, second)] == ["late_place", "late_place"]
    accept(second, run, now=late)
    with refused(OfferRefusal.NO_PLACE_LEFT):
        accept(first, run, now=late)
    assert story(active(second, run))[-1] == ("waiting", "confirmed", "late_place_taken")
    assert kept_places(run) == (1, 1)


def test_the_wish_is_given_with_the_registration_and_taken_back():
    run = a_run(seats=1)
    a_waiting_list(run, 0)
    an = a_registrant()
    register(an, run, wishes=Wishes(takes_late_place=True))
    assert active(an, run).takes_late_place
    accepting.be_asked_for_late_place(active(an, run).id, now=NOW)
    assert not active(an, run).takes_late_place


def test_nothing_is_offered_once_the_class_has_begun():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    _, [first] = a_waiting_list(run, 1)
    operations.change_seats(run.id, seats=2, by=by.id, now=START)
    go_round(now=START)
    assert active(first, run).state is RegistrationState.WAITING


def test_staff_take_an_offer_back_and_it_goes_on():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    [holder], [first, second] = a_waiting_list(run, 2)
    withdraw(holder, run)
    operations.withdraw_on_behalf(active(first, run).id, reason="Đã nghỉ việc", by=by.id, now=NOW)
    assert [o.answer for o in offers()] == [OfferAnswer.TAKEN_BACK, None]
    assert active(second, run).state is RegistrationState.OFFERED


def test_a_cancelled_run_ends_its_offers():
    run, by = a_run(seats=1), an_account(RoleName.COORDINATOR)
    [holder], [_first] = a_waiting_list(run, 1)
    withdraw(holder, run)
    operations.cancel_run_with_registrations(run.id, reason="Mưa bão", by=by.id, now=NOW)
    assert states(run) == [(1, "withdrawn"), (2, "cancelled")]
    assert [o.answer for o in offers()] == [OfferAnswer.TAKEN_BACK]
    assert (kept_places(run), line.due_offers(now=START)) == ((0, 0), [])
