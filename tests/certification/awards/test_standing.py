from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.certification.awards.standing import (
    AwardFacts,
    Change,
    Removal,
    facts_of,
    removal,
    spans_of,
    state_of,
    suspensions,
    ways_to_follow,
)
from club.certification.candidacy.models import CandidateState as S
from club.certification.candidacy.rules import leads
from club.certification.progress.months import months_after
from club.certification.progress.validity import (
    AwardStanding,
    Interruption,
    ValidityTerms,
    periods_kept,
)
from club.certification.schemes.models import RenewedFrom

TERMS = ValidityTerms(24, grace_months=6, due_days=180)
A_DAY = timedelta(days=1)
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


def test_who_gave_it_up_is_not_said_to_have_lost_it():
    given_up = facts(Change(day(5), S.WITHDRAWN, by_holder=True))
    assert given_up.on(day(5)) is AwardStanding.GIVEN_BACK
    # That it was taken away once, and restored, is of no account then.
    restored = [Change(day(4), S.WITHDRAWN), Change(day(4), S.APPEALED), Change(day(4, 2), S.VALID)]
    again = facts(*restored, Change(day(5), S.WITHDRAWN, by_holder=True))
    assert again.on(day(5)) is AwardStanding.GIVEN_BACK


def test_a_withdrawal_outweighs_everything_until_an_appeal_undoes_it():
    changes = [Change(day(4), S.SUSPENDED), Change(day(5), S.WITHDRAWN)]
    assert removal(changes) == Removal(day(5), by_holder=False)
    assert state_of(facts(*changes), day(4, 30)) is S.SUSPENDED
    assert state_of(facts(*changes), day(5)) is S.WITHDRAWN
    assert removal([*changes, Change(day(6), S.APPEALED)]) == removal(changes)
    assert removal([*changes, Change(day(6), S.APPEALED), Change(day(7), S.VALID)]) is None


def test_what_is_suspended_runs_out_all_the_same():
    suspended = facts(Change(day(4), S.SUSPENDED))
    assert state_of(suspended, date(2028, 9, 3)) is S.SUSPENDED
    assert state_of(suspended, date(2028, 9, 4)) is S.LAPSED
    assert suspended.on(date(2028, 9, 4)) is AwardStanding.LAPSED


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


TERMS_DRAWN = st.builds(
    ValidityTerms,
    validity_months=st.sampled_from([12, 24]),
    renewed_from=st.sampled_from(list(RenewedFrom)),
    grace_months=st.none() | st.integers(0, 9),
    due_days=st.integers(0, 400),
)


@st.composite
def histories(draw):
    """A first validity and renewals of it, some early, some late, with all that came between."""
    terms, kept = draw(TERMS_DRAWN), []
    first, earned = FIRST, None
    for _ in range(draw(st.integers(1, 4))):
        last = months_after(first, terms.validity_months)
        kept.append((first, last, earned))
        earned = first + timedelta(draw(st.integers(1, (last - first).days + 300)))
        first = earned if terms.renewed_from is RenewedFrom.THRESHOLD else max(last + A_DAY, earned)
    if draw(st.booleans()):
        kept[-1] = (kept[-1][0], None, kept[-1][2])
    ended = draw(st.lists(st.tuples(st.just(S.WITHDRAWN), st.booleans()), max_size=1))
    changes = draw(CHANGES)
    day = max([FIRST, *(change.day for change in changes)])
    removed = [Change(day, after, by_holder=by_holder) for after, by_holder in ended]
    return facts_of(periods_kept(kept, terms), terms, [*changes, *removed])


@settings(max_examples=400)
@given(histories(), st.integers(-30, 3000))
def test_spans_say_of_any_day_what_the_rule_says(history, days):
    spans, on = spans_of(history), FIRST + timedelta(days)
    covering = [span for span in spans if span.first <= on and (span.last or date.max) >= on]
    if on < FIRST:
        assert (covering, history.on(on)) == ([], AwardStanding.NOT_YET)
    else:
        assert [span.standing for span in covering] == [history.on(on)]
    assert all(one.standing is not next_.standing for one, next_ in pairwise(spans))


@given(DAYS)
def test_following_once_is_following_for_good(on):
    reached = state_of(facts(), on)
    assert ways_to_follow(reached, reached) == []


def test_no_end_no_renewal():
    endless = AwardFacts(periods_kept([(FIRST, None, None)], TERMS), TERMS)
    assert state_of(endless, date(2099, 1, 1)) is S.VALID
