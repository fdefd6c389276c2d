"""Earlier wordings of a version: each readable, beside the one before it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask_babel import gettext

from club.statistics.reports.models import TextBlock
from club.statistics.reports.overtaking import words_side_by_side
from club.statistics.reports.views.blueprint import READERS, address_of, bp, version_or_404
from club.statistics.reports.wordings import Wording
from club.web.access import open_to


@bp.get("/<uuid:public_id>/<int:number>/wordings/<int:wording>")
@open_to(*READERS)
def wording(public_id: UUID, number: int, wording: int) -> str:
    """What the version said before somebody changed it."""
    found = version_or_404(public_id, number)
    return wording_page(
        found.wordings,
        wording,
        of=found.report.title,
        here=address_of(found),
        below=(gettext("Reports"), url_for("reports.desk")),
    )


def wording_page(
    wordings: Sequence[Wording[Any]], number: int, *, of: str, here: str, below: tuple[str, str]
) -> str:
    """``below``: the name and address of the list that ``here`` stands in."""
    if not 1 <= number <= len(wordings):
        abort(404)
    shown, before = wordings[number - 1], wordings[number - 2] if number > 1 else None
    differs = (
        words_side_by_side(before.words, shown.words)
        if before and before.words is not None and shown.words is not None
        else []
    )
    return render_template(
        "statistics/reports/wording.html",
        wording=shown,
        newest=len(wordings),
        sections=differs,
        blocks=list(TextBlock),
        of=of,
        here=here,
        below=below,
    )
