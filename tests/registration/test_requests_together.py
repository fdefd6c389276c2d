"""Coordinators decide about several requests at once: all of them or none."""

import re

import pytest
from sqlalchemy import func, select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from club.people.models import AudienceKind
from club.registration import operations as registering
from club.registration import terms
from club.registration.models import NoRoom, WayIn
from club.registration.requests import operations
from club.registration.requests.rules import RequestRefusal
from club.registration.requests.together import (
    NoneDecidedError,
    approve_together,
    refuse_together,
)
from club.registration.rules.terms import Terms
from tests.registration.support import (
    a_registrant,
    a_run_by,
    active,
    kept_places,
    letters,
    register,
    states,
)
from tests.registration.test_requests import MINUTE, START, a_firm_with_a_voice, a_worker
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR).id


def askers(run, *names):
    """People who asked for a place, a minute after each other, by name."""
    people = [a_registrant(person=a_person(full_name=name)) for name in names]
    for n, account in enumerate(people):
        register(account, run, now=NOW + n * MINUTE)
    return people


def asked(run, people):
    return [active(account, run).public_id for account in people]


def post(client, run, verb, chosen, **typed):
    data = {"requests": [str(one) for one in chosen], **typed}
    return client.post(f"/office/runs/{run.code}/requests/{verb}?lang=en", data=data)


def test_as_many_as_there_is_room_in_the_order_of_asking_and_each_is_told_once(by):
    run = a_run_by(WayIn.APPROVAL, seats=2)
    people = askers(run, "Lê An", "Lê Bình", "Lê Chi")
    chosen = asked(run, people)[::-1]

    granted = approve_together(run.id, chosen, remark=None, by=by, now=NOW + 9 * MINUTE)

    assert (granted.places, granted.waiting) == (["Lê An", "Lê Bình"], ["Lê Chi"])
    assert states(run) == [(1, "confirmed"), (2, "confirmed"), (3, "waiting")]
    assert kept_places(run) == (2, 1)
    assert active(people[2], run).steps[-1].no_room is NoRoom.ALL_TAKEN
    assert [letters(one) for one in people] == [
        ["request_received", "confirmed"],
        ["request_received", "confirmed"],
        ["request_received", "waiting"],
    ]
    logged = select(func.count()).select_from(AuditEntry).filter_by(action="registration.approve")
    assert db.session.scalar(logged) == 3


def test_the_most_of_an_organisation_holds(by):
    firm, _ = a_firm_with_a_voice()
    run = a_run_by(WayIn.APPROVAL, seats=5)
    terms.set_terms(run.id, Terms(way_in=WayIn.APPROVAL, most_per_organisation=1), by=by, now=NOW)
    workers = [a_worker(firm), a_worker(firm)]
    for worker in workers:
        register(worker, run, organisation=firm)
    granted = approve_together(run.id, asked(run, workers), remark=None, by=by, now=NOW)
    assert (len(granted.places), len(granted.waiting)) == (1, 1)
    assert active(workers[1], run).steps[-1].no_room is NoRoom.ORGANISATION_AT_ITS_MOST


def test_one_reason_is_read_by_each(by):
    run = a_run_by(WayIn.APPROVAL)
    people = askers(run, "Lê An", "Lê Bình", "Lê Chi")
    told = refuse_together(
        run.id, asked(run, people[:2]), reason="Lớp cho quản đốc.", by=by, now=NOW
    )
    assert told == 2
    assert states(run) == [(1, "refused"), (2, "refused"), (3, "requested")]
    query = select(Letter.body_text).where(Letter.kind == "registration.request_refused")
    bodies = list(db.session.scalars(query))
    assert ["Lớp cho quản đốc." in body for body in bodies] == [True, True]


def test_where_one_cannot_be_decided_none_is_and_everybody_in_the_way_is_named(by):
    run = a_run_by(WayIn.APPROVAL)
    people = askers(run, "Lê An", "Lê Bình", "Lê Chi")
    chosen = asked(run, people)
    for account in people[:2]:
        operations.refuse(active(account, run).id, reason="x", by=by, now=NOW)
    for verb in (
        lambda: approve_together(run.id, chosen, remark=None, by=by, now=NOW),
        lambda: refuse_together(run.id, chosen, reason="y", by=by, now=NOW),
    ):
        with pytest.raises(NoneDecidedError) as refused:
            verb()
        db.session.rollback()
        assert [(one.full_name, one.refusal) for one in refused.value.people] == [
            ("Lê An", RequestRefusal.DECIDED), ("Lê Bình", RequestRefusal.DECIDED),
        ]  # fmt: skip
    assert states(run)[2] == (3, "requested")
    assert letters(people[2]) == ["request_received"]


def test_the_requests_of_another_run_are_left_alone(by):
    run, other = a_run_by(WayIn.APPROVAL), a_run_by(WayIn.APPROVAL)
    [mine], [theirs] = askers(run, "Lê An"), askers(other, "Lê Bình")
    chosen = [*asked(run, [mine]), *asked(other, [theirs])]
    approve_together(run.id, chosen, remark=None, by=by, now=NOW)
    assert (states(run), states(other)) == ([(1, "confirmed")], [(1, "requested")])


