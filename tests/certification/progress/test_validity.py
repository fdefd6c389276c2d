from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from club.certification.progress.facts import (
    CreditStanding,
    Measure,
    Need,
    Verdict,
)
from club.certification.progress.months import months_after
from club.certification.progress.replay import fulfilled_from
from club.certification.progress.validity import (
    AwardStanding,
    Interruption,
    ValidityTerms,
    first_valid_day,
    last_day,
    periods_kept,
    periods_of,
    renewal_of,
    standing_on,
)
from club.certification.schemes.models import RenewedFrom, ValidFrom
from club.clock import from_local, local_day
from tests.certification.progress.kit import hours, hours_need

pytestmark = pytest.mark.slow

START, TODAY = date(2024, 1, 15), date(2030, 1, 1)
OLD_END = ValidityTerms(24, RenewedFrom.OLD_END, grace_months=6)
THRESHOLD = ValidityTerms(24, RenewedFrom.THRESHOLD, grace_months=6)
NEED = [hours_need(40)]


def ends(terms, *credits_, needs=NEED, start=START, on=TODAY, verdicts=None):
    """First and last day of each period."""
    found = periods_of(start, terms, needs, credits_, verdicts, on=on)
    return [(period.first, period.last) for period in found]


def standing(day, *credits_, terms=OLD_END, **more):
    return standing_on(day, periods_of(START, terms, NEED, credits_, on=TODAY), terms, **more)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2025, 12, 31), 36, date(2028, 12, 31)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
    ],
)
def test_an_award_is_valid_through_its_last_day(first, months, last):
    terms = ValidityTerms(months, grace_months=1)
    periods = periods_of(first, terms, NEED, [], on=TODAY)
    assert last_day(periods) == last
    assert standing_on(last, periods, terms).is_valid
    assert standing_on(last + timedelta(days=1), periods, terms) is AwardStanding.IN_GRACE


def test_renewing_finds_back_to_29_february():
    terms = ValidityTerms(12, grace_months=1)
    yearly = [hours(40, date(year, 2, 1)) for year in (2025, 2026, 2027, 2028)]
    found = periods_of(date(2024, 2, 29), terms, NEED, yearly, on=TODAY)
    assert [str(period.last) for period in found] == [
        "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28",
    ]  # fmt: skip


