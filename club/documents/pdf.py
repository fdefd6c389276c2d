"""PDF files: a typst template under ``templates/`` and data go in, a tagged PDF/A comes out.

Pictures are set in the same way.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_be_vietnam_pro

from club.config import ROOT

if TYPE_CHECKING:
    from typst import Fonts, PDFStandard

TEMPLATES = ROOT / "templates"
#: Archivable, with text that can be found and read aloud.
_STANDARDS: "list[PDFStandard]" = ["a-2a", "ua-1"]
_NO_GLYPH = "could not be displayed with font"

log = logging.getLogger("club.documents")


class PdfError(RuntimeError):
    """The template could not be set as it was meant, for instance for want of a font."""


def pdf(template: str, data: Mapping[str, object], *, made_at: datetime) -> bytes:
    """Set ``templates/<template>`` with ``data``; the same input gives the same bytes.

    ``data`` holds what JSON can hold. The template reads it with
    ``json(bytes(sys.inputs.data))``, so nothing that people typed is ever run as typst.
    A missing font is only a warning to typst; here every warning is an error. A letter that
    no font has (a name in another script) is printed as a box, and the file is then an
    ordinary PDF: PDF/A would refuse it altogether.
    """
    from typst import TypstError

    try:
        return _made(template, data, made_at=made_at, standards=_STANDARDS)
    except TypstError as error:
        if _NO_GLYPH not in error.message:
            raise PdfError(error.message) from error
    log.warning("a letter without a glyph in %s", template)
    return _made_or_refused(template, data, made_at=made_at)


def png(template: str, data: Mapping[str, object], *, ppi: int = 72) -> bytes:
    """The one page of ``templates/<template>`` as a picture, a pixel for each point unless told."""
    return _made_or_refused(template, data, ppi=ppi)


def _made_or_refused(
    template: str,
    data: Mapping[str, object],
    *,
    made_at: datetime | None = None,
    ppi: int | None = None,
) -> bytes:
    from typst import TypstError

    try:
        return _made(template, data, made_at=made_at, ppi=ppi)
    except TypstError as error:
        raise PdfError(error.message) from error


def _made(
    template: str,
    data: Mapping[str, object],
    *,
    made_at: datetime | None = None,
    standards: "Sequence[PDFStandard]" = (),
    ppi: int | None = None,
) -> bytes:
    """A picture where ``ppi`` says how many pixels an inch has, else a PDF."""
    from typst import compile_with_warnings

    made, warnings = compile_with_warnings(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="png" if ppi else "pdf",
        ppi=ppi,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=list(standards),
        timestamp=int(made_at.timestamp()) if made_at else None,
    )
    if warnings:
        raise PdfError("; ".join(warning.message for warning in warnings))
    assert isinstance(made, bytes)
    return made


@cache
def _fonts() -> "Fonts":
    """Read once and shared: unlike a compiler, fonts may be used by several threads."""
    from typst import Fonts

    folder = Path(fontpkg_be_vietnam_pro.ROOT)
    return Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])
