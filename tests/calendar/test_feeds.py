"""Feeds as a calendar program meets them: over HTTP, again and again."""

import gzip
import re
from datetime import timedelta

import pytest
import time_machine

from club import clock
from club.calendar import operations
from club.calendar.models import CalendarFeed
from club.courses.models import RunState, SessionState
from club.db import db, transaction
from club.membership.models import Membership
from club.membership.operations import Decision, end_membership
from club.registration.models import RegistrationState, RegistrationStep, StepReason
from tests.calendar.support import a_feed, a_registration, events, only_reads
from tests.support.factories import NOW, a_run, an_account, saved


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


def test_one_entry_per_session(client):
    run = a_run(sessions=3)
    answer = client.get("/calendar.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert [e["uid"] for e in events(answer)] == [str(s.public_id) for s in run.sessions]


def test_drafts_never_appear(client):
    a_run(state=RunState.DRAFT, published_at=None)
    assert events(client.get("/calendar.ics")) == []


def test_a_cancelled_session_stays_as_cancelled(client):
    run = a_run(sessions=2)
    with transaction():
        run.sessions[0].state = SessionState.CANCELLED
        run.sessions[0].sequence += 1
        run.revision += 1
    found = events(client.get("/calendar.ics"))
    assert [(e["status"], e["sequence"]) for e in found] == [("CANCELLED", 1), ("CONFIRMED", 0)]


@pytest.mark.parametrize(("days_ago", "stays"), [(0, True), (367, True), (430, False)])
def test_a_cancelled_session_stays_for_more_than_a_year_but_not_for_ever(client, days_ago, stays):
    run = a_run(starts_at=NOW - timedelta(days=days_ago))
    with transaction():
        run.sessions[0].state = SessionState.CANCELLED
    assert [e["status"] for e in events(client.get("/calendar.ics"))] == ["CANCELLED"] * stays


def test_the_catalogues_filters_apply(client):
    a_run()
    run = a_run()
    answer = client.get(f"/calendar.ics?topic={run.course.topic.key}")
    assert [e["url"] for e in events(answer)] == [f"http://localhost/runs/{run.code}"]


@pytest.mark.parametrize("name", ["q", "course", "topic", "ward"])
def test_conditions_that_mean_nothing_break_no_line_of_the_calendar(client, name):
    for broken in ("a%0Ab", "a%0Db", "a%0D%0ASUMMARY:b", "a%00b", "a%E2%80%A8b"):
        answer = client.get(f"/calendar.ics?{name}={broken}")
        assert (answer.status_code, events(answer)) == (200, [])
        lines = answer.text.split("\r\n")
        assert [line for line in lines if line.startswith("SUMMARY")] == []
        assert [line for line in lines if "\r" in line or "\n" in line] == []


def test_unchanged_says_no_more_than_it_must(app, client, monkeypatch):
    def no_signer(_app):
        raise AssertionError("nobody has a session here")

    first = client.get("/calendar.ics")
    assert "Content-Security-Policy" in first.headers
    monkeypatch.setattr(app.session_interface, "get_signing_serializer", no_signer)
    answer = client.get("/calendar.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert answer.status_code == 304
    assert set(answer.headers.keys()) <= {
        "ETag", "Last-Modified", "Cache-Control", "Vary", "X-Request-Number"
    }  # fmt: skip
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_unchanged_is_304_without_reading_the_sessions(client, count_queries):
    a_run(sessions=2)
    etag = client.get("/calendar.ics").headers["ETag"]
    with count_queries() as seen:
        answer = client.get("/calendar.ics", headers={"If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.data == b""
    assert len(seen) == 1


def test_a_moved_session_changes_the_etag_and_keeps_its_uid(client):
    run = a_run()
    before = client.get("/calendar.ics")
    with transaction():
        session = run.sessions[0]
        session.starts_at += timedelta(days=1)
        session.ends_at += timedelta(days=1)
        session.sequence += 1
        session.modified_at = NOW + timedelta(hours=1)
        run.revision += 1
    after = client.get("/calendar.ics", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert events(after)[0]["uid"] == events(before)[0]["uid"]
    assert events(after)[0]["sequence"] == 1


def test_a_program_that_knows_only_the_date_gets_304_as_well(client):
    a_run(modified_at=NOW - timedelta(hours=1))
    date = client.get("/calendar.ics").headers["Last-Modified"]
    assert date == "Tue, 03 Mar 2026 01:00:00 GMT"
    known = {"If-Modified-Since": date}
    assert client.get("/calendar.ics", headers=known).status_code == 304
    other = known | {"If-None-Match": '"another"'}
    assert client.get("/calendar.ics", headers=other).status_code == 200
    a_run(modified_at=NOW)
    assert client.get("/calendar.ics", headers=known).status_code == 200


def test_a_change_of_this_second_has_no_date_behind_which_another_could_hide(client):
    a_run(modified_at=NOW)
    assert "Last-Modified" not in client.get("/calendar.ics").headers
    with time_machine.travel(NOW + timedelta(seconds=2), tick=False):
        assert "Last-Modified" in client.get("/calendar.ics").headers


def test_a_poll_writes_nothing(client, count_queries):
    account = an_account()
    a_registration(a_run(), account.person)
    _, address = a_feed(account.person)
    with count_queries() as seen:
        for polled in (address, "/calendar.ics", "/calendar.ics?open=1"):
            assert client.get(polled).status_code == 200
            assert client.head(polled).data == b""
    assert only_reads(seen)


def test_a_poll_sets_no_cookie_and_may_be_shared(client):
    answer = client.get("/calendar.ics")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_packed_for_those_who_ask(client):
    a_run()
    plain = client.get("/calendar.ics").data
    packed = client.get("/calendar.ics", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(packed.data) == plain
    again = client.get(
        "/calendar.ics",
        headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]},
    )
    assert again.status_code == 304


def test_a_personal_feed_has_own_sessions_and_the_deadline(client):
    account = an_account()
    run = a_run(sessions=2, registration_closes_at=NOW + timedelta(days=5))
    a_run()
    a_registration(run, account.person)
    _, address = a_feed(account.person)
    answer = client.get(address)
    found = events(answer)
    assert [str(e["uid"]) for e in found[:2]] == [str(s.public_id) for s in run.sessions]
    assert found[2].decoded("dtstart") == clock.local_day(run.registration_closes_at)
    assert answer.headers["Cache-Control"] == "private, max-age=300"
    assert answer.headers["X-Robots-Tag"] == "noindex"


def test_waiting_is_tentative_and_withdrawing_cancels_with_a_higher_sequence(client):
    account = an_account()
    run = a_run()
    registration = a_registration(run, account.person, RegistrationState.WAITING)
    _, address = a_feed(account.person)
    first = client.get(address)
    assert events(first)[0]["status"] == "TENTATIVE"
    with transaction():
        registration.state = RegistrationState.WITHDRAWN
        registration.steps.append(
            RegistrationStep(
                to_state=RegistrationState.WITHDRAWN,
                reason=StepReason.WITHDRAWN_BY_PERSON,
                at=NOW + timedelta(days=1),
            )
        )
    second = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert events(second)[0]["status"] == "CANCELLED"
    assert events(second)[0]["sequence"] > events(first)[0]["sequence"]


def test_a_trainer_sees_the_runs_taught(client):
    account = an_account()
    run = a_run(trainers=[account.person])
    _, address = a_feed(account.person)
    assert [str(e["uid"]) for e in events(client.get(address))] == [str(run.sessions[0].public_id)]


def test_the_token_is_stored_hashed_only():
    feed, address = a_feed(an_account().person)
    token = re.search(r"/calendar/(.+)\.ics", address)[1]
    assert len(token) >= 22
    assert feed.token_hash != token
    assert db.session.get(CalendarFeed, feed.id).token_hash == operations.token_hash(token)


def test_a_revoked_address_is_gone_at_once(client):
    account = an_account()
    feed, address = a_feed(account.person)
    assert client.get(address).status_code == 200
    operations.revoke_feed(feed.id, now=NOW)
    assert client.get(address).status_code == 404


def test_a_replaced_address_gives_way_to_the_new_one(client):
    account = an_account()
    feed, address = a_feed(account.person)
    _, token = operations.replace_feed(feed.id, now=NOW)
    assert client.get(address).status_code == 404
    assert client.get(f"/calendar/{token}.ics").status_code == 200


def test_when_the_membership_ends_the_address_dies_for_ever(client):
    account = an_account()
    today = clock.local_day(NOW)
    membership = saved(Membership(person_id=account.person_id, from_day=today - timedelta(days=30)))
    _, address = a_feed(account.person)
    assert client.get(address).status_code == 200
    with transaction():
        membership.to_day = today
    assert client.get(address).status_code == 404
    saved(Membership(person_id=account.person_id, from_day=today))
    assert client.get(address).status_code == 404


def test_a_membership_ended_in_retrospect_takes_the_address_with_it(client):
    account, today = an_account(), clock.local_day(NOW)
    membership = saved(Membership(person_id=account.person_id, from_day=today - timedelta(days=30)))
    _, address = a_feed(account.person)
    decision = Decision(reason="Xin thôi", by=an_account().id)
    later, last_day = NOW + timedelta(hours=1), today - timedelta(days=5)
    end_membership(membership.id, decision, last_day=last_day, now=later)
    assert client.get(address).status_code == 404
    _, address = a_feed(account.person, now=later + timedelta(minutes=1))
    assert client.get(address).status_code == 200


def test_an_address_of_a_closed_account_is_gone(client):
    account = an_account()
    _, address = a_feed(account.person)
    with transaction():
        account.active = False
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "%00", "a" * 32, "..%2f"])
def test_wrong_tokens_are_404(client, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_the_new_address_is_shown_once(sign_in):
    client = sign_in(an_account())
    page = client.post("/me/calendar", data={"name": "máy bàn", "language": "vi"}).text
    address = re.search(r"http://localhost(/calendar/[\w-]+\.ics)", page)[1]
    assert client.get(address).status_code == 200
    assert address not in client.get("/me/calendar").text


def test_a_strangers_feed_can_be_neither_revoked_nor_replaced(sign_in):
    feed, address = a_feed(an_account().person)
    stranger = sign_in(an_account())
    for verb in ("revocation", "replacement"):
        assert stranger.post(f"/me/calendar/{feed.id}/{verb}").status_code == 404
    assert stranger.get(address).status_code == 200


def test_a_feed_without_a_name_is_refused_and_nothing_typed_is_lost(sign_in):
    client = sign_in(an_account())
    answer = client.post("/me/calendar", data={"name": " ", "language": "en"})
    assert answer.status_code == 422
    assert re.search(r'<option selected value="en">', answer.text)


def test_ten_addresses_are_enough(sign_in):
    account = an_account()
    for _ in range(10):
        a_feed(account.person)
    answer = sign_in(account).post("/me/calendar", data={"name": "nữa", "language": "vi"})
    assert answer.status_code == 422
    assert "nữa" in answer.text


@pytest.mark.parametrize("runs", [1, 12])
def test_the_agenda_costs_the_same_however_long(client, count_queries, runs):
    for _ in range(runs):
        a_run(sessions=2)
    client.get("/calendar")
    with count_queries() as seen:
        page = client.get("/calendar")
    assert page.text.count('class="agenda-item"') == runs * 2
    assert len(seen) <= 5
