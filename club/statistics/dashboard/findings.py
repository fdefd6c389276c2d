"""What each chart of the dashboard says, in a sentence."""

from collections.abc import Sequence

from flask_babel import gettext, ngettext

from club.certification.figures.funnel import FunnelLine
from club.statistics.dashboard.figures import Line, Series
from club.statistics.dashboard.rules import share
from club.web.language import number


def of_years(lines: Sequence[Line]) -> str:
    last = lines[-1]
    best = max(lines, key=lambda line: line.now.turns)
    if not best.now.turns:
        return str(gettext("No class was closed since the plan began."))
    if best is last:
        return str(
            gettext(
                "%(year)s has the most turns so far: %(turns)s, by %(people)s people.",
                year=last.name,
                turns=number(last.now.turns),
                people=number(last.now.people),
            )
        )
    return str(
        gettext(
            "%(year)s has %(turns)s turns so far; the most were %(most)s, in %(best)s.",
            year=last.name,
            turns=number(last.now.turns),
            most=number(best.now.turns),
            best=best.name,
        )
    )


def of_steps(series: Series) -> str:
    best = series.largest
    if best is None:
        return str(gettext("No class was closed in this period."))
    return str(
        gettext(
            "The most turns were in %(when)s: %(turns)s of %(total)s.",
            when=best.name,
            turns=number(best.now.turns),
            total=number(series.total.turns),
        )
    )


def of_cut(series: Series) -> str:
    best = series.largest
    if best is None:
        return str(gettext("Nothing to compare: no turn in this period, or not stated for whom."))
    return str(
        gettext(
            "The most turns: %(name)s, %(turns)s, that is %(share)s of all.",
            name=best.name,
            turns=number(best.now.turns),
            share=share_of(best, series),
        )
    )


def of_funnel(lines: Sequence[FunnelLine]) -> str:
    begun, reached = lines[0].candidacies, lines[-1].candidacies
    if not begun:
        return str(gettext("Nobody began in this period."))
    return str(
        ngettext(
            "Of one candidacy that began in this period, %(reached)s has reached the end.",
            "Of %(begun)s candidacies that began in this period, %(reached)s have reached the end.",
            begun,
            begun=number(begun),
            reached=number(reached),
        )
    )


def share_of(line: Line, series: Series) -> str:
    return percent(share(line.now.turns, series.total.turns)) or "0%"


def percent(value: float | None) -> str | None:
    return None if value is None else f"{number(value)}%"
