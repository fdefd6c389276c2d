"""Several who write of one line at the same moment in two processes."""

from datetime import date

import pytest
from sqlalchemy import select

from club import clock
from club.db import db
from club.plan.items import queries
from club.plan.items.models import PlanStep, SaidState
from club.plan.items.operations import StepFacts, say_state
from club.plan.items.rules import ItemState, WritingRefusal
from tests.plan.kit import with_lines
from tests.registration.racing import at_once
from tests.support.factories import NOW

pytestmark = pytest.mark.slow

LINE, FIRST, SECOND = "II.1-10", "II.1-10.1", "II.1-10.2"


@pytest.fixture(autouse=True)
def lines(context):
    with_lines(now=NOW)


def saying(state, part):
    facts = StepFacts(state, date(2026, 1, 5), "Đã làm", "Báo cáo 12", part)
    return say_state, {"key": LINE, "facts": facts, "by": None}


def test_of_the_same_said_twice_at_once_one_is_kept(app):
    came_to = at_once(app, [saying(SaidState.DONE, FIRST), saying(SaidState.DONE, FIRST)])
    assert sorted(came_to) == ["done", f"refused: {WritingRefusal.SAME_AGAIN}"]
    assert len(db.session.scalars(select(PlanStep)).all()) == 1


def test_two_who_write_of_two_parts_at_once_are_both_kept(app):
    came_to = at_once(app, [saying(SaidState.DONE, FIRST), saying(SaidState.UNDER_WAY, SECOND)])
    assert came_to == ["done", "done"]
    found = queries.item_standing(LINE, on=clock.today())
    assert [one.state for one in found.parts] == [ItemState.DONE, ItemState.UNDER_WAY]


def test_of_the_whole_and_a_part_at_once_the_later_row_stands_for_the_part(app):
    came_to = at_once(app, [saying(SaidState.NOT_BEGUN, None), saying(SaidState.DONE, FIRST)])
    assert came_to == ["done", "done"]
    last = db.session.scalars(select(PlanStep).order_by(PlanStep.id.desc()).limit(1)).one()
    first, second = queries.item_standing(LINE, on=clock.today()).parts
    assert first.state == last.state
    assert second.state is ItemState.NOT_BEGUN
