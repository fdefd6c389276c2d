"""A version as files; of a frozen one from the bytes that were kept, so always the same."""

from uuid import UUID

from flask import Response, abort

from club import clock
from club.audit.looks import gives_list
from club.documents.administrative import administrative_pdf
from club.documents.administrative_docx import administrative_docx
from club.documents.docx_file import DOCX
from club.documents.xlsx_file import XLSX
from club.files.names import content_disposition
from club.statistics.reports import contents, queries, schema, writing
from club.statistics.reports.beside import tables as beside
from club.statistics.reports.contents import Content
from club.statistics.reports.letter import letter_of
from club.statistics.reports.models import ReportVersion
from club.statistics.reports.views.blueprint import READERS, bp, version_or_404
from club.web.access import open_to
from club.web.described import CSV, described


@bp.get("/<uuid:public_id>/<int:number>.json")
@open_to(*READERS)
@described("A report whole: of a frozen one the bytes that were kept", schema.CONTENT)
@gives_list("report", "public_id")
def as_json(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    return _file(found, _kept(found), "json", "application/json")


@bp.get("/<uuid:public_id>/<int:number>.csv")
@open_to(*READERS)
@described(f"The figures of a report: {', '.join(writing.COLUMNS)}", media=CSV)
@gives_list("report", "public_id")
def as_csv(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    return _file(found, writing.figures_csv(content_of(found)), "csv", f"{CSV}; charset=utf-8")


@bp.get("/<uuid:public_id>/<int:number>/rows.csv")
@open_to(*READERS)
@described(f"The rows behind its figures: {', '.join(queries.ROW_COLUMNS)}", media=CSV)
@gives_list("report", "public_id")
def rows_csv(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    return _file(found, writing.rows_csv(content_of(found)), "csv", f"{CSV}; charset=utf-8")


@bp.get("/<uuid:public_id>/<int:number>/beside.csv")
@open_to(*READERS)
@described(
    f"Targets, experts, pilot firms, training elsewhere: {', '.join(beside.COLUMNS)}",
    media=CSV,
    otherwise={404: ("The report was frozen before reports held this", None)},
)
@gives_list("report", "public_id")
def beside_csv(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    content = content_of(found)
    if "beside" not in content:
        abort(404)
    return _file(found, writing.beside_csv(content), "csv", f"{CSV}; charset=utf-8")


@bp.get("/<uuid:public_id>/<int:number>.xlsx")
@open_to(*READERS)
@gives_list("report", "public_id")
def as_xlsx(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    return _file(found, writing.figures_workbook(content_of(found)), "xlsx", XLSX)


@bp.get("/<uuid:public_id>/<int:number>.docx")
@open_to(*READERS)
def as_docx(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    content = content_of(found)
    made = administrative_docx(letter_of(content), made_at=contents.made_at(content))
    return _file(found, made, "docx", DOCX)


@bp.get("/<uuid:public_id>/<int:number>.pdf")
@open_to(*READERS)
def as_pdf(public_id: UUID, number: int) -> Response:
    found = version_or_404(public_id, number)
    content = content_of(found)
    made = administrative_pdf(letter_of(content), made_at=contents.made_at(content))
    return _file(found, made, "pdf", "application/pdf")


def content_of(found: ReportVersion) -> Content:
    """What was frozen; of a version that is not, what it would say now."""
    return contents.from_bytes(_kept(found))


def _kept(found: ReportVersion) -> bytes:
    if kept := queries.frozen_content(found.id):
        return kept.content
    content = contents.content_of(found, queries.letterhead(), as_of=clock.now())
    return contents.as_bytes(content)


def _file(found: ReportVersion, body: str | bytes, ending: str, media: str) -> Response:
    name = f"{found.report.title}, {found.number}.{ending}"
    response = Response(body, content_type=media)
    response.headers["Content-Disposition"] = content_disposition(name)
    return response