def test_the_day_is_that_of_the_clubs_own_zone():
    late = from_local(datetime(2025, 12, 31, 23, 30))
    assert (late.hour, local_day(late)) == (16, date(2025, 12, 31))
    assert local_day(late + timedelta(minutes=30)) == date(2026, 1, 1)
    # A leap second falls in the morning there, far from the end of any day.
    before_leap = datetime(2016, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert local_day(before_leap) == local_day(before_leap + timedelta(seconds=2))
    assert last_day(periods_of(local_day(late), OLD_END, NEED, [], on=TODAY)) == date(2027, 12, 31)


@pytest.mark.parametrize(("choice", "day"), [("decided", 10), ("issued", 20), ("fulfilled", 5)])
def test_the_scheme_chooses_from_which_day_it_is_valid(choice, day):
    days = {"decided_on": date(2026, 3, 10), "issued_on": date(2026, 3, 20)}
    found = first_valid_day(ValidFrom(choice), fulfilled_on=date(2026, 3, 5), **days)
    assert found == date(2026, 3, day)


def test_without_a_count_the_decision_begins_it():
    days = {"decided_on": date(2026, 3, 10), "issued_on": date(2026, 3, 20)}
    assert first_valid_day(ValidFrom.FULFILLED, fulfilled_on=None, **days) == date(2026, 3, 10)


def test_an_award_without_end_stays_valid_and_needs_no_renewal():
    terms = ValidityTerms(None)
    periods = periods_of(START, terms, NEED, [hours(100)], on=TODAY)
    assert [(p.first, p.last) for p in periods] == [(START, None)]
    assert standing_on(date(2099, 1, 1), periods, terms) is AwardStanding.VALID


def test_renewed_from_the_old_end_nothing_is_lost():
    assert ends(OLD_END, hours(30, date(2025, 1, 1)), hours(10, date(2025, 6, 1))) == [
        (START, date(2026, 1, 15)),
        (date(2026, 1, 16), date(2028, 1, 15)),
    ]


def test_renewed_from_the_threshold_the_new_time_begins_there():
    assert ends(THRESHOLD, hours(30, date(2025, 1, 1)), hours(10, date(2025, 6, 1))) == [
        (START, date(2026, 1, 15)),
        (date(2025, 6, 1), date(2027, 6, 1)),
    ]


def test_in_grace_it_is_renewed_but_not_valid_before():
    late = hours(40, date(2026, 5, 1))
    assert ends(OLD_END, late)[1] == (date(2026, 5, 1), date(2028, 1, 15))
    assert standing(date(2026, 4, 30), late) is AwardStanding.IN_GRACE
    assert standing(date(2026, 5, 1), late) is AwardStanding.VALID


def test_after_the_grace_time_nothing_renews():
    assert ends(OLD_END, hours(40, date(2026, 7, 15)))[1:] != []
    too_late = hours(40, date(2026, 7, 16))
    assert ends(OLD_END, too_late)[1:] == []
    assert standing(date(2026, 7, 15), too_late) is AwardStanding.IN_GRACE
    assert standing(date(2026, 7, 16), too_late) is AwardStanding.LAPSED


def test_only_what_lies_within_the_window_renews():
    terms = ValidityTerms(24, grace_months=0, renewal_window_months=12)
    assert ends(terms, hours(40, date(2025, 1, 14)))[1:] == []
    assert ends(terms, hours(40, date(2025, 1, 15)))[1:] != []


@pytest.mark.parametrize("terms", [OLD_END, THRESHOLD])
def test_what_led_to_the_award_renews_it_from_the_next_day_at_the_earliest(terms):
    wide = replace(terms, renewal_window_months=36)
    early = hours(40, date(2023, 6, 1))
    [_award, (begins, ends_)] = ends(wide, early)
    assert begins > START
    assert ends_ > date(2026, 1, 15)


def test_what_has_renewed_once_does_not_renew_again():
    twice = [hours(45, date(2025, 12, 1)), hours(39, date(2027, 1, 1))]
    assert len(ends(OLD_END, *twice)) == 2
    assert len(ends(OLD_END, *twice, hours(1, date(2027, 2, 1)))) == 3


def test_hours_of_each_category_are_capped():
    needs = [hours_need(40, caps={"self_study": Decimal(10)})]
    study = hours(35, date(2025, 1, 1), category="self_study")
    assert len(ends(OLD_END, study, hours(20, date(2025, 2, 1)), needs=needs)) == 1
    assert len(ends(OLD_END, study, hours(30, date(2025, 2, 1)), needs=needs)) == 2


def test_work_renews_from_the_day_on_which_there_is_enough_of_it():
    needs = [Need("work", "work_experience", "months", Decimal(12), Measure.MONTHS)]
    work = hours(1, date(2024, 3, 1), kind="work_experience", unit="months")
    assert ends(THRESHOLD, work, needs=needs, on=date(2026, 1, 1))[1][0] == date(2025, 2, 26)


def test_a_passed_examination_renews_from_its_day():
    needs = [Need("exam", "examination", "points", Decimal(70), Measure.BEST)]
    sat = [
        hours(points, day, kind="examination", unit="points")
        for points, day in [(60, date(2025, 3, 1)), (75, date(2025, 4, 1))]
    ]
    assert ends(THRESHOLD, *sat, needs=needs)[1][0] == date(2025, 4, 1)


def test_one_way_of_renewing_is_enough_where_the_scheme_has_several():
    exam = Need("exam", "examination", "points", Decimal(70), Measure.BEST, group="renewal")
    needs = [hours_need(40, group="renewal"), exam]
    assert len(ends(OLD_END, hours(40, date(2025, 1, 1)), needs=needs)) == 2


def test_late_evidence_is_taken_as_of_its_day():
    early, late = hours(20, date(2025, 3, 1)), hours(20, date(2025, 1, 1))
    after = hours(20, date(2025, 9, 1))
    assert ends(THRESHOLD, early, after)[1][0] == date(2025, 9, 1)
    assert ends(THRESHOLD, early, after, late)[1][0] == date(2025, 3, 1)


def test_what_was_judged_late_counts_as_of_its_day():
    needs = [hours_need(40, needs_verdict=True)]
    there = hours(40, date(2025, 3, 1))
    judged = {"training": Verdict(fulfilled=True, day=date(2025, 11, 1))}
    assert len(ends(THRESHOLD, there, needs=needs)) == 1
    assert ends(THRESHOLD, there, needs=needs, verdicts=judged)[1][0] == date(2025, 3, 1)


def test_a_scheme_that_asks_for_nothing_renews_nobody():
    assert len(ends(OLD_END, hours(40, date(2025, 1, 1)), needs=[])) == 1


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 1, 14), AwardStanding.NOT_YET),
        (START, AwardStanding.VALID),
        (date(2025, 7, 18), AwardStanding.VALID),
        (date(2025, 7, 19), AwardStanding.RENEWAL_DUE),
        (date(2026, 1, 15), AwardStanding.RENEWAL_DUE),
        (date(2026, 1, 16), AwardStanding.IN_GRACE),
        (date(2026, 7, 15), AwardStanding.IN_GRACE),
        (date(2026, 7, 16), AwardStanding.LAPSED),
    ],
)
def test_how_an_award_stands_follows_from_the_day(day, expected):
    assert standing(day) is expected


