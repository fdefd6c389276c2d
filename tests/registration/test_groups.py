"""Seats that are kept for groups: who gets one, who waits, and what changing them does."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.courses.models import Run, RunState
from club.db import db
from club.knowledge.following import follow_only
from club.membership.models import Membership
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import line, operations, queries, terms
from club.registration.models import NoRoom, RunQuota
from club.registration.rules.seating import (
    PlacingFacts,
    QuotaRefusal,
    Seating,
    SeatsRefusal,
    fits,
)
from club.registration.rules.terms import Terms, TermsRefusal
from club.registration.terms import Group
from tests.registration.support import (
    a_registrant,
    active,
    go_round,
    kept_places,
    register,
    withdraw,
)
from tests.support.factories import (
    NOW,
    a_run,
    a_topic,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
    reload,
    saved,
)
from tests.support.pages import words

START = NOW + timedelta(days=10)
#: What somebody reads who had to wait.
TOLD = {
    NoRoom.ALL_TAKEN: "All places were taken.",
    NoRoom.KEPT_FOR_GROUPS: "The places still free were kept for other groups.",
    NoRoom.ORGANISATION_AT_ITS_MOST: "The organisation had as many places as one organisation may",
}
ENTERPRISE, AGENCY = AudienceKind.ENTERPRISE, AudienceKind.STATE_AGENCY


def refused(refusal):
    return pytest.raises(RefusedError, check=lambda error: error.refusal is refusal)


@pytest.fixture
def by(app):
    return an_account(RoleName.COORDINATOR).id


def a_group(run, by, seats, **criteria):
    terms.add_group(run.id, Group(**criteria), seats=seats, by=by, now=NOW)
    return db.session.scalars(select(RunQuota).order_by(RunQuota.id.desc())).first()


def from_a(kind, run, organisation=None, **given):
    """Somebody of a firm or an agency registers."""
    account, organisation = a_registrant(), organisation or an_organisation(kind=kind)
    an_employment(account.person, organisation)
    register(account, run, organisation=organisation, **given)
    return account


def states_of(accounts, run):
    return [active(account, run).state.value for account in accounts]


def test_a_group_is_sure_of_its_seats_and_the_others_are_for_everybody(by):
    run = a_run(seats=3)
    a_group(run, by, 2, audience=ENTERPRISE)
    alone, second = a_registrant(), a_registrant()
    assert register(alone, run).position is None
    assert register(second, run).position == 1
    firms = [from_a(ENTERPRISE, run) for _ in range(3)]
    assert states_of(firms, run) == ["confirmed", "confirmed", "waiting"]
    assert kept_places(run) == (3, 2)


def test_a_seat_that_falls_free_stays_in_its_group(by):
    run = a_run(seats=2)
    a_group(run, by, 1, audience=ENTERPRISE)
    a_group(run, by, 1, audience=AGENCY)
    agency, firm = from_a(AGENCY, run), from_a(ENTERPRISE, run)
    waiting_firm, waiting_agency = from_a(ENTERPRISE, run), from_a(AGENCY, run)
    assert line.position_of(active(waiting_agency, run), now=NOW) == 1
    withdraw(agency, run)
    assert states_of([firm, waiting_firm, waiting_agency], run) == [
        "confirmed", "waiting", "offered",
    ]  # fmt: skip


def test_unused_seats_open_to_everybody_on_their_day(by):
    run, opens = a_run(seats=2), NOW + timedelta(days=3)
    terms.set_terms(run.id, Terms(quotas_open_at=opens), by=by, now=NOW)
    a_group(run, by, 2, audience=ENTERPRISE)
    people = [a_registrant() for _ in range(3)]
    for account in people:
        register(account, run)
    assert states_of(people, run) == ["waiting"] * 3
    go_round(now=opens - timedelta(seconds=1))
    assert states_of(people, run) == ["waiting"] * 3
    go_round(now=opens)
    assert states_of(people, run) == ["offered", "offered", "waiting"]


def test_nobody_who_comes_later_overtakes_who_waited_for_the_opening(by):
    run, opens = a_run(seats=1), NOW + timedelta(days=3)
    terms.set_terms(run.id, Terms(quotas_open_at=opens), by=by, now=NOW)
    a_group(run, by, 1, audience=ENTERPRISE)
    first, later = a_registrant(), a_registrant()
    register(first, run)
    register(later, run, now=opens)
    assert states_of([first, later], run) == ["offered", "waiting"]


def test_an_organisation_gets_no_more_than_its_most_and_others_pass_it(by):
    run, firm = a_run(seats=3), an_organisation()
    terms.set_terms(run.id, Terms(most_per_organisation=1), by=by, now=NOW)
    mine = [from_a(ENTERPRISE, run, firm) for _ in range(2)]
    assert states_of(mine, run) == ["confirmed", "waiting"]
    assert states_of([from_a(ENTERPRISE, run)], run) == ["confirmed"]
    withdraw(mine[0], run)
    assert states_of(mine[1:], run) == ["offered"]


@pytest.mark.parametrize(
    ("seats", "group", "most", "why"),
    [
        (1, 0, None, NoRoom.ALL_TAKEN),
        (2, 1, None, NoRoom.KEPT_FOR_GROUPS),
        (2, 0, 1, NoRoom.ORGANISATION_AT_ITS_MOST),
    ],
)
def test_the_story_says_why_there_was_no_place(by, sign_in, seats, group, most, why):
    run, firm = a_run(seats=seats), an_organisation()
    if most:
        terms.set_terms(run.id, Terms(most_per_organisation=most), by=by, now=NOW)
    if group:
        a_group(run, by, group, audience=AGENCY)
    from_a(ENTERPRISE, run, firm)
    account = from_a(ENTERPRISE, run, firm)
    mine = active(account, run)
    assert [step.no_room for step in mine.steps] == [why]
    page = words(sign_in(account).get(f"/registrations/{mine.public_id}?lang=en"))
    assert f"Registered; no place was free, so on the waiting list. {TOLD[why]}" in page


def test_groups_by_ward_by_organisation_and_by_membership(by):
    ward = a_unit()
    run, firm, member = a_run(seats=6), an_organisation(), an_organisation(ward_id=ward.id)
    saved(Membership(organisation_id=member.id, from_day=date(2026, 1, 1)))
    groups = [
        a_group(run, by, 2, ward_id=ward.id, audience=ENTERPRISE),
        a_group(run, by, 2, organisation_id=firm.id),
        a_group(run, by, 1, members_only=True),
    ]
    neighbour = a_registrant()
    neighbour.person.ward_id = ward.id
    db.session.commit()
    register(neighbour, run)
    people = [
        from_a(ENTERPRISE, run, an_organisation(ward_id=ward.id)),
        from_a(ENTERPRISE, run, firm),
        from_a(ENTERPRISE, run, member),
    ]
    member_alone = a_registrant()
    saved(Membership(person_id=member_alone.person_id, from_day=date(2026, 1, 1)))
    register(member_alone, run)
    belongs = [active(a, run).quota_id for a in (*people, member_alone, neighbour)]
    assert belongs == [groups[0].id, groups[1].id, groups[0].id, groups[2].id, None]


def test_a_group_by_topic_is_for_who_follows_it_at_that_moment(by):
    topic, other = a_topic(), a_topic()
    run = a_run(seats=2)
    group = a_group(run, by, 2, topic_id=topic.id)
    follower, elsewhere, nowhere = a_registrant(), a_registrant(), a_registrant()
    follow_only(follower.person_id, [topic.key, other.key], now=NOW)
    follow_only(elsewhere.person_id, [other.key], now=NOW)
    people = [nowhere, elsewhere, follower]
    for account in people:
        register(account, run)
    assert states_of(people, run) == ["waiting", "waiting", "confirmed"]
    assert [active(account, run).quota_id for account in people] == [None, None, group.id]


def test_who_ceases_to_follow_keeps_the_place(by):
    topic, run = a_topic(), a_run(seats=1)
    group = a_group(run, by, 1, topic_id=topic.id)
    follower = a_registrant()
    follow_only(follower.person_id, [topic.key], now=NOW)
    register(follower, run)
    follow_only(follower.person_id, [], now=NOW + timedelta(hours=1))
    terms.change_group(group.id, seats=0, by=by, now=NOW + timedelta(hours=2))
    assert states_of([follower], run) == ["confirmed"]
    assert active(follower, run).quota_id is None


def test_groups_of_different_topics_stand_beside_each_other(by):
    run, one, other = a_run(seats=4), a_topic(), a_topic()
    a_group(run, by, 1, topic_id=one.id)
    a_group(run, by, 1, topic_id=other.id)
    with refused(QuotaRefusal.TWICE):
        a_group(run, by, 1, topic_id=one.id)


def test_a_new_group_takes_in_who_is_on_the_list_already(by):
    run = a_run(seats=2)
    firm, alone = from_a(ENTERPRISE, run), a_registrant()
    register(alone, run)
    group = a_group(run, by, 1, audience=ENTERPRISE)
    assert (active(firm, run).quota_id, active(alone, run).quota_id) == (group.id, None)
    terms.remove_group(group.id, by=by, now=NOW)
    assert active(firm, run).quota_id is None


def test_fewer_seats_for_a_group_throw_nobody_out_and_say_so(by):
    run = a_run(seats=2)
    group = a_group(run, by, 2, audience=ENTERPRISE)
    firms = [from_a(ENTERPRISE, run) for _ in range(3)]
    settled = terms.change_group(group.id, seats=1, by=by, now=NOW)
    assert (settled.moved_up, settled.over) == (0, [1])
    assert states_of(firms, run) == ["confirmed", "confirmed", "waiting"]


def test_fewer_seats_for_a_group_are_offered_to_others_at_once(by):
    run = a_run(seats=2)
    group = a_group(run, by, 2, audience=ENTERPRISE)
    alone = a_registrant()
    register(alone, run)
    assert terms.change_group(group.id, seats=1, by=by, now=NOW).moved_up == 1
    assert states_of([alone], run) == ["offered"]
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.detail["before"], entry.detail["after"]) == (
        "registration.terms", {"seats": 2}, {"seats": 1},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("seats", "criteria", "refusal"),
    [
        (1, {}, QuotaRefusal.NO_CRITERION),
        (-1, {"audience": ENTERPRISE}, QuotaRefusal.OUT_OF_RANGE),
        (2001, {"audience": ENTERPRISE}, QuotaRefusal.OUT_OF_RANGE),
        (3, {"audience": ENTERPRISE}, QuotaRefusal.MORE_THAN_SEATS),
        (1, {"audience": AGENCY}, QuotaRefusal.TWICE),
    ],
)
def test_groups_that_cannot_be_are_refused(by, seats, criteria, refusal):
    run = a_run(seats=3)
    a_group(run, by, 1, audience=AGENCY)
    with refused(refusal):
        terms.add_group(run.id, Group(**criteria), seats=seats, by=by, now=NOW)


def test_a_run_keeps_at_least_the_seats_of_its_groups(by):
    run = a_run(seats=3)
    a_group(run, by, 2, audience=AGENCY)
    with refused(SeatsRefusal.BELOW_QUOTAS):
        operations.change_seats(run.id, seats=1, by=by, now=NOW)
    operations.change_seats(run.id, seats=2, by=by, now=NOW)
    assert reload(run).seats == 2


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        (Terms(cutoff=timedelta(hours=-1)), TermsRefusal.CUTOFF),
        (Terms(cutoff=timedelta(hours=721)), TermsRefusal.CUTOFF),
        (Terms(offer_time=timedelta(hours=1)), TermsRefusal.OFFER_TIME),
        (Terms(most_per_organisation=0), TermsRefusal.MOST),
        (Terms(most_per_organisation=2001), TermsRefusal.MOST),
        (Terms(most_per_organisation=10**20), TermsRefusal.MOST),
        (Terms(quotas_open_at=START), TermsRefusal.OPENS_TOO_LATE),
    ],
)
def test_terms_that_cannot_be_are_refused(by, values, refusal):
    run = a_run()
    with refused(refusal):
        terms.set_terms(run.id, values, by=by, now=NOW)


def test_the_terms_of_a_cancelled_run_stay_as_they_are(by):
    run = a_run(state=RunState.CANCELLED)
    with refused(TermsRefusal.RUN_NOT_ALIVE):
        terms.set_terms(run.id, Terms(), by=by, now=NOW)
    with refused(SeatsRefusal.RUN_NOT_ALIVE):
        terms.add_group(run.id, Group(audience=AGENCY), seats=1, by=by, now=NOW)


def test_a_change_of_the_terms_raises_the_runs_revision(by):
    run = a_run()
    before = run.revision
    terms.set_terms(run.id, Terms(most_per_organisation=2), by=by, now=NOW)
    assert db.session.get(Run, run.id).revision == before + 1
    assert queries.terms_of_run(reload(run)) == Terms(most_per_organisation=2)


_NUMBERS = st.none() | st.integers(1, 3)
_GROUPS = st.builds(
    Group,
    audience=st.none() | st.sampled_from([ENTERPRISE, AGENCY]),
    ward_id=_NUMBERS,
    organisation_id=_NUMBERS,
    topic_id=_NUMBERS,
    members_only=st.booleans(),
)
_FACTS = st.builds(
    PlacingFacts,
    audience=st.sampled_from([ENTERPRISE, AGENCY]),
    organisation_id=_NUMBERS,
    ward_id=_NUMBERS,
    is_member=st.booleans(),
    topic_ids=st.frozensets(st.integers(1, 3)),
)


@given(group=_GROUPS, facts=_FACTS)
def test_a_group_takes_exactly_who_meets_every_criterion_that_it_has(group, facts):
    met = [
        group.audience is None or facts.audience is group.audience,
        group.ward_id is None or facts.ward_id == group.ward_id,
        group.organisation_id is None or facts.organisation_id == group.organisation_id,
        group.topic_id is None or group.topic_id in facts.topic_ids,
        not group.members_only or facts.is_member,
    ]
    assert fits(group, facts) == all(met)


@given(group=_GROUPS, facts=_FACTS, more=st.frozensets(st.integers(1, 9)))
def test_following_more_topics_never_puts_anybody_out_of_a_group(group, facts, more):
    follows_more = replace(facts, topic_ids=facts.topic_ids | more)
    assert not fits(group, facts) or fits(group, follows_more)


_COMERS = st.lists(st.tuples(st.sampled_from([None, 1, 2]), st.sampled_from([None, 7, 8, 9])))


@given(
    comers=_COMERS,
    seats=st.integers(0, 12),
    kept=st.dictionaries(st.sampled_from([1, 2]), st.integers(0, 6)),
    most=st.none() | st.integers(1, 4),
)
def test_whoever_comes_seats_are_never_oversold_and_groups_keep_theirs(comers, seats, kept, most):
    seating = Seating(seats=seats, taken=0, kept=kept, most_per_organisation=most)
    of_group, of_organisation = Counter(), Counter()
    for group, organisation in comers:
        if not seating.has_room(group, organisation):
            continue
        seating.seat(group, organisation)
        of_group[group] += 1
        of_organisation[organisation] += 1
    assert seating.taken == sum(of_group.values()) <= seats
    assert all(n <= (most or n) for org, n in of_organisation.items() if org is not None)
    if sum(kept.values()) <= seats:
        for group, own in kept.items():
            # Whoever of the group still comes, for nobody in particular, finds its own seats.
            while seating.of_quota[group] < own:
                assert seating.has_room(group, None)
                seating.seat(group, None)
