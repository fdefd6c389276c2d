"""Periods of reports in words, and the title that is proposed for a report."""

from flask_babel import force_locale, gettext

from club.periods import Period
from club.statistics.reports.models import ReportKind
from club.web.language import LANGUAGES, day

#: What follows the year in the name of a period, for kinds that need more than a number.
_KINDS = {"": ReportKind.YEAR, "6M": ReportKind.HALF_YEAR, "9M": ReportKind.NINE_MONTHS}


def kind_of(period_name: str) -> ReportKind:
    """Of a period as ``club.periods`` names it; empty: days chosen freely."""
    if not period_name:
        return ReportKind.DAYS
    part = period_name[5:]
    if part.startswith("Q"):
        return ReportKind.QUARTER
    return _KINDS.get(part, ReportKind.MONTH)


def period_words(period: Period) -> str:
    """In the reader's language: the quarter or month by number, days as they are written."""
    year, part = period.name[:4], period.name[5:].lstrip("Q0")
    match kind_of(period.name):
        case ReportKind.MONTH:
            return str(gettext("month %(month)s of %(year)s", month=part, year=year))
        case ReportKind.QUARTER:
            return str(gettext("quarter %(quarter)s of %(year)s", quarter=part, year=year))
        case ReportKind.HALF_YEAR:
            return str(gettext("first six months of %(year)s", year=year))
        case ReportKind.NINE_MONTHS:
            return str(gettext("first nine months of %(year)s", year=year))
        case ReportKind.YEAR:
            return str(gettext("year %(year)s", year=year))
        case _:
            return _days_in_words(period)


def proposed_title(period: Period) -> str:
    """In Vietnamese, as reports are written."""
    with force_locale(LANGUAGES[0]):
        return str(gettext("Training results, %(period)s", period=period_words(period)))


def _days_in_words(period: Period) -> str:
    if period.first == period.last:
        return str(gettext("day %(day)s", day=day(period.first)))
    return str(
        gettext("from %(first)s to %(last)s", first=day(period.first), last=day(period.last))
    )
