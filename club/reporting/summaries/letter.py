"""A summary or review as an administrative document, from its kept words and figures.

Always a draft: an office that issues it goes on with the file.
"""

from collections.abc import Iterator
from decimal import Decimal

from club.documents.administrative import AdministrativeDocument, Block, Table
from club.reporting.summaries.composing import written_number
from club.reporting.summaries.models import ReportSummary
from club.reporting.written import FigureKey
from club.statistics.reports.contents import facts_of
from club.statistics.reports.letter import addressed, ended, outline
from club.statistics.reports.models import ReportLetterhead

_HEADS = ("Đơn vị", "Số lớp", "Lượt người", "Số giờ")


def letter_of(
    summary: ReportSummary, letterhead: ReportLetterhead | None
) -> AdministrativeDocument:
    body = list(outline(summary.texts, _figures(summary)))
    return addressed(
        facts_of(letterhead),
        number=summary.document_number,
        title=summary.title,
        blocks=ended(body),
    )


def _figures(summary: ReportSummary) -> Iterator[Block]:
    rows = [one for one in summary.figures["units"] if one["figures"]]
    if not rows:
        return
    lines = [[one["unit"], *_written(one["figures"])] for one in rows]
    total = ["Cộng", *_written(summary.figures["total"])]
    caption = "Đào tạo ngoài các lớp của câu lạc bộ, theo báo cáo của đơn vị"
    yield Table(caption=caption, heads=_HEADS, rows=[*lines, total], figures_from=1)


def _written(figures: dict[str, str]) -> Iterator[str]:
    for key in FigureKey:
        yield written_number(Decimal(figures[key.value])) if key.value in figures else "–"
