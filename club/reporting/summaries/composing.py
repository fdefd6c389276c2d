"""What a summary says at first, composed from accepted reports, figures and cases.

In Vietnamese, as reports are. Pure: facts in, words and figures out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from club.reporting.models import ReportState
from club.reporting.summaries.sentences import attributed
from club.reporting.written import FigureKey, Written, added_up
from club.statistics.reports.models import TextBlock

_MEASURES = {
    FigureKey.TRAININGS: "lớp",
    FigureKey.TURNS: "lượt người",
    FigureKey.HOURS: "giờ",
}
_MOST_CASES = 10


@dataclass(frozen=True)
class Reported:
    """An accepted report."""

    unit: str
    questions: Sequence[str]
    written: Written
    #: So many days after the due day it came; of paper, was entered.
    days_late: int = 0
    on_paper: bool = False


@dataclass(frozen=True)
class Missing:
    """A unit that was asked and of which nothing has been accepted."""

    unit: str
    state: ReportState
    #: Why its report was closed.
    reason: str | None = None


@dataclass(frozen=True)
class Trainees:
    """The club's own figures of the period."""

    turns: int
    people: int
    hours: Decimal
    completed: int
    #: The frozen report they are taken from; ``None``: counted when the summary was composed.
    frozen_as: str | None


@dataclass(frozen=True)
class Material:
    reported: Sequence[Reported]
    missing: Sequence[Missing] = ()
    #: Only reviews have these two.
    trainees: Trainees | None = None
    cases: Sequence[str] = ()


def composed_texts(material: Material) -> dict[str, str]:
    """By ``TextBlock``; what comes next is left for the coordinator to write."""
    blocks = {
        TextBlock.SITUATION: _situation(material),
        TextBlock.RESULTS: _results(material),
        TextBlock.ASSESSMENT: _said(material, "difficulties", "Khó khăn, vướng mắc:"),
        TextBlock.DIRECTIONS: (),
        TextBlock.PROPOSALS: _said(material, "proposals"),
    }
    return {block.value: "\n".join(lines) for block, lines in blocks.items()}


def composed_figures(material: Material) -> dict[str, Any]:
    """As JSON holds them: by unit, and added up where that means something."""
    total = added_up(one.written for one in material.reported)
    return {
        "units": [
            {
                "unit": one.unit,
                "figures": {key.value: str(value) for key, value in one.written.figures.items()},
                "others": [
                    {"name": o.name, "value": str(o.value), "measured_in": o.measured_in}
                    for o in one.written.others
                ],
            }
            for one in material.reported
            if one.written.figures or one.written.others
        ],
        "total": {key.value: str(value) for key, value in total.items()},
    }


def written_number(value: Decimal) -> str:
    """As Vietnamese writes it: ``1.234,5``."""
    whole, _, rest = f"{value.normalize():,f}".partition(".")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def _situation(material: Material) -> Iterator[str]:
    asked = len(material.reported) + len(material.missing)
    names = _names(one.unit for one in material.reported)
    if material.reported:
        yield (
            f"Có {asked} báo cáo được yêu cầu, {len(material.reported)} báo cáo đã được nhận,"
            f" của: {names}."
        )
    else:
        yield f"Có {asked} báo cáo được yêu cầu, chưa báo cáo nào được nhận."
    yield from _late(material.reported)
    waiting = [one for one in material.missing if one.state is not ReportState.CLOSED]
    if waiting:
        yield f"Chưa có báo cáo được nhận của: {_names(one.unit for one in waiting)}."
    for one in material.missing:
        if one.state is ReportState.CLOSED:
            reason = (one.reason or "").rstrip(" .")
            yield f"Không có báo cáo của {one.unit}, lý do: {reason}."


def _late(reported: Sequence[Reported]) -> Iterator[str]:
    """Each unit once, with the days of each of its reports that came late."""
    for on_paper, begin in (
        (False, "Nộp quá hạn"),
        (True, "Gửi bằng giấy, được nhập sau hạn"),
    ):
        days: dict[str, list[str]] = {}
        for one in reported:
            if one.days_late and one.on_paper is on_paper:
                days.setdefault(one.unit, []).append(f"{one.days_late} ngày")
        if days:
            told = (f"{unit} ({', '.join(late)})" for unit, late in days.items())
            yield f"{begin}: {', '.join(told)}."


def _results(material: Material) -> Iterator[str]:
    if trainees := material.trainees:
        source = (
            f"theo báo cáo đã chốt “{trainees.frozen_as}”"
            if trainees.frozen_as
            else "theo hồ sơ học tại thời điểm tổng hợp"
        )
        yield (
            f"Câu lạc bộ có {trainees.turns} lượt người, {trainees.people} người tham gia các lớp,"
            f" với {written_number(trainees.hours)} giờ học; {trainees.completed} lượt hoàn thành"
            f" ({source})."
        )
    if cases := material.cases:
        yield f"Đăng {len(cases)} điển hình áp dụng: {_listed(cases)}."
    for one in material.reported:
        for question, answer in zip(one.questions, one.written.answers, strict=False):
            yield from attributed(f"{question.rstrip(' ?.:')}: {answer}", one.unit)
    yield from _activities(material.reported)
    yield from _figures(material.reported)


def _activities(reported: Sequence[Reported]) -> Iterator[str]:
    """Line of the plan by line of the plan, then what belongs to none."""
    told = [(activity, one.unit) for one in reported for activity in one.written.activities]
    for activity, unit in sorted(told, key=lambda one: (not one[0].item, one[0].item)):
        begin = f"Mục {activity.item}: " if activity.item else ""
        for sentence in attributed(activity.words, unit):
            yield begin + sentence


def _figures(reported: Sequence[Reported]) -> Iterator[str]:
    total = added_up(one.written for one in reported)
    if total:
        said = ", ".join(
            f"{written_number(total[k])} {_MEASURES[k]}" for k in _MEASURES if k in total
        )
        names = _names(one.unit for one in reported if one.written.figures)
        begin = "Ngoài các lớp của câu lạc bộ, các đơn vị tự tổ chức hoặc cử đi học"
        yield f"{begin} {said} ({names})."
    for one in reported:
        for other in one.written.others:
            number = f"{written_number(other.value)} {other.measured_in}".strip()
            yield f"{other.name}: {number} ({one.unit})."


def _said(material: Material, part: str, begin: str = "") -> Iterator[str]:
    said = [
        sentence
        for one in material.reported
        for sentence in attributed(getattr(one.written, part), one.unit)
    ]
    if said and begin:
        yield begin
    yield from said


def _names(names: Iterable[str]) -> str:
    """Each once, in order."""
    return ", ".join(dict.fromkeys(names))


def _listed(titles: Sequence[str]) -> str:
    shown = "; ".join(f"“{title}”" for title in titles[:_MOST_CASES])
    left = len(titles) - _MOST_CASES
    return f"{shown} và {left} điển hình khác" if left > 0 else shown
