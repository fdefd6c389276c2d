"""What holds for every scheme and whatever somebody brings."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.certification.progress.facts import (
    Attempts,
    Credit,
    CreditStanding,
    Measure,
    Need,
    NeedState,
    Source,
    Verdict,
)
from club.certification.progress.rules import progress_on

pytestmark = pytest.mark.slow

DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
AMOUNTS = st.integers(1, 60).map(lambda tenths: Decimal(tenths) / 4)
CATEGORIES = st.sampled_from(["attended", "taught", "self_study"])
MARKS = st.frozensets(st.sampled_from(["topic:5s", "topic:lean", "completed"]))
KINDS = {
    "training": ("hours", Measure.SUM),
    "project": ("projects", Measure.SUM),
    "work_experience": ("months", Measure.MONTHS),
    "examination": ("points", Measure.BEST),
}
KEYS = [f"need{number}" for number in range(3)]
#: Drawing whole schemes takes its time.
FEW = settings(max_examples=40)


@st.composite
def a_need(draw, key, *, attempts):
    kind = draw(st.sampled_from(sorted(KINDS)))
    unit, measure = KINDS[kind]
    return Need(
        key,
        kind,
        unit,
        draw(st.none() | AMOUNTS),
        measure,
        group=draw(st.sampled_from([None, None, "either"])),
        together=draw(st.sampled_from([None, None, "both"])),
        needs_verdict=draw(st.booleans()),
        any_of=draw(MARKS),
        measured=draw(st.booleans()),
        since=draw(st.none() | DAYS),
        valid_months=draw(st.none() | st.integers(1, 30)),
        factors=draw(st.dictionaries(CATEGORIES, st.integers(0, 3).map(Decimal))),
        # No scheme caps projects, of which two credits can be about one.
        caps={} if kind == "project" else draw(st.dictionaries(CATEGORIES, AMOUNTS)),
        attempts=draw(attempts),
    )


ANY_ATTEMPTS = st.none() | st.builds(Attempts, st.none() | st.integers(1, 3), st.integers(0, 90))


def some_needs(attempts=ANY_ATTEMPTS):
    return st.tuples(*(a_need(key, attempts=attempts) for key in KEYS)).map(list)


@st.composite
def a_credit(draw, standing=None):
    kind = draw(st.sampled_from(sorted(KINDS)))
    first, last = sorted([draw(DAYS), draw(DAYS)])
    about = draw(st.none() | st.sampled_from(["pilot:1", "pilot:2"])) if kind == "project" else None
    return Credit(
        draw(st.sampled_from(Source)),
        kind,
        KINDS[kind][0],
        draw(AMOUNTS),
        first,
        f"thing:{draw(st.integers(0, 10**9))}",
        draw(st.sampled_from(CreditStanding)) if standing is None else standing,
        draw(st.none() | CATEGORIES),
        last if draw(st.booleans()) else None,
        draw(MARKS),
        None if about else draw(st.none() | st.sampled_from(KEYS)),
        draw(st.booleans()),
        about,
    )


def some_credits(standing=None):
    return st.lists(a_credit(standing), max_size=8, unique_by=lambda credit: credit.ref)


VERDICTS = st.dictionaries(st.sampled_from(KEYS), st.builds(Verdict, st.booleans(), DAYS))
ACCEPTED = CreditStanding.ACCEPTED


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS, st.randoms())
def test_the_order_of_evidence_does_not_matter(on, needs, credits_, verdicts, random):
    shuffled = random.sample(credits_, len(credits_))
    assert progress_on(on, needs, shuffled, verdicts) == progress_on(on, needs, credits_, verdicts)


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS)
def test_refused_and_withdrawn_evidence_counts_nothing(on, needs, credits_, verdicts):
    counting = {ACCEPTED, CreditStanding.WAITING}
    rest = [credit for credit in credits_ if credit.standing in counting]
    told, bare = (progress_on(on, needs, given_, verdicts) for given_ in (credits_, rest))
    assert told.readiness == bare.readiness
    for key in KEYS:
        one, other = told.standing_of(key), bare.standing_of(key)
        assert (one.state, one.amount, one.waiting) == (other.state, other.amount, other.waiting)


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS)
def test_what_waits_brings_nothing_before_it_is_accepted(on, needs, credits_, verdicts):
    accepted = [credit for credit in credits_ if credit.standing is ACCEPTED]
    told, bare = (progress_on(on, needs, given_, verdicts) for given_ in (credits_, accepted))
    assert told.readiness == bare.readiness
    assert [told.standing_of(k).amount for k in KEYS] == [bare.standing_of(k).amount for k in KEYS]


@FEW
@given(DAYS, some_needs(attempts=st.none()), some_credits(), a_credit(ACCEPTED), VERDICTS)
def test_more_evidence_never_lowers_progress(on, needs, credits_, more, verdicts):
    """Caps only keep it from rising. The one thing that can lower it is a limit of attempts, which
    is left out here: an attempt that comes to light can make a later one too many or too soon.
    """
    before = progress_on(on, needs, credits_, verdicts)
    after = progress_on(on, needs, [*credits_, more], verdicts)
    assert (after.readiness or 0) >= (before.readiness or 0)
    for was, now in zip(before.parts, after.parts, strict=True):
        assert (now.share or 0) >= (was.share or 0)
        assert was.state is not NeedState.MET or now.state is NeedState.MET
        for old, new in zip(was.standings, now.standings, strict=True):
            assert new.amount >= old.amount


@FEW
@given(DAYS, some_needs(), some_credits(), a_credit(ACCEPTED), VERDICTS)
def test_only_an_earlier_attempt_lowers_an_examination(on, needs, credits_, more, verdicts):
    latest = max([credit.day for credit in credits_], default=date.min)
    newer = replace(more, day=max(more.day, latest), ref="zzz", to_day=None)
    before = progress_on(on, needs, credits_, verdicts)
    after = progress_on(on, needs, [*credits_, newer], verdicts)
    for key in KEYS:
        assert after.standing_of(key).amount >= before.standing_of(key).amount


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS)
def test_no_category_brings_more_than_its_cap(on, needs, credits_, verdicts):
    progress = progress_on(on, needs, credits_, verdicts)
    for need in needs:
        if need.measure is Measure.SUM:
            for category, most in need.caps.items():
                counted = progress.standing_of(need.key).counted
                brought = sum(c.amount for c in counted if c.credit.category == category)
                assert brought <= most


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS)
def test_everything_that_is_offered_is_told_once_and_adds_up(on, needs, credits_, verdicts):
    progress = progress_on(on, needs, credits_, verdicts)
    for need in needs:
        standing = progress.standing_of(need.key)
        mine = [
            credit.ref
            for credit in credits_
            if credit.handed_in_for == need.key
            or (credit.handed_in_for is None and credit.kind == need.kind)
        ]
        assert sorted(c.credit.ref for c in standing.counted) == sorted(mine)
        assert sum(c.amount for c in standing.counted) == standing.amount
        assert all(c.amount >= 0 for c in standing.counted)


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS)
def test_readiness_is_whole_only_when_everything_is_met(on, needs, credits_, verdicts):
    progress = progress_on(on, needs, credits_, verdicts)
    assert progress.readiness is None or 0 <= progress.readiness <= 100
    assert (progress.readiness == 100) is progress.is_complete


@FEW
@given(DAYS, some_needs(), some_credits(), VERDICTS)
def test_a_need_without_a_minimum_is_never_met(on, needs, credits_, verdicts):
    progress = progress_on(on, needs, credits_, verdicts)
    unset = {progress.standing_of(need.key).state for need in needs if need.minimum is None}
    assert unset <= {NeedState.TO_BE_SET}


@FEW
@given(DAYS, some_needs(), some_credits())
def test_evidence_of_later_days_changes_nothing_today(on, needs, credits_):
    """So replaying evidence day by day is reckoning anew with what there was on that day."""
    known = [credit for credit in credits_ if credit.day <= on]
    then, now = progress_on(on, needs, known), progress_on(on, needs, credits_)
    assert [then.standing_of(k).amount for k in KEYS] == [now.standing_of(k).amount for k in KEYS]
    assert [part.share for part in then.parts] == [part.share for part in now.parts]