def test_a_renewal_is_due_until_it_is_earned():
    earned = hours(40, date(2025, 10, 1))
    assert standing(date(2025, 9, 30), earned) is AwardStanding.RENEWAL_DUE
    assert standing(date(2025, 10, 1), earned) is AwardStanding.VALID


def test_suspension_and_withdrawal_outweigh_the_days():
    pause = [Interruption(date(2025, 3, 1), date(2025, 3, 31)), Interruption(date(2025, 6, 1))]
    for day, expected in [
        (date(2025, 2, 28), AwardStanding.VALID),
        (date(2025, 3, 31), AwardStanding.SUSPENDED),
        (date(2025, 4, 1), AwardStanding.VALID),
        (date(2025, 6, 2), AwardStanding.SUSPENDED),
        (date(2025, 7, 1), AwardStanding.WITHDRAWN),
    ]:
        found = standing(day, suspended=pause, withdrawn_from=date(2025, 7, 1))
        assert found is expected


def test_it_is_fulfilled_from_the_day_on_which_what_counts_was_there():
    need = hours_need(40, valid_months=12)
    old, first, second = (hours(20, date(2025, month, 1)) for month in (1, 6, 9))
    days = {"first": date(2024, 1, 1), "last": date(2026, 3, 1)}
    assert fulfilled_from([need], [old, first, second], **days) == date(2025, 9, 1)
    assert fulfilled_from([need], [old, first], **days) is None
    assert fulfilled_from([need], [], first=date(2026, 3, 2), last=date(2026, 3, 1)) is None


# What holds for every award and whatever is brought for its renewal.

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
DEVELOPMENT = st.lists(
    st.tuples(DAYS, st.integers(1, 50), st.sampled_from(CreditStanding)), max_size=12
).map(
    lambda drawn: [
        hours(amount, day, standing=standing, ref=f"record:{number}")
        for number, (day, amount, standing) in enumerate(drawn)
    ]
)
TERMS = st.builds(
    ValidityTerms,
    st.integers(1, 30),
    st.sampled_from(RenewedFrom),
    st.none() | st.integers(0, 12),
    st.none() | st.integers(1, 40),
)
SOME = settings(max_examples=100)


def stepped_through(first_day, terms, credits_, on):
    """The same, naively: day by day, adding up what has come."""
    months = terms.validity_months
    ends_, anchor, total = [(first_day, months_after(first_day, months))], first_day, months
    used_until = None
    while True:
        first, last = ends_[-1]
        day = first
        if terms.renewal_window_months is not None:
            day = first - timedelta(days=1500)
            while months_after(day, terms.renewal_window_months) < last:
                day += timedelta(days=1)
        if used_until is not None:
            day = max(day, used_until + timedelta(days=1))
        amount = 0
        until, runs = (
            min(on, months_after(last, terms.grace_months or 0)),
            first + timedelta(days=1),
        )
        while day <= until and (amount < 40 or day <= runs):
            amount += sum(
                c.amount for c in credits_ if c.day == day and c.standing is CreditStanding.ACCEPTED
            )
            used_until = day
            day += timedelta(days=1)
        if amount < 40 or day <= runs:
            return ends_
        if terms.renewed_from is RenewedFrom.THRESHOLD:
            anchor, total = used_until, 0
            begins = used_until
        else:
            begins = max(used_until, last + timedelta(days=1))
        total += months
        ends_.append((begins, months_after(anchor, total)))


