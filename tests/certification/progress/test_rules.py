from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from club.certification.progress.facts import (
    Attempts,
    CreditStanding,
    Measure,
    Need,
    NeedState,
    Reason,
    Verdict,
)
from club.certification.progress.rules import progress_on
from tests.certification.progress.kit import ON, hours, hours_need, outcome, standing


def a_need(key, minimum=1, **given):
    return hours_need(minimum, key, **given)


def test_72_of_120_hours_are_a_part():
    found = standing(hours_need(), hours(40), hours(32))
    assert (found.state, found.amount, found.missing) == (NeedState.PARTLY, 72, 48)


def test_enough_is_met_and_more_is_told():
    found = standing(hours_need(), hours(100), hours(32))
    assert (found.state, found.amount, found.missing) == (NeedState.MET, 132, 0)


def test_nothing_is_missing_in_full():
    found = standing(hours_need())
    assert (found.state, found.missing, found.counted) == (NeedState.MISSING, 120, ())


def test_a_minimum_that_nobody_set_is_never_met():
    found = standing(hours_need(None), hours(1000), verdict=Verdict(fulfilled=True, day=ON))
    assert (found.state, found.amount, found.missing) == (NeedState.TO_BE_SET, 1000, None)


@pytest.mark.parametrize(
    ("accepted", "state"),
    [(100, NeedState.WAITING), (60, NeedState.PARTLY), (0, NeedState.WAITING)],
)
def test_what_waits_is_told_beside_what_counts(accepted, state):
    waits = hours(20, standing=CreditStanding.WAITING)
    found = standing(hours_need(), hours(accepted), waits)
    assert (found.state, found.amount, found.waiting) == (state, accepted, 20)


def test_what_goes_on_still_counts_nothing_and_does_not_wait_for_anybody():
    found = standing(hours_need(), hours(120, standing=CreditStanding.UNFINISHED))
    assert (found.state, found.amount, found.waiting) == (NeedState.MISSING, 0, 0)
    assert [(c.amount, c.reason) for c in found.counted] == [(0, Reason.UNFINISHED)]


def test_nobody_is_told_to_wait_for_what_will_never_count():
    other = hours(20, standing=CreditStanding.WAITING, marks=frozenset({"topic:lean"}))
    taught = hours(20, standing=CreditStanding.UNFINISHED, category="taught", day=date(2026, 1, 11))
    need = hours_need(any_of=frozenset({"topic:5s"}))
    assert outcome(need, other) == [(0, Reason.OTHER_SUBJECT)]
    need = hours_need(factors={"taught": Decimal(0)})
    assert outcome(need, taught) == [(0, Reason.CATEGORY_NOT_TAKEN)]


@pytest.mark.parametrize("why", [CreditStanding.REFUSED, CreditStanding.WITHDRAWN])
def test_what_was_refused_or_withdrawn_counts_nothing(why):
    found = standing(hours_need(), hours(120, standing=why))
    assert (found.state, found.amount, found.waiting) == (NeedState.MISSING, 0, 0)
    assert [(c.amount, c.reason) for c in found.counted] == [(0, Reason[why.name])]


def test_only_what_is_about_the_subject_counts():
    need = hours_need(10, any_of=frozenset({"topic:5s", "course:TA-5S"}))
    assert outcome(
        need,
        hours(4, date(2026, 1, 1), marks=frozenset({"topic:5s"})),
        hours(5, date(2026, 1, 2), marks=frozenset({"course:TA-5S", "topic:lean"})),
        hours(6, date(2026, 1, 3), marks=frozenset({"topic:lean"})),
    ) == [(4, Reason.COUNTS), (5, Reason.COUNTS), (0, Reason.OTHER_SUBJECT)]


@pytest.mark.parametrize("way", [{}, {"handed_in_for": "training"}])
def test_what_is_to_be_measured_counts_with_figures_alone_whatever_way_it_came(way):
    need = hours_need(1, measured=True)
    assert outcome(need, hours(1, **way)) == [(0, Reason.UNMEASURED)]
    assert outcome(need, hours(1, measured=True, **way)) == [(1, Reason.COUNTS)]


def test_two_credits_about_one_thing_count_once():
    pilot, report = (hours(1, date(2026, 1, n), about="pilot_project:1") for n in (5, 6))
    another = hours(1, date(2026, 1, 7), about="pilot_project:2")
    assert outcome(hours_need(3), report, pilot, another) == [
        (1, Reason.COUNTS),
        (0, Reason.SAME_THING),
        (1, Reason.COUNTS),
    ]


