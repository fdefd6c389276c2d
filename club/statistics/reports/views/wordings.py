"""Words that officers change, kept; and earlier wordings, readable beside the one before. Shared by
reports of figures and by what is composed of departments' reports.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.statistics.reports.forms import TextsForm
from club.statistics.reports.models import TextBlock
from club.statistics.reports.overtaking import words_side_by_side
from club.statistics.reports.views.blueprint import READERS, address_of, bp, version_or_404
from club.statistics.reports.wordings import Wording
from club.web.access import open_to
from club.web.keeping import kept_or_again


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


def words_kept_or_again(
    worded_id: int,
    form: TextsForm,
    *,
    edit: Callable[..., object],
    again: Callable[[], str],
    to: str,
) -> ResponseReturnValue:
    """``edit``: the operation that puts the words in place of those of ``form.revision``."""
    return kept_or_again(
        form,
        lambda: edit(
            worded_id,
            texts=form.texts,
            document_number=form.document_number.data,
            revision=form.revision.data,
            by=current_user.id,
            now=clock.now(),
        ),
        again,
        said=gettext("The words have been kept."),
        to=to,
    )
