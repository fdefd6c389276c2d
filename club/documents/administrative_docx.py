"""An administrative document as a Word file that an office can go on writing in."""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from club.documents.administrative import (
    AdministrativeDocument,
    Annex,
    Bars,
    Block,
    Heading,
    Paragraph,
    Table,
    bars_png,
    word_shares,
)
from club.documents.docx_file import Look, docx, paragraph, picture, table

#: Between the margins, in millimetres.
_WIDTH = 160
_HEAD_WIDTHS = 64, 96
_FIGURE_WIDTH = 22
_CENTRED = Look(size=13, align="center")
_CELL = Look(size=11, align="left")
_BODY = Look(first_line=12.7, after=6)
_TITLE = Look(bold=True, align="center")


def administrative_docx(document: AdministrativeDocument, *, made_at: datetime) -> bytes:
    """The same input gives the same bytes."""
    charts = [block for block in document.blocks if isinstance(block, Bars)]
    pictures = [bars_png(chart) for chart in charts]
    body = [
        _head(document),
        paragraph(document.kind.upper(), _look(_TITLE, before=14)),
        paragraph(document.subject, _TITLE),
        paragraph("", _look(_TITLE, rule=60, after=8)),
    ]
    annex = next((n for n, b in enumerate(document.blocks) if isinstance(b, Annex)), None)
    blocks = [_block(block, charts, pictures) for block in document.blocks]
    text, annexed = (blocks, []) if annex is None else (blocks[:annex], blocks[annex:])
    match document.blocks[len(text) - 1] if text else None:
        case Paragraph(words):  # else a page could hold nothing but who signs
            text[-1] = paragraph(words, _look(_BODY, keep_with_next=True))
    body += [*text, _foot(document), *annexed]
    return docx(body, pictures, title=document.subject, made_at=made_at)


def _head(document: AdministrativeDocument) -> str:
    left = [
        *(
            [paragraph(document.superior.upper(), _look(_CENTRED, size=12))]
            * bool(document.superior)
        ),
        paragraph(document.issuer.upper(), _look(_CENTRED, size=12, bold=True)),
        paragraph("", Look(size=2, rule=20)),
        paragraph(f"Số: {document.number}", _look(_CENTRED, before=4)),
    ]
    right = [
        paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", _look(_CENTRED, size=12, bold=True)),
        paragraph("Độc lập - Tự do - Hạnh phúc", _look(_CENTRED, bold=True)),
        paragraph("", Look(size=2, rule=16)),
        paragraph(document.place_and_date, _look(_CENTRED, italic=True, before=4)),
    ]
    return table([["".join(left), "".join(right)]], _HEAD_WIDTHS, borders=False)


def _foot(document: AdministrativeDocument) -> str:
    left = [paragraph("Nơi nhận:", _look(_CELL, size=12, bold=True, italic=True))]
    left += [paragraph(one, _CELL) for one in document.recipients]
    signer = [
        document.signs_for.upper(),
        document.signer_title.upper(),
        "",
        "",
        "",
        document.signer_name,
    ]
    right = [paragraph(line, _TITLE) for line in signer[not signer[0] :]]
    both = table([["".join(left), "".join(right)]], (_WIDTH / 2, _WIDTH / 2), borders=False)
    return paragraph("", Look(keep_with_next=True)) + both


def _block(block: Block, charts: list[Bars], pictures: list[bytes]) -> str:
    match block:
        case Heading(text):
            return paragraph(
                text, Look(bold=True, after=6, before=6, keep_with_next=True, is_heading=True)
            )
        case Paragraph(text):
            return paragraph(text, _BODY)
        case Annex(title):
            return paragraph(title.upper(), _look(_TITLE, new_page=True, after=10))
        case Table():
            return _table(block)
        case Bars():
            number = charts.index(block)
            return _chart(block, number + 1, pictures[number])


def _table(block: Table) -> str:
    figures = len(block.heads) - block.figures_from
    for_words = _WIDTH - figures * _FIGURE_WIDTH
    widths = [for_words * share for share in word_shares(block)] + [_FIGURE_WIDTH] * figures
    rows = [list(_cells(block, block.heads, bold=True))]
    rows += [list(_cells(block, row, bold=False)) for row in block.rows]
    caption = Look(size=12, italic=True, align="center", before=8, after=4, keep_with_next=True)
    after = paragraph("", Look(size=6))
    return paragraph(block.caption, caption) + table(rows, widths, borders=True, heads=1) + after


def _cells(block: Table, row: Sequence[str], *, bold: bool) -> Iterator[str]:
    for place, text in enumerate(row):
        align = "right" if place >= block.figures_from else "left"
        yield paragraph(text, _look(_CELL, bold=bold, align=align))


def _chart(block: Bars, number: int, png: bytes) -> str:
    across, down = struct.unpack(">II", png[16:24])
    described = "; ".join(f"{n} {w}" for n, w in zip(block.names, block.written, strict=True))
    drawn = picture(
        number,
        width=_WIDTH,
        height=_WIDTH * down / across,
        described=f"{block.caption}: {described}",
    )
    return drawn + paragraph(block.caption, Look(size=12, italic=True, align="center", after=8))


def _look(look: Look, **changed: Any) -> Look:
    return replace(look, **changed)