def test_of_two_about_one_thing_the_one_that_may_count_does():
    pilot = hours(1, date(2026, 1, 5), about="pilot_project:1")
    report = hours(1, date(2026, 1, 6), about="pilot_project:1", measured=True)
    assert outcome(hours_need(1, measured=True), pilot, report) == [
        (0, Reason.UNMEASURED),
        (1, Reason.COUNTS),
    ]


def test_evidence_counts_for_what_it_was_handed_in_for_and_nothing_else():
    first, second = a_need("first", any_of=frozenset({"topic:5s"})), a_need("second")
    paper = hours(1, kind="other", unit="pieces", handed_in_for="first")
    found = progress_on(ON, [first, second], [paper])
    assert [s.standings[0].amount for s in found.parts] == [1, 0]


def test_a_need_without_group_named_like_a_group_stays_alone():
    found = progress_on(ON, [a_need("a"), a_need("b", group="a")], [])
    assert [len(part.standings) for part in found.parts] == [1, 1]


def test_other_kinds_and_units_are_not_mixed_in():
    assert standing(hours_need(), hours(5, unit="courses"), hours(5, kind="project")).counted == ()


def test_teaching_is_worth_what_the_scheme_says():
    need = hours_need(factors={"taught": Decimal("1.5"), "outside": Decimal(0)})
    assert outcome(
        need,
        hours(10, date(2026, 1, 1)),
        hours(10, date(2026, 1, 2), category="taught"),
        hours(10, date(2026, 1, 3), category="outside"),
    ) == [(10, Reason.COUNTS), (15, Reason.WEIGHTED), (0, Reason.CATEGORY_NOT_TAKEN)]


def test_surplus_of_a_category_counts_nothing():
    need = hours_need(caps={"self_study": Decimal(20)})
    assert outcome(
        need,
        hours(15, date(2026, 1, 1), category="self_study"),
        hours(15, date(2026, 1, 2), category="self_study"),
        hours(15, date(2026, 1, 3), category="self_study"),
        hours(15, date(2026, 1, 4), category="attended"),
        hours(15, date(2026, 1, 5)),
    ) == [
        (15, Reason.COUNTS),
        (5, Reason.CAPPED),
        (0, Reason.SURPLUS),
        (15, Reason.COUNTS),
        (15, Reason.COUNTS),
    ]


def test_a_cap_holds_after_weighing():
    need = hours_need(caps={"taught": Decimal(8)}, factors={"taught": Decimal(2)})
    first, second = (hours(3, date(2026, 1, day), category="taught") for day in (1, 2))
    assert outcome(need, first, second) == [(6, Reason.WEIGHTED), (2, Reason.CAPPED)]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2023, 12, 31), Reason.TOO_EARLY),
        (date(2024, 1, 1), Reason.NO_LONGER_VALID),
        (date(2025, 3, 30), Reason.NO_LONGER_VALID),
        (date(2025, 3, 31), Reason.COUNTS),
        (ON, Reason.COUNTS),
        (date(2026, 4, 1), Reason.NOT_YET),
    ],
)
def test_the_day_decides_whether_it_counts(day, reason):
    need = hours_need(since=date(2024, 1, 1), valid_months=12)
    assert outcome(need, hours(1, day)) == [(int(reason is Reason.COUNTS), reason)]


def test_a_course_of_several_days_counts_as_of_its_last():
    need = hours_need(since=date(2026, 3, 20))
    course = hours(8, date(2026, 3, 19), to_day=date(2026, 3, 21))
    assert outcome(need, course) == [(8, Reason.COUNTS)]
    assert outcome(need, course, on=date(2026, 3, 20)) == [(0, Reason.NOT_YET)]


EXAM = Need(
    "exam", "examination", "points", Decimal(70), Measure.BEST, attempts=Attempts(2, wait_days=30)
)


def sat(points, day, **given):
    return hours(points, day, kind="examination", unit="points", **given)


def test_the_best_attempt_is_the_score():
    first, second = sat(60, date(2026, 1, 1)), sat(80, date(2026, 2, 1))
    found = standing(EXAM, second, first)
    assert (found.state, found.amount) == (NeedState.MET, 80)
    assert outcome(EXAM, first, second) == [(0, Reason.ANOTHER_IS_BETTER), (80, Reason.COUNTS)]


def test_points_of_a_failed_examination_are_no_part_of_it():
    progress = progress_on(ON, [EXAM], [sat(69, date(2026, 1, 1))])
    assert (progress.parts[0].state, progress.readiness) == (NeedState.MISSING, 0)