@SOME
@given(DAYS, TERMS, DEVELOPMENT, DAYS)
def test_replay_day_by_day_is_reckoning_anew(first, terms, credits_, on):
    assert ends(terms, *credits_, start=first, on=on) == stepped_through(first, terms, credits_, on)


@SOME
@given(DAYS, TERMS, DEVELOPMENT, st.randoms())
def test_it_does_not_matter_in_which_order_evidence_comes_in(first, terms, credits_, random):
    shuffled = random.sample(credits_, len(credits_))
    assert ends(terms, *shuffled, start=first) == ends(terms, *credits_, start=first)


@SOME
@given(DAYS, TERMS, DEVELOPMENT)
def test_an_award_stays_a_fact_whatever_comes_later(first, terms, credits_):
    periods = periods_of(first, terms, NEED, credits_, on=TODAY)
    assert periods[0] == periods_of(first, terms, NEED, [], on=TODAY)[0]
    assert standing_on(first, periods, terms).is_valid
    assert standing_on(first - timedelta(days=1), periods, terms) is AwardStanding.NOT_YET


@SOME
@given(DAYS, TERMS, DEVELOPMENT, DAYS)
def test_each_renewal_reaches_further(first, terms, credits_, on):
    periods = ends(terms, *credits_, start=first, on=on)
    firsts, lasts = zip(*periods, strict=True)
    assert list(firsts) == sorted(set(firsts))
    assert list(lasts) == sorted(lasts)


@SOME
@given(DAYS, TERMS, DEVELOPMENT, DAYS, st.integers(1, 50))
def test_more_evidence_never_takes_away_a_valid_day(first, terms, credits_, day, amount):
    """Where renewals begin at the old end. From the threshold on, evidence that comes to light
    may let a renewal begin, and so end, earlier.
    """
    more = [*credits_, hours(amount, day, ref="record:more")]
    terms = ValidityTerms(
        terms.validity_months, RenewedFrom.OLD_END, terms.grace_months, terms.renewal_window_months
    )
    before = periods_of(first, terms, NEED, credits_, on=TODAY)
    after = periods_of(first, terms, NEED, more, on=TODAY)
    for number in range(0, 2400, 30):
        on = first + timedelta(days=number)
        if standing_on(on, before, terms).is_valid:
            assert standing_on(on, after, terms).is_valid


@SOME
@given(DAYS, TERMS, DEVELOPMENT)
def test_what_was_decided_is_counted_on_as_if_it_were_reckoned_anew(first, terms, credits_):
    reckoned = periods_of(first, terms, NEED, credits_, on=TODAY)
    kept = [(period.first, period.last, period.renewed_on) for period in reckoned]
    assert periods_kept(kept, terms) == reckoned


@SOME
@given(DAYS, TERMS, DEVELOPMENT, st.sets(st.integers(1, 2500), max_size=12))
def test_renewals_that_are_decided_one_by_one_are_those_reckoned_at_once(
    first, terms, credits_, days
):
    """On whatever days somebody decides, with what had come in by then."""
    kept = [(first, months_after(first, terms.validity_months), None)]
    for on in (*(first + timedelta(days=number) for number in sorted(days)), *[TODAY] * 60):
        known = [credit for credit in credits_ if credit.day <= on]
        renewal = renewal_of(periods_kept(kept, terms)[-1], terms, NEED, known, on=on)
        if renewal:
            kept.append((renewal.first, renewal.last, renewal.renewed_on))
    assert periods_kept(kept, terms) == periods_of(first, terms, NEED, credits_, on=TODAY)
