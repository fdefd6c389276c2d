from collections.abc import Iterator

from flask_babel import gettext, lazy_gettext, ngettext

from club.statistics.quality.rules import Bounds, Flaw
from club.web.layout import Labels

LABELS: Labels = {
    Flaw.NOT_CLOSED: lazy_gettext("Classes that are over and not closed"),
    Flaw.NO_MARKS: lazy_gettext("Sessions of closed classes without any mark"),
    Flaw.HOURS_DIFFER: lazy_gettext("Turns of classes whose sessions changed after closing"),
    Flaw.NO_ORGANISATION: lazy_gettext("Turns for an organisation that is not written down"),
    Flaw.NO_WARD: lazy_gettext("Turns without a ward"),
    Flaw.ENTERED_TWICE: lazy_gettext("Pairs of people who may be one, both counted"),
}


def bounds_words(bounds: Bounds) -> str:
    """By how much the figures could move, in the reader's language."""
    return "; ".join(_each(bounds)) or gettext("not at all by itself")


def _each(bounds: Bounds) -> Iterator[str]:
    if more := bounds.turns_more:
        yield ngettext(
            "up to %(num)s turn more, and at most as many people",
            "up to %(num)s turns more, and at most as many people",
            more,
        )
    if fewer := bounds.turns_fewer:
        yield ngettext("up to %(num)s turn fewer", "up to %(num)s turns fewer", fewer)
    if people := bounds.people_fewer:
        yield ngettext("up to %(num)s person fewer", "up to %(num)s people fewer", people)
    if elsewhere := bounds.turns_elsewhere:
        yield ngettext(
            "up to %(num)s turn in another line; totals stay",
            "up to %(num)s turns in other lines; totals stay",
            elsewhere,
        )
