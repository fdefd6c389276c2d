"""Many codes at once, for organisations that look through the papers of their people."""

from collections.abc import Iterable

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from wtforms import TextAreaField

from club import clock
from club.documents.csv_file import csv_text
from club.files.forms import FileForm
from club.files.sheets.opening import LARGEST, open_sheet
from club.files.sheets.plain import rows_of_text
from club.records.certificates import codes
from club.records.certificates.holders import shown_name
from club.records.certificates.kinds import kind_of
from club.records.certificates.lists import (
    MOST,
    Line,
    checked,
    codes_in,
    codes_of_sheet,
    each_once,
)
from club.records.certificates.states import MEANINGS
from club.records.labels import LABELS
from club.records.views.blueprint import bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.language import said
from club.web.limits import VERIFICATION_LIST, limited
from club.web.uploads import takes_files


class CodesForm(FileForm):
    codes = TextAreaField(lazy_gettext("Codes"))

    def validate_file(self, field: FileField) -> None:
        """Codes may come in a file, in the field, or in both."""

    def read(self) -> list[str]:
        """Those that came; what is wrong with them stands beside the field."""
        try:
            found = each_once([*codes_in(self.codes.data or ""), *self._in_file()])
        except RefusedError as refused:
            show_refusal(self, refused)
            return []
        if not found:
            self.codes.errors = [gettext("Paste at least one code, or choose a file with codes.")]
        elif len(found) > MOST:
            self.codes.errors = [
                gettext(
                    "Check at most %(most)s codes at once; these are %(count)s.",
                    most=MOST,
                    count=len(found),
                )
            ]
        return [] if self.codes.errors else found

    def _in_file(self) -> list[str]:
        if not self.file.data:
            return []
        given = self.file.data
        rows = rows_of_text(given.stream, name=given.filename)
        if rows is None:
            rows = open_sheet(given.stream, name=given.filename, has_heads=False).rows
        return codes_of_sheet(rows)


@bp.get("/verify/list")
@open_to(Audience.EVERYONE)
def verify_list_form() -> str:
    return _page(CodesForm(), [])


@bp.post("/verify/list")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION_LIST)
@takes_files(at_most=LARGEST)
def verify_list() -> ResponseReturnValue:
    form = CodesForm()
    typed = form.read() if form.validate() else []
    if not typed:
        return _page(form, []), 422
    # Also those of a file, so that the table can be asked for without choosing it again.
    form.codes.data = "\n".join(typed)
    return _page(form, checked(typed, day=clock.today()))


@bp.post("/verify/list/table")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION_LIST)
@takes_files(at_most=LARGEST)
def verify_list_table() -> ResponseReturnValue:
    """The same as CSV, for who goes on with it in a spreadsheet."""
    form = CodesForm()
    typed = form.read() if form.validate() else []
    if not typed:
        return _page(form, []), 422
    return Response(
        csv_text([_heads(), *_rows(checked(typed, day=clock.today()))]),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="kiem-tra-giay-chung-nhan.csv"'},
    )


def _page(form: CodesForm, lines: list[Line]) -> str:
    return render_template(
        "records/verify_list.html",
        form=form,
        lines=lines,
        most=MOST,
        valid=sum(
            line.standing is not None and MEANINGS[line.standing.state].holds for line in lines
        ),
        masked=shown_name,
        kind_of=kind_of,
        now=clock.now(),
    )


def _heads() -> list[str]:
    return [
        gettext("Typed"), gettext("State"), gettext("Number"), gettext("Issued to"),
        gettext("Certifies"), gettext("Issued on"), gettext("Valid until"), gettext("Since"),
        gettext("Reason"), gettext("Replaced by"),
    ]  # fmt: skip


def _rows(lines: Iterable[Line]) -> Iterable[list[str]]:
    for line in lines:
        it, since = line.certificate, line.standing.since if line.standing else None
        if it is None or line.standing is None:
            known = gettext("No such certificate") if line.is_well_formed else gettext("Mistyped")
            yield [line.typed, str(known), *[""] * 8]
            continue
        yield [
            codes.written(it.code),
            str(LABELS[line.standing.state]),
            it.number,
            shown_name(it.holder_name),
            said(*kind_of(it).about(it)),
            it.issued_on.isoformat(),
            it.expires_on.isoformat() if it.expires_on else "",
            clock.local_day(since).isoformat() if since else "",
            line.standing.reason or "",
            line.standing.replaced_by or "",
        ]
