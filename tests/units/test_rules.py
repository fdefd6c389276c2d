from datetime import date

from club.units.models import Unit, UnitKind, UnitSuccession
from club.units.rules import UnitRefusal, refusal_to_end, refusal_to_succeed

LAST = date(2025, 6, 30)
NEXT = date(2025, 7, 1)


def unit(number, valid_from=None, valid_to=None):
    return Unit(
        id=number, key=f"u{number}", kind=UnitKind.WARD, valid_from=valid_from, valid_to=valid_to
    )


def refusal(predecessor, successor, *, in_part=False, known=()):
    return refusal_to_succeed(predecessor, successor, on_day=NEXT, in_part=in_part, known=known)


def test_a_unit_ends_once():
    assert refusal_to_end(unit(1), last_day=LAST) is None
    assert refusal_to_end(unit(1, valid_to=LAST), last_day=LAST) is UnitRefusal.ALREADY_ENDED


def test_a_unit_cannot_end_before_it_began():
    assert (
        refusal_to_end(unit(1, valid_from=NEXT), last_day=LAST) is UnitRefusal.ENDS_BEFORE_IT_BEGAN
    )
    assert refusal_to_end(unit(1, valid_from=LAST), last_day=LAST) is None


def test_an_ended_unit_may_be_succeeded_by_one_that_exists():
    assert refusal(unit(1, valid_to=LAST), unit(2, valid_from=NEXT)) is None


def test_a_unit_does_not_succeed_itself():
    ward = unit(1)
    assert refusal(ward, ward) is UnitRefusal.SUCCEEDS_ITSELF


def test_a_successor_has_to_exist_on_the_day():
    later = unit(2, valid_from=date(2026, 1, 1))
    assert refusal(unit(1, valid_to=LAST), later) is UnitRefusal.SUCCESSOR_NOT_THERE


def test_only_a_part_can_leave_a_unit_that_goes_on():
    going_on, successor = unit(1), unit(2, valid_from=NEXT)
    assert refusal(going_on, successor) is UnitRefusal.PREDECESSOR_STILL_THERE
    assert refusal(going_on, successor, in_part=True) is None


def test_a_successor_is_named_once():
    known = [UnitSuccession(predecessor_id=1, successor_id=2)]
    assert refusal(unit(1, valid_to=LAST), unit(2), known=known) is UnitRefusal.ALREADY_NAMED


def test_successions_do_not_go_in_a_circle():
    known = [
        UnitSuccession(predecessor_id=2, successor_id=3),
        UnitSuccession(predecessor_id=3, successor_id=1),
    ]
    assert refusal(unit(1, valid_to=LAST), unit(2), known=known) is UnitRefusal.GOES_IN_A_CIRCLE