def test_once_the_class_has_begun_nobody_is_decided_about(by):
    run = a_run_by(WayIn.APPROVAL)
    chosen = asked(run, askers(run, "Lê An"))
    with pytest.raises(NoneDecidedError) as refused:
        approve_together(run.id, chosen, remark=None, by=by, now=START)
    assert refused.value.refusal is RequestRefusal.STARTED


def test_the_office_ticks_and_reads_who_fitted(coordinator):
    run = a_run_by(WayIn.APPROVAL, seats=1)
    people = askers(run, "Lê An", "Lê Bình", "Lê Chi")
    chosen = asked(run, people)
    page = coordinator.get(f"/office/runs/{run.code}/requests").text
    assert len(re.findall(r'name="requests"', page)) == 3

    shown = flashed(coordinator, post(coordinator, run, "approval", chosen[:2]))

    assert "1 person has a place and has been told." in shown
    assert "who is on the waiting list now and has been told: Lê Bình." in shown
    shown = flashed(coordinator, post(coordinator, run, "refusal", chosen[2:], reason="Đủ người."))
    assert "1 request is turned down, and the person has been told." in shown
    assert states(run) == [(1, "confirmed"), (2, "waiting"), (3, "refused")]


def test_what_is_missing_is_said_and_ticks_and_words_stay(coordinator):
    run = a_run_by(WayIn.APPROVAL)
    chosen = asked(run, askers(run, "Lê An", "Lê Bình"))
    nobody = post(coordinator, run, "approval", ["nonsense"], reason="Vì quen.")
    assert (nobody.status_code, "Vì quen." in nobody.text) == (422, True)
    assert RequestRefusal.NONE_TICKED in words(nobody)
    wordless = post(coordinator, run, "refusal", chosen[:1], reason=" ")
    assert wordless.status_code == 422
    assert "Write the reason" in words(wordless)
    assert ticked(wordless) == [str(chosen[0])]
    assert [state for _, state in states(run)] == ["requested"] * 2


def test_what_somebody_decided_meanwhile_is_said_by_name_and_nothing_typed_is_lost(coordinator, by):
    run = a_run_by(WayIn.APPROVAL)
    people = askers(run, "Lê An", "Lê Bình")
    chosen = asked(run, people)
    operations.approve(active(people[0], run).id, by=by, now=NOW)
    late = post(coordinator, run, "refusal", chosen, reason="Đủ người.")
    assert late.status_code == 409
    assert f"Lê An: {RequestRefusal.DECIDED}" in words(late)
    assert "Đủ người." in late.text
    assert ticked(late) == [str(chosen[1])]
    assert states(run) == [(1, "confirmed"), (2, "requested")]
    registering.withdraw(active(people[1], run).id, by=people[1].id, now=NOW)
    empty = post(coordinator, run, "refusal", chosen, reason="Đủ người.")
    assert (empty.status_code, "Đủ người." in empty.text) == (409, True)


def test_going_ahead_of_an_organisation_needs_words_at_the_field(coordinator):
    firm, _ = a_firm_with_a_voice()
    run, an = a_run_by(WayIn.ENDORSED_APPROVAL), a_worker(firm)
    register(an, run, organisation=firm)
    chosen = asked(run, [an])
    refused = post(coordinator, run, "approval", chosen)
    assert refused.status_code == 422
    assert f"{an.person.full_name}: {RequestRefusal.BEFORE_THE_ORGANISATION}" in words(refused)
    assert ticked(refused) == [str(chosen[0])]
    assert post(coordinator, run, "approval", chosen, reason="Gấp.").status_code == 302
    assert states(run) == [(1, "confirmed")]


@pytest.mark.parametrize("granted", [True, False])
def test_others_wait_for_as_many_statements_whether_one_is_decided_or_twenty(
    by, count_queries, granted
):
    def statements(people):
        run = a_run_by(WayIn.APPROVAL, seats=12)
        own = Terms(way_in=WayIn.APPROVAL, most_per_organisation=9)
        terms.set_terms(run.id, own, by=by, now=NOW)
        group = terms.Group(audience=AudienceKind.ENTERPRISE)
        terms.add_group(run.id, group, seats=4, by=by, now=NOW)
        chosen = asked(run, askers(run, *(f"Lê {n}" for n in range(people))))
        db.session.expunge_all()
        with count_queries() as seen:
            if granted:
                found = approve_together(run.id, chosen, remark=None, by=by, now=NOW + 60 * MINUTE)
                assert (len(found.places), len(found.waiting)) == (
                    min(people, 8),
                    max(people - 8, 0),
                )
            else:
                refuse_together(run.id, chosen, reason="x", by=by, now=NOW + 60 * MINUTE)
        return len(seen)

    # With one that waits its place in the line is asked: nine is the first such number.
    assert statements(20) == statements(9)


def test_nobody_but_the_office_decides(sign_in):
    run = a_run(starts_at=START)
    for verb in ("approval", "refusal"):
        assert post(sign_in(a_registrant()), run, verb, []).status_code == 403


def ticked(page):
    return re.findall(r'value="([0-9a-f-]{36})"[^>]*\schecked', page.text)
