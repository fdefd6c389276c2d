from datetime import date, timedelta

import pytest

from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.rules import TRANSITIONS, leads
from club.certification.objections import rules
from club.certification.objections.models import (
    Appeal,
    AppealState,
    AppealStep,
    AppealStepKind,
    Remedy,
)
from club.certification.objections.rules import REMEDIES, AppealRefusal, Contested, Urgency

LAST = date(2026, 4, 2)
_R, _S = StepReason, CandidateState
EXTENDED = AppealStep(kind=AppealStepKind.EXTENDED)


def contested(**given):
    facts = {"state": _S.NOT_YET, "reason": _R.DECIDED, "led_to": _S.NOT_YET, "last_day": LAST}
    return Contested(**facts | given)


def test_the_last_day_is_so_many_days_after_the_day_of_being_told():
    assert rules.last_day(date(2026, 3, 3), 30) == LAST


def test_the_whole_last_day_counts():
    assert rules.refusal_to_appeal(contested(), today=LAST) is None
    late = rules.refusal_to_appeal(contested(), today=LAST + timedelta(days=1))
    assert late is AppealRefusal.TOO_LATE


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"appealed_already": True}, AppealRefusal.APPEALED_ALREADY),
        ({"state": _S.COLLECTING}, AppealRefusal.NOTHING_TO_APPEAL),
        ({"by_another_body": True}, AppealRefusal.OF_THE_BODY),
        ({"on_another_way": True}, AppealRefusal.ANOTHER_WAY),
        (
            {"reason": _R.DECIDED, "led_to": _S.CERTIFIED, "state": _S.CERTIFIED},
            AppealRefusal.NOTHING_TO_APPEAL,
        ),
        # The club itself turned the candidate down, whoever decides later.
        (
            {
                "reason": _R.NOT_ADMITTED,
                "led_to": _S.REFUSED,
                "state": _S.REFUSED,
                "by_another_body": True,
            },
            None,
        ),
    ],
)
def test_what_hinders_an_appeal(given, refusal):
    assert rules.refusal_to_appeal(contested(**given), today=LAST) is refusal


def test_nothing_was_decided():
    assert rules.refusal_to_appeal(None, today=LAST) is AppealRefusal.NOTHING_TO_APPEAL


def test_whatever_can_be_appealed_goes_there_and_back_by_the_table_of_steps():
    for reason, state in REMEDIES:
        assert leads(state, _S.APPEALED, _R.APPEAL_MADE)
        assert leads(_S.APPEALED, state, _R.APPEAL_REFUSED)
        assert leads(_S.APPEALED, state, _R.APPEAL_WITHDRAWN)
        for (before, after), why in TRANSITIONS.items():
            if after is state and reason in why:
                for remedy in rules.remedies_of(reason, state):
                    ahead = rules.where_it_leads(remedy, stood_before=before)
                    assert leads(_S.APPEALED, ahead, _R.APPEAL_GRANTED), (before, remedy)


def test_the_table_of_steps_knows_no_other_way_out_of_an_appeal():
    reached = set()
    for reason, state in REMEDIES:
        for (before, after), why in TRANSITIONS.items():
            if after is state and reason in why:
                reached |= {
                    rules.where_it_leads(remedy, stood_before=before)
                    for remedy in rules.remedies_of(reason, state)
                }
    granted = {
        after
        for (before, after), why in TRANSITIONS.items()
        if before is _S.APPEALED and _R.APPEAL_GRANTED in why
    }
    assert granted == reached
    assert _S.CERTIFIED not in granted


def test_a_recognition_that_is_restored_stands_as_before():
    found = rules.where_it_leads(Remedy.RESTORED, stood_before=_S.RENEWAL_DUE)
    assert found is _S.RENEWAL_DUE


def test_only_an_open_appeal_of_a_candidacy_that_rests_is_closed():
    assert rules.refusal_to_close(AppealState.OPEN, _S.APPEALED) is None
    closed = rules.refusal_to_close(AppealState.GRANTED, _S.APPEALED)
    # The candidacy went elsewhere, for example with an entry of the person that went.
    elsewhere = rules.refusal_to_close(AppealState.OPEN, _S.WITHDRAWN)
    assert (closed, elsewhere) == (AppealRefusal.NOT_OPEN,) * 2


@pytest.mark.parametrize(
    ("given", "today", "refusal"),
    [
        ({}, LAST, None),
        ({}, LAST + timedelta(days=1), AppealRefusal.OVERDUE),
        ({"steps": [EXTENDED]}, LAST, AppealRefusal.EXTENDED_ALREADY),
        ({"state": AppealState.REFUSED}, LAST, AppealRefusal.NOT_OPEN),
    ],
)
def test_time_is_extended_once_and_before_it_is_over(given, today, refusal):
    facts = {"state": AppealState.OPEN, "due_on": LAST} | given
    assert rules.refusal_to_extend(Appeal(**facts), today=today) is refusal


@pytest.mark.parametrize(
    ("days", "urgency"),
    [(-1, Urgency.SOON), (3, Urgency.SOON), (4, Urgency.IN_TIME)],
)
def test_what_is_due_soon(days, urgency):
    today = LAST - timedelta(days=abs(days))
    assert rules.urgency(LAST, today=today) is urgency


def test_what_is_overdue_is_so_from_the_next_day_on():
    assert rules.urgency(LAST, today=LAST) is Urgency.SOON
    assert rules.urgency(LAST, today=LAST + timedelta(days=1)) is Urgency.OVERDUE
