"""A report as an administrative document: from its content alone, in Vietnamese."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask_babel import force_locale, gettext

from club import clock
from club.documents.administrative import (
    AdministrativeDocument,
    Annex,
    Bars,
    Block,
    Heading,
    Paragraph,
    Table,
)
from club.statistics.reports.beside.tables import (
    BesideTable,
    day_beside,
    part_of,
    tables_beside,
)
from club.statistics.reports.beside.telling import Part
from club.statistics.reports.contents import MEASURES, Content, only_unit
from club.statistics.reports.models import TextBlock
from club.web.language import LANGUAGES, number

_LANGUAGE = LANGUAGES[0]
#: So many tables stand in the report itself, the others in its annex.
_IN_THE_TEXT = 2
#: The outline that reports follow, and the block of words under each head.
_OUTLINE = (
    ("TÌNH HÌNH CHUNG", TextBlock.SITUATION),
    ("KẾT QUẢ THỰC HIỆN", TextBlock.RESULTS),
    ("ĐÁNH GIÁ", TextBlock.ASSESSMENT),
    ("PHƯƠNG HƯỚNG KỲ TỚI", TextBlock.DIRECTIONS),
    ("KIẾN NGHỊ, ĐỀ XUẤT", TextBlock.PROPOSALS),
)
_NUMBERS = ("I", "II", "III", "IV", "V")
_KIND = "Báo cáo"
_END = "./."


def letter_of(content: Content) -> AdministrativeDocument:
    report, frozen = content["report"], content.get("frozen")
    with force_locale(_LANGUAGE):
        return addressed(
            content["letterhead"],
            issuer=report["unit"][_LANGUAGE] if report["unit"] else "",
            number=report["document_number"],
            day=clock.local_day(datetime.fromisoformat(frozen["at"])) if frozen else None,
            title=report["title"],
            blocks=[*ended(list(_body(content))), *_annex(content)],
        )


def addressed(
    head: Mapping[str, str],
    *,
    issuer: str = "",
    number: str | None,
    day: date | None = None,
    title: str,
    blocks: Sequence[Block],
) -> AdministrativeDocument:
    """A document under this letterhead. ``issuer``: who issues it instead of who the head names;
    ``day``: ``None`` in a draft.
    """
    return AdministrativeDocument(
        superior=head["superior"],
        issuer=issuer or head["issuer"] or "……………",
        number=f"{number or '……'}/{head['symbol'] or 'BC-……'}",
        place=head["place"],
        day=day,
        kind=_KIND if day else f"{_KIND} (dự thảo)",
        subject=_subject(title),
        blocks=blocks,
        signs_for=head["signs_for"],
        signer_title=head["signer_title"],
        signer_name=head["signer_name"],
        recipients=head["recipients"].splitlines(),
    )


def _subject(title: str) -> str:
    """Below the kind of document, which says ``Báo cáo`` already."""
    rest = re.sub(rf"^{_KIND}\s+", "", title, flags=re.IGNORECASE)
    return rest[:1].upper() + rest[1:]


def outline(texts: Mapping[str, str], results: Iterable[Block]) -> Iterator[Block]:
    """The heads of a report with the words below each; those without words are left out, but for
    the results, which end with ``results``.
    """
    numbers = iter(_NUMBERS)
    for head, block in _OUTLINE:
        lines = [line for line in texts[block.value].splitlines() if line.strip()]
        if not lines and block is not TextBlock.RESULTS:
            continue
        yield Heading(f"{next(numbers)}. {head}")
        yield from map(Paragraph, lines)
        if block is TextBlock.RESULTS:
            yield from results


def _body(content: Content) -> Iterator[Block]:
    if reason := content["report"]["correction_reason"]:
        yield Paragraph(f"Báo cáo này đính chính bản trước. Lý do: {reason}")
    yield from outline(content["texts"], _results(content))


def _results(content: Content) -> Iterator[Block]:
    period, total = content["period"], content["total"]
    first, last = (date.fromisoformat(period[end]) for end in ("from", "to"))
    cut = " (kỳ báo cáo hành chính)" if period["cut"] == "report" else ""
    of = f", tính riêng {content['report']['unit'][_LANGUAGE]}" if only_unit(content) else ""
    yield Paragraph(
        f"Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}{cut}{of}, có {_written(total['turns'])}"
        f" lượt người, {_written(total['people'])} người tham gia các lớp, với"
        f" {_written(total['hours'])} giờ học; {_written(total['completed'])} lượt hoàn thành."
    )
    tables = [table for table in content["tables"] if table["rows"]]
    for table in tables[:_IN_THE_TEXT]:
        yield _table(table)
    if total["turns"]:
        yield _chart(content["tables"][1])
    yield from map(Paragraph, _sentences_beside(content))


def _sentences_beside(content: Content) -> Iterator[str]:
    day, experts = day_beside(content), part_of(content, Part.EXPERTS)
    pilots, elsewhere = (part_of(content, part) for part in (Part.PILOTS, Part.ELSEWHERE))
    if day and experts and pilots:
        yield (
            f"Đến ngày {day:%d/%m/%Y}, có {_written(experts['totals']['people'])} chuyên gia được"
            f" chứng nhận và {_written(pilots['totals']['firms'])} doanh nghiệp nhỏ và vừa có dự án"
            " điểm, tính theo chỉ tiêu của kế hoạch."
        )
    if elsewhere and elsewhere["rows"]:
        yield (
            f"Ngoài ra, các đơn vị báo cáo {_written(elsewhere['totals']['turns'])} lượt người do"
            " họ tự đào tạo. Số này để riêng, không cộng vào số lượt và số người nêu trên."
        )


def _annex(content: Content) -> Iterator[Block]:
    yield Annex("Phụ lục số liệu")
    for table in [table for table in content["tables"] if table["rows"]][_IN_THE_TEXT:]:
        yield _table(table)
    shown = tables_beside(content, _LANGUAGE)
    yield from (_table_beside(table, content) for table in shown)
    meanings = content["definitions"]["measures"]
    for name in MEASURES:
        words = (meanings[name][part][_LANGUAGE] for part in ("name", "meaning"))
        yield Paragraph(": ".join(words))
    yield from (Paragraph(f"{table.name}: {table.meaning}") for table in shown)
    if "frozen" in content:
        yield Paragraph(f"Định nghĩa số liệu: {content['definitions']['version']}.")


def ended(blocks: list[Block]) -> list[Block]:
    """The mark that nothing follows stands behind the last words of the text."""
    last = blocks[-1]
    if isinstance(last, Paragraph):
        return [*blocks[:-1], Paragraph(f"{last.text.rstrip(' .')}{_END}")]
    return [*blocks, Paragraph(_END)]


def _table(table: Content) -> Table:
    heads = table["heads"][_LANGUAGE]
    return Table(
        caption=gettext("By %(dimensions)s", dimensions=", ".join(heads).lower()),
        heads=[
            *heads,
            gettext("Turns"),
            gettext("People"),
            gettext("Hours"),
            gettext("Completions"),
        ],
        rows=[
            [*row["names"][_LANGUAGE], *(_written(row[name]) for name in MEASURES)]
            for row in table["rows"]
        ],
        figures_from=len(heads),
    )


def _table_beside(table: BesideTable, content: Content) -> Table:
    day = day_beside(content)
    when = "" if table.part is Part.ELSEWHERE or not day else f", {day:%d/%m/%Y}"
    return Table(
        caption=f"{table.name}{when}",
        heads=table.heads,
        rows=[
            [
                *map(str, row[: table.figures_from]),
                *("" if cell is None else _written(cell) for cell in row[table.figures_from :]),
            ]
            for row in table.rows
        ],
        figures_from=table.figures_from,
    )


def _chart(table: Content) -> Bars:
    heads = ", ".join(table["heads"][_LANGUAGE]).lower()
    return Bars(
        caption=gettext("Turns by %(dimensions)s", dimensions=heads),
        names=[", ".join(row["names"][_LANGUAGE]) for row in table["rows"]],
        values=[row["turns"] for row in table["rows"]],
        written=[_written(row["turns"]) for row in table["rows"]],
    )


def _written(value: Any) -> str:
    """With as many digits as the content keeps: as the page and the other files say it."""
    return str(number(value, 2))