def test_attempts_within_the_waiting_time_and_beyond_the_most_do_not_count():
    assert outcome(
        EXAM,
        sat(10, date(2026, 1, 1)),
        sat(90, date(2026, 1, 30)),
        sat(20, date(2026, 1, 31)),
        sat(95, date(2026, 3, 15)),
    ) == [
        (0, Reason.ANOTHER_IS_BETTER),
        (0, Reason.TOO_SOON),
        (20, Reason.COUNTS),
        (0, Reason.TOO_MANY_ATTEMPTS),
    ]


def test_the_waiting_time_begins_with_the_last_attempt_that_counted():
    need = replace(EXAM, attempts=Attempts(wait_days=30))
    days = [date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 14), date(2026, 3, 2)]
    assert [reason for _, reason in outcome(need, *(sat(10, day) for day in days))] == [
        Reason.COUNTS,
        Reason.ANOTHER_IS_BETTER,
        Reason.TOO_SOON,
        Reason.ANOTHER_IS_BETTER,
    ]


def test_an_attempt_that_has_grown_too_old_was_one_all_the_same():
    need = replace(EXAM, valid_months=1)
    assert outcome(
        need, sat(90, date(2025, 1, 1)), sat(90, date(2025, 6, 1)), sat(90, date(2026, 3, 20))
    ) == [(0, Reason.NO_LONGER_VALID)] * 2 + [(0, Reason.TOO_MANY_ATTEMPTS)]


def sat_and_withdrawn(points, day):
    return sat(points, day, standing=CreditStanding.WITHDRAWN, was_accepted=True)


ONCE = replace(EXAM, attempts=Attempts(1))


def test_an_attempt_whose_paper_was_withdrawn_was_one_all_the_same():
    failed, passed = sat_and_withdrawn(50, date(2026, 1, 1)), sat(80, date(2026, 2, 1))
    assert standing(ONCE, failed, passed).state is NeedState.MISSING
    assert outcome(ONCE, failed, passed) == [(0, Reason.WITHDRAWN), (0, Reason.TOO_MANY_ATTEMPTS)]
    waits = replace(passed, standing=CreditStanding.WAITING)
    assert standing(ONCE, failed, waits).state is NeedState.MISSING


def test_a_withdrawn_attempt_is_passed_by_nobody():
    assert standing(ONCE, sat_and_withdrawn(90, date(2026, 1, 1))).state is NeedState.MISSING


def test_what_was_withdrawn_before_anybody_accepted_it_was_no_attempt():
    mistyped = sat(50, date(2026, 1, 1), standing=CreditStanding.WITHDRAWN)
    assert standing(ONCE, mistyped, sat(80, date(2026, 2, 1))).state is NeedState.MET


def test_another_paper_about_the_same_attempt_is_no_second_one():
    day = date(2026, 1, 1)
    gone = [sat_and_withdrawn(80, day), sat_and_withdrawn(80, day)]
    assert standing(ONCE, *gone, sat(80, day)).state is NeedState.MET
    again = sat(80, day, standing=CreditStanding.WAITING)
    assert standing(ONCE, *gone, again).state is NeedState.WAITING
    twice = replace(EXAM, attempts=Attempts(2))
    assert standing(twice, *gone, sat(80, date(2026, 2, 1))).state is NeedState.MET


WORK = Need("work", "work_experience", "months", Decimal(24), Measure.MONTHS)


def worked(first, last=None, **given):
    return hours(0, first, to_day=last, kind="work_experience", unit="months", **given)


def test_two_jobs_at_once_are_not_two_years():
    one = worked(date(2025, 1, 1), date(2025, 12, 31))
    other = worked(date(2025, 7, 1), date(2026, 3, 31))
    found = standing(WORK, other, one)
    assert (found.amount, [c.amount for c in found.counted]) == (15, [12, 3])
    assert found.counted[1].reason is Reason.OVERLAPS


def test_work_that_goes_on_counts_up_to_the_day():
    assert standing(WORK, worked(date(2025, 4, 1))).amount == 12


def test_of_work_the_days_within_the_time_count():
    need = replace(WORK, since=date(2026, 1, 1))
    assert outcome(need, worked(date(2025, 4, 1))) == [(3, Reason.PART_OF_TIME)]


def test_what_somebody_has_to_judge_waits_for_the_verdict():
    need, paper = hours_need(1, needs_verdict=True), hours(1)
    assert standing(need, paper).state is NeedState.WAITING
    fulfilled, not_fulfilled = Verdict(fulfilled=True, day=ON), Verdict(fulfilled=False, day=ON)
    assert standing(need, paper, verdict=fulfilled).state is NeedState.MET
    assert standing(need, paper, verdict=not_fulfilled).state is NeedState.MISSING
    tomorrow = Verdict(fulfilled=True, day=date(2026, 4, 1))
    assert standing(need, paper, verdict=tomorrow).state is NeedState.WAITING


