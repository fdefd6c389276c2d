"""What may become of a report, when it is reminded of, and what it holds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.reporting.models import ReportState, RequestKind, StepKind
from club.reporting.rules import (
    TRANSITIONS,
    ReportingRefusal,
    refusal_to_ask,
    refusal_to_hand_in,
    refusal_to_step,
    reminder_day,
)
from club.reporting.written import (
    Activity,
    FigureKey,
    OtherFigure,
    Written,
    added_up,
    as_json,
    from_json,
)

DUE = date(2026, 7, 20)


def test_a_report_goes_its_way_and_back_and_comes_again():
    state = ReportState.ASKED
    for step in (
        StepKind.SAVED,
        StepKind.SUBMITTED,
        StepKind.RETURNED,
        StepKind.SAVED,
        StepKind.SUBMITTED,
        StepKind.ACCEPTED,
    ):
        assert refusal_to_step(state, step, reason="Lý do") is None
        state = TRANSITIONS[state, step]
    assert state is ReportState.ACCEPTED


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.ACCEPTED, ReportState.CLOSED])
def test_what_is_handed_in_is_not_written_in(state):
    assert refusal_to_step(state, StepKind.SAVED) is ReportingRefusal.SETTLED


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (ReportState.SUBMITTED, StepKind.RETURNED),
        (ReportState.ASKED, StepKind.CLOSED),
        (ReportState.IN_WORK, StepKind.PASSED_ON),
    ],
)
def test_what_undoes_others_work_needs_a_reason(state, step):
    assert refusal_to_step(state, step) is ReportingRefusal.REASON_MISSING


def test_nothing_leads_out_of_a_closed_report():
    assert not [step for state, step in TRANSITIONS if state is ReportState.CLOSED]


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 7, 16), None),
        (date(2026, 7, 17), date(2026, 7, 17)),
        (date(2026, 7, 20), date(2026, 7, 17)),
        (date(2026, 7, 26), date(2026, 7, 17)),
        (date(2026, 7, 27), date(2026, 7, 27)),
        (date(2026, 8, 4), date(2026, 8, 3)),
    ],
)
def test_reminders_come_before_the_due_day_and_again_and_again_after_it(today, day):
    assert reminder_day(today, due_on=DUE, before=3, every=7) == day


def test_no_days_before_means_no_reminder_before():
    assert reminder_day(DUE, due_on=DUE, before=0, every=7) is None


@given(st.integers(-90, 400), st.integers(0, 60), st.integers(1, 60))
def test_the_day_of_a_reminder_is_never_ahead_and_never_goes_back(days, before, every):
    today = DUE + timedelta(days=days)
    now, tomorrow = (
        reminder_day(day, due_on=DUE, before=before, every=every)
        for day in (today, today + timedelta(days=1))
    )
    assert now is None or now <= today
    assert now is None or (tomorrow is not None and tomorrow >= now)


def asked(**given):
    usual = {
        "kind": RequestKind.PERIODIC,
        "last_day": date(2026, 6, 30),
        "due_on": DUE,
        "today": date(2026, 7, 1),
        "units": [1],
        "questions": [],
    }
    return refusal_to_ask(**usual | given)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({}, None),
        ({"units": []}, ReportingRefusal.NO_UNIT),
        ({"kind": RequestKind.AD_HOC}, ReportingRefusal.NO_QUESTION),
        ({"kind": RequestKind.AD_HOC, "questions": ["Gì?"]}, None),
        ({"due_on": date(2026, 6, 30)}, ReportingRefusal.DUE_PASSED),
        ({"due_on": date(2026, 7, 2), "last_day": date(2026, 7, 31)},
         ReportingRefusal.DUE_BEFORE_END),
    ],
)  # fmt: skip
def test_who_asks_says_whom_what_and_until_when(given, refusal):
    assert asked(**given) is refusal


def test_an_empty_report_is_not_handed_in():
    refusal = refusal_to_hand_in(
        RequestKind.PERIODIC, says_something=False, answers=[], questions=0
    )
    assert refusal is ReportingRefusal.EMPTY


@pytest.mark.parametrize("answers", [[], ["Có"], ["Có", ""]])
def test_each_question_is_answered(answers):
    refusal = refusal_to_hand_in(
        RequestKind.AD_HOC, says_something=True, answers=answers, questions=2
    )
    assert refusal is ReportingRefusal.ANSWER_MISSING


numbers = st.decimals(0, 10**9, places=2, allow_nan=False)
texts = st.text(max_size=20)
reports = st.builds(
    Written,
    activities=st.lists(st.builds(Activity, texts, texts), max_size=3),
    figures=st.dictionaries(st.sampled_from(FigureKey), numbers),
    others=st.lists(st.builds(OtherFigure, texts, numbers, texts), max_size=3),
    difficulties=texts,
    proposals=texts,
    answers=st.lists(texts, max_size=3),
)


@given(reports)
def test_what_is_written_is_read_as_it_was(written):
    assert from_json(as_json(written)) == written


@given(st.lists(reports, max_size=4))
def test_common_figures_are_added_up_and_none_is_not_nought(many):
    total = added_up(many)
    for key in FigureKey:
        said = [one.figures[key] for one in many if key in one.figures]
        assert (key in total) == bool(said)
        assert total.get(key, Decimal(0)) == sum(said)
