"""Amounts of what schemes ask for, in words."""

from decimal import Decimal

from flask_babel import gettext, ngettext

from club.certification.schemes.models import Unit
from club.web.language import number


def amount_words(amount: Decimal, unit: Unit) -> str:
    """Such as ``72 giờ``."""
    written = number(amount, 2)
    # A half is no singular.
    n = 1 if amount == 1 else 2
    words = {
        Unit.HOURS: ngettext("%(amount)s hour", "%(amount)s hours", n, amount=written),
        Unit.MONTHS: ngettext("%(amount)s month", "%(amount)s months", n, amount=written),
        Unit.PROJECTS: ngettext("%(amount)s project", "%(amount)s projects", n, amount=written),
        Unit.REFERENCES: ngettext("%(amount)s referee", "%(amount)s referees", n, amount=written),
        Unit.POINTS: ngettext("%(amount)s point", "%(amount)s points", n, amount=written),
        Unit.PERCENT: f"{written}%",
        Unit.DONG: gettext("%(amount)s dong", amount=written),
    }
    pieces = ngettext("%(amount)s piece", "%(amount)s pieces", n, amount=written)
    return str(words.get(unit, pieces))