def test_a_verdict_does_not_stand_in_for_evidence_that_was_withdrawn():
    need, gone = hours_need(1, needs_verdict=True), hours(1, standing=CreditStanding.WITHDRAWN)
    assert standing(need, gone, verdict=Verdict(fulfilled=True, day=ON)).state is NeedState.MISSING


def test_of_alternatives_the_furthest_stands_for_all():
    needs = [
        a_need("degree", group="education", kind="education"),
        a_need("practice", 10, group="education"),
    ]
    part = progress_on(ON, needs, [hours(4)]).parts[0]
    assert (part.key, part.state, part.share) == ("education", NeedState.PARTLY, Fraction(2, 5))
    met = progress_on(ON, needs, [hours(1, kind="education")]).parts[0]
    assert (met.state, met.share) == (NeedState.MET, 1)


def test_needs_of_one_alternative_are_needed_together():
    needs = [
        a_need("degree", group="way_in", together="graduate", kind="education"),
        a_need("two", 2, group="way_in", together="graduate"),
        a_need("five", 5, group="way_in"),
    ]
    degree = hours(1, kind="education")
    half = progress_on(ON, needs, [degree, hours(1)]).parts[0]
    assert (half.state, half.share) == (NeedState.PARTLY, Fraction(3, 4))
    assert progress_on(ON, needs, [degree, hours(2)]).is_complete
    assert progress_on(ON, needs, [hours(5)]).is_complete


@pytest.mark.parametrize(
    ("have", "state"),
    [((1, 1), NeedState.MET), ((1, 0), NeedState.PARTLY), ((0, 0), NeedState.MISSING)],
)
def test_an_alternative_is_as_far_as_its_needs(have, state):
    needs = [a_need(key, group="g", together="both", kind=key) for key in ("a", "b")]
    credits_ = [hours(n, kind=key) for n, key in zip(have, ("a", "b"), strict=True) if n]
    assert progress_on(ON, needs, credits_).parts[0].state is state


def test_an_alternative_waits_when_only_a_decision_is_missing():
    needs = [a_need(key, group="g", together="both", kind=key) for key in ("a", "b")]
    there, waits = hours(1, kind="a"), hours(1, kind="b", standing=CreditStanding.WAITING)
    assert progress_on(ON, needs, [there, waits]).parts[0].state is NeedState.WAITING


def test_an_alternative_with_an_unset_need_cannot_be_measured():
    needs = [a_need("a", group="g", together="both"), a_need("b", None, group="g", together="both")]
    part = progress_on(ON, needs, [hours(1)]).parts[0]
    assert (part.state, part.share) == (NeedState.TO_BE_SET, None)


def test_readiness_is_the_mean_of_the_parts_rounded_down():
    needs = [a_need("a"), a_need("b", 3, kind="project"), a_need("c", kind="fee")]
    credits_ = [hours(50), hours(2, kind="project")]
    assert progress_on(ON, needs, credits_).readiness == 55


def test_readiness_is_100_only_when_everything_is_met():
    judged = a_need("judged", needs_verdict=True, kind="interview")
    credits_ = [hours(1), hours(1, kind="interview")]
    assert progress_on(ON, [a_need("a"), judged], credits_).readiness == 99
    verdicts = {"judged": Verdict(fulfilled=True, day=ON)}
    assert progress_on(ON, [a_need("a"), judged], credits_, verdicts).readiness == 100


def test_what_was_judged_as_not_fulfilled_is_no_part_of_readiness():
    verdicts = {"a": Verdict(fulfilled=False, day=ON)}
    assert progress_on(ON, [a_need("a", needs_verdict=True)], [hours(1)], verdicts).readiness == 0


def test_readiness_leaves_out_what_is_to_be_set_but_is_not_whole_with_it():
    found = progress_on(ON, [a_need("a"), a_need("b", None, kind="project")], [hours(1)])
    assert (found.readiness, found.to_be_set, found.is_complete) == (99, 1, False)


def test_readiness_of_a_scheme_without_numbers_is_unknown():
    assert progress_on(ON, [a_need("a", None)], [hours(1)]).readiness is None


def test_a_need_that_is_not_asked_has_no_standing():
    with pytest.raises(KeyError):
        progress_on(ON, [], []).standing_of("nothing")
