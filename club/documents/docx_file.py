"""Word files, written part by part: the same input gives the same bytes.

A library would write its own clock and a template of its own into each file; what an office's
layout needs of the format is little.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Lengths of the format: twentieths of a point, and of pictures 914,400 to the inch.
_PER_MM, _PICTURE_PER_MM = 1440 / 25.4, 36_000
_FONT = "Times New Roman"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True)
class Look:
    """How a paragraph is set. Sizes in points, lengths in millimetres."""

    size: float = 14
    bold: bool = False
    italic: bool = False
    align: str = "both"
    first_line: float = 0
    before: float = 0
    after: float = 0
    #: A line under the paragraph, so far from both edges.
    rule: float | None = None
    keep_with_next: bool = False
    new_page: bool = False
    is_heading: bool = False


def paragraph(text: str, look: Look) -> str:
    keep = "<w:keepNext/>" if look.keep_with_next else ""
    style = '<w:pStyle w:val="Heading1"/>' if look.is_heading else ""
    new_page = "<w:pageBreakBefore/>" if look.new_page else ""
    rule, inset = "", ""
    if look.rule is not None:
        rule = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        inset = f'<w:ind w:left="{_twips(look.rule)}" w:right="{_twips(look.rule)}"/>'
    elif look.first_line:
        inset = f'<w:ind w:firstLine="{_twips(look.first_line)}"/>'
    spacing = f'<w:spacing w:before="{look.before * 20:.0f}" w:after="{look.after * 20:.0f}"/>'
    return (
        f"<w:p><w:pPr>{style}{keep}{new_page}{rule}{spacing}{inset}"
        f'<w:jc w:val="{look.align}"/></w:pPr>{_run(text, look)}</w:p>'
    )


def table(
    rows: Sequence[Sequence[str]], widths: Sequence[float], *, borders: bool, heads: int = 0
) -> str:
    """``rows``: for each cell its paragraphs. ``widths`` in millimetres. The first ``heads`` rows
    stand again on each page.
    """
    kind = "single" if borders else "none"
    edges = "".join(
        f'<w:{edge} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in widths)
    lines = "".join(_table_row(row, widths, is_head=n < heads) for n, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_twips(sum(widths))}" w:type="dxa"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{lines}</w:tbl>"
    )


def picture(number: int, *, width: float, height: float, described: str) -> str:
    """The picture of this number among those of ``docx``; lengths in millimetres."""
    across, down = round(width * _PICTURE_PER_MM), round(height * _PICTURE_PER_MM)
    name, words = f"Picture {number}", escape(described)
    frame = f'<a:ext cx="{across}" cy="{down}"/>'
    return (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0"'
        f' distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="{name}" descr="{words}"/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="{name}" descr="{words}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPicture{number}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/>{frame}</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def docx(body: Iterable[str], pictures: Sequence[bytes], *, title: str, made_at: datetime) -> bytes:
    """An A4 file with the margins of administrative documents, pages numbered at the top from the
    second on. ``pictures`` are PNG files.
    """
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        f'<w:pgSz w:w="{_twips(210)}" w:h="{_twips(297)}"/>'
        f'<w:pgMar w:top="{_twips(20)}" w:right="{_twips(20)}" w:bottom="{_twips(20)}"'
        f' w:left="{_twips(30)}" w:header="{_twips(10)}" w:footer="{_twips(10)}" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations(
            ("rIdDocument", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rIdCore", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _core(title, made_at),
        "word/document.xml": (
            f"{_HEAD}<w:document {_NAMESPACES}><w:body>{''.join(body)}{page}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _relations(
            ("rIdStyles", f"{_OFFICE}/styles", "styles.xml"),
            ("rIdHeader", f"{_OFFICE}/header", "header1.xml"),
            *(
                (f"rIdPicture{n}", f"{_OFFICE}/image", f"media/picture{n}.png")
                for n in range(1, len(pictures) + 1)
            ),
        ),
        "word/styles.xml": _STYLES,
        "word/header1.xml": _HEADER,
    }
    held = {f"word/media/picture{n}.png": one for n, one in enumerate(pictures, start=1)}
    return _zipped({name: text.encode() for name, text in parts.items()} | held)


def _zipped(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part)
    return whole.getvalue()


def _run(text: str, look: Look) -> str:
    if not text:
        return ""
    half_points = f"{look.size * 2:.0f}"
    marks = "<w:b/>" * look.bold + "<w:i/>" * look.italic
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
    )
    return (
        f'<w:r><w:rPr>{marks}<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
        f"{lines}</w:r>"
    )


def _table_row(cells: Sequence[str], widths: Sequence[float], *, is_head: bool) -> str:
    inside = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(width)}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
        for cell, width in zip(cells, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{inside}</w:tr>"


def _twips(millimetres: float) -> int:
    return round(millimetres * _PER_MM)


def _relations(*relations: tuple[str, str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'
        for name, kind, target in relations
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str, made_at: datetime) -> str:
    moment = f"{made_at:%Y-%m-%dT%H:%M:%SZ}"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:language>vi-VN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created></cp:coreProperties>'
    )


_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_TYPE}.header+xml"/>'
    '<Override PartName="/docProps/core.xml"'
    ' ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_STYLES = (
    f"{_HEAD}<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{_FONT}" w:hAnsi="{_FONT}" w:eastAsia="{_FONT}" w:cs="{_FONT}"/>'
    '<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
    '<w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1">'
    '<w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    "</w:style></w:styles>"
)
_HEADER = (
    f'{_HEAD}<w:hdr {_NAMESPACES}><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
    '<w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText'
    ' xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    "</w:p></w:hdr>"
)
