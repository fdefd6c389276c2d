"""Needs and credits to reckon with."""

from datetime import date
from decimal import Decimal
from itertools import count

from club.certification.progress.facts import Credit, Need, Source
from club.certification.progress.rules import progress_on

ON = date(2026, 3, 31)
_numbers = count(1)


def hours_need(minimum=120, key="training", **given):
    least = None if minimum is None else Decimal(minimum)
    return Need(**{"key": key, "kind": "training", "unit": "hours", "minimum": least} | given)


def hours(amount, day=date(2026, 1, 10), **given):
    known = {
        "source": Source.TRAINING,
        "kind": "training",
        "unit": "hours",
        "amount": Decimal(amount),
        "day": day,
        "ref": f"training_record:{next(_numbers)}",
    }
    return Credit(**known | given)


def standing(need, *credits_, on=ON, verdict=None):
    """With this one need."""
    verdicts = {} if verdict is None else {need.key: verdict}
    return progress_on(on, [need], credits_, verdicts).standing_of(need.key)


def outcome(need, *credits_, on=ON):
    """What became of each credit, in the order of days."""
    return [(c.amount, c.reason) for c in standing(need, *credits_, on=on).counted]
