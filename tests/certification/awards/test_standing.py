from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.certification.awards.standing import (
    AwardFacts,
    Change,
    facts_of,
    state_of,
    suspensions,
    ways_to_follow,
    withdrawn_from,
)
from club.certification.candidacy.models import CandidateState as S
from club.certification.candidacy.rules import leads
from club.certification.progress.validity import (
    AwardStanding,
    Interruption,
    ValidityTerms,
    periods_kept,
)

TERMS = ValidityTerms(24, grace_months=6, due_days=180)
FIRST = date(2026, 3, 3)
KEPT = [(FIRST, date(2028, 3, 3), None), (date(2028, 3, 4), date(2030, 3, 3), date(2027, 5, 1))]


def facts(*changes, kept=KEPT[:1]):
    return facts_of(periods_kept(kept, TERMS), TERMS, changes)


def day(month, number=1):
    return date(2026, month, number)


@pytest.mark.parametrize(
    ("on", "standing", "state"),
    [
        (date(2026, 3, 2), AwardStanding.NOT_YET, S.VALID),
        (FIRST, AwardStanding.VALID, S.VALID),
        (date(2027, 9, 4), AwardStanding.VALID, S.VALID),
        (date(2027, 9, 5), AwardStanding.RENEWAL_DUE, S.RENEWAL_DUE),
        (date(2028, 3, 3), AwardStanding.RENEWAL_DUE, S.RENEWAL_DUE),
        (date(2028, 3, 4), AwardStanding.IN_GRACE, S.RENEWAL_DUE),
        (date(2028, 9, 3), AwardStanding.IN_GRACE, S.RENEWAL_DUE),
        (date(2028, 9, 4), AwardStanding.LAPSED, S.LAPSED),
    ],
)
def test_how_it_stands_and_how_its_candidacy_follows(on, standing, state):
    assert facts().on(on) is standing
    assert state_of(facts(), on) is state


def test_once_renewed_it_is_renewed_until_the_next_renewal_is_due():
    renewed = facts(kept=KEPT)
    assert state_of(renewed, date(2027, 12, 1)) is S.RENEWED
    assert state_of(renewed, date(2028, 3, 4)) is S.RENEWED
    assert state_of(renewed, date(2029, 12, 1)) is S.RENEWAL_DUE


def test_a_suspension_lasts_until_its_day_or_until_somebody_lifts_it():
    changes = [
        Change(day(4), S.SUSPENDED, until=day(4, 30)),
        Change(day(4, 20), S.VALID),
        Change(day(6), S.SUSPENDED, until=day(6, 30)),
        Change(day(7, 9), S.VALID),
        Change(day(8), S.SUSPENDED),
    ]
    assert suspensions(changes) == [
        Interruption(day(4), day(4, 19)),
        Interruption(day(6), day(6, 30)),
        Interruption(day(8), None),
    ]
    assert facts(*changes).on(day(7)) is AwardStanding.VALID


def test_an_appeal_leaves_a_suspension_as_it_is_until_it_is_granted():
    appealed = [Change(day(4), S.SUSPENDED), Change(day(5), S.APPEALED)]
    assert suspensions(appealed) == [Interruption(day(4), None)]
    refused = [*appealed, Change(day(6), S.SUSPENDED)]
    assert suspensions(refused) == [Interruption(day(4), None)]
    granted = [*appealed, Change(day(6), S.VALID)]
    assert suspensions(granted) == [Interruption(day(4), day(5, 31))]


def test_a_withdrawal_outweighs_everything_until_an_appeal_undoes_it():
    changes = [Change(day(4), S.SUSPENDED), Change(day(5), S.WITHDRAWN)]
    assert withdrawn_from(changes) == day(5)
    assert state_of(facts(*changes), day(4, 30)) is S.SUSPENDED
    assert state_of(facts(*changes), day(5)) is S.WITHDRAWN
    assert withdrawn_from([*changes, Change(day(6), S.APPEALED)]) == day(5)
    assert withdrawn_from([*changes, Change(day(6), S.APPEALED), Change(day(7), S.VALID)]) is None


def test_what_is_suspended_runs_out_all_the_same():
    suspended = facts(Change(day(4), S.SUSPENDED))
    assert state_of(suspended, date(2028, 9, 3)) is S.SUSPENDED
    assert state_of(suspended, date(2028, 9, 4)) is S.LAPSED


DAYS = st.dates(FIRST, date(2031, 12, 31))
CHANGES = st.lists(
    st.tuples(
        DAYS, st.sampled_from([S.SUSPENDED, S.VALID, S.RENEWAL_DUE, S.APPEALED, S.LAPSED]),
        st.none() | st.integers(0, 400),
    ),
    max_size=8,
).map(
    lambda drawn: [
        Change(on, after, on + timedelta(days=more) if more and after is S.SUSPENDED else None)
        for on, after, more in sorted(drawn, key=lambda one: one[0])
    ]
)  # fmt: skip


@settings(max_examples=200)
@given(CHANGES, DAYS)
def test_what_a_day_says_does_not_depend_on_what_happens_later(changes, on):
    known = [change for change in changes if change.day <= on]
    assert facts(*known).on(on) is facts(*changes).on(on)


@settings(max_examples=200)
@given(st.sampled_from(list(S)), CHANGES, DAYS, st.booleans())
def test_time_takes_only_steps_that_there_are(state, changes, on, renewed):
    known = facts(*changes, kept=KEPT if renewed else KEPT[:1])
    for after, why in ways_to_follow(state, state_of(known, on)):
        assert leads(state, after, why)
        state = after


@given(DAYS)
def test_following_once_is_following_for_good(on):
    reached = state_of(facts(), on)
    assert ways_to_follow(reached, reached) == []


def test_no_end_no_renewal():
    endless = AwardFacts(periods_kept([(FIRST, None, None)], TERMS), TERMS)
    assert state_of(endless, date(2099, 1, 1)) is S.VALID
