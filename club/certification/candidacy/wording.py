"""What a piece of evidence is said to prove, in words."""

from decimal import Decimal

from flask_babel import gettext

from club.certification.candidacy.claims import asked_for
from club.certification.candidacy.models import EvidenceUse
from club.certification.schemes.amounts import amount_words
from club.certification.schemes.models import Unit
from club.web.language import day


def claimed_days(use: EvidenceUse) -> str:
    """A day, or a time that may go on."""
    if use.to_day:
        return f"{day(use.day)} – {day(use.to_day)}"
    if use.requirement.unit is Unit.MONTHS:
        return str(gettext("since %(day)s", day=day(use.day)))
    return day(use.day)


def claimed_amount(use: EvidenceUse, counted: Decimal | None = None) -> str:
    """``24 giờ, được tính 20 giờ``; empty where it is there or not, or follows from the days.

    ``counted``: what it brings; 0 or ``None`` as long as nobody has accepted it.
    """
    unit = use.requirement.unit
    claimed = amount_words(use.amount, unit) if asked_for(use.requirement).amount else ""
    said = use.amount if claimed or unit is not Unit.MONTHS else None
    if not counted or counted == said or unit is Unit.DONE:
        return claimed
    brings = gettext("%(amount)s counted", amount=amount_words(counted, unit))
    return f"{claimed}, {brings}" if claimed else str(brings)
