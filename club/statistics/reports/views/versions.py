"""One version of a report: its figures and words, each step it takes, and what changed since."""

from collections.abc import Callable
from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.refusal import RefusedError
from club.statistics.reports import checking, contents, operations, queries, rules
from club.statistics.reports.beside.tables import day_beside, tables_beside
from club.statistics.reports.comparing import Comparison, compare
from club.statistics.reports.contents import Content
from club.statistics.reports.forms import CheckForm, ReasonForm, TextsForm
from club.statistics.reports.labels import BESIDE, FIELDS, HEAD
from club.statistics.reports.leading import ways
from club.statistics.reports.models import ReportVersion, TextBlock, VersionState
from club.statistics.reports.naming import period_words
from club.statistics.reports.overtaking import bring_together
from club.statistics.reports.permissions import may_write_reports
from club.statistics.reports.views.blueprint import READERS, address_of, bp, version_or_404
from club.statistics.reports.views.wordings import words_kept_or_again
from club.web.access import Audience, open_to
from club.web.forms import ClubForm, show_refusal
from club.web.keeping import kept_or_again
from club.web.language import LANGUAGES, is_english

#: So many changed rows are written out; the files hold all of them.
_MOST_CHANGES = 200


@bp.get("/<uuid:public_id>/<int:number>")
@open_to(*READERS)
def version(public_id: UUID, number: int) -> str:
    return _page(version_or_404(public_id, number))


@bp.post("/<uuid:public_id>/<int:number>/texts")
@open_to(Audience.OFFICIAL)
def edit(public_id: UUID, number: int) -> ResponseReturnValue:
    found, form = version_or_404(public_id, number), TextsForm()
    return words_kept_or_again(
        found.id,
        form,
        edit=operations.edit,
        again=lambda: _page(version_or_404(public_id, number), texts=form),
        to=address_of(found),
    )


@bp.post("/<uuid:public_id>/<int:number>/check")
@open_to(Audience.OFFICIAL)
def check(public_id: UUID, number: int) -> ResponseReturnValue:
    found, form = version_or_404(public_id, number), CheckForm()
    if not form.validate():
        abort(400)
    operations.check(
        found.id,
        revision=form.revision.data,
        head=form.head.data or "",
        by=current_user.id,
        now=clock.now(),
    )
    flash(gettext("The report counts as checked, with the figures as they are now."), "success")
    return redirect(address_of(found))


@bp.post("/<uuid:public_id>/<int:number>/freezing")
@open_to(Audience.OFFICIAL)
def freeze(public_id: UUID, number: int) -> ResponseReturnValue:
    found = version_or_404(public_id, number)
    operations.freeze(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The report is frozen. It says the same for ever."), "success")
    return redirect(address_of(found))


@bp.post("/<uuid:public_id>/<int:number>/return")
@open_to(Audience.OFFICIAL)
def send_back(public_id: UUID, number: int) -> ResponseReturnValue:
    return _with_reason(
        public_id, number, operations.send_back, gettext("The words can be changed again.")
    )


@bp.post("/<uuid:public_id>/<int:number>/discarding")
@open_to(Audience.OFFICIAL)
def discard(public_id: UUID, number: int) -> ResponseReturnValue:
    return _with_reason(
        public_id, number, operations.discard, gettext("The draft has been thrown away.")
    )


@bp.post("/<uuid:public_id>/<int:number>/correction")
@open_to(Audience.OFFICIAL)
def correct(public_id: UUID, number: int) -> ResponseReturnValue:
    found, form = version_or_404(public_id, number), ReasonForm()
    if form.validate():
        try:
            corrected = operations.correct(
                found.report_id, reason=form.reason.data, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("This version corrects the frozen one, which stays as it is."), "success")
            return redirect(address_of(corrected))
    return _page(version_or_404(public_id, number), reason=form), form.answer_status


def _with_reason(
    public_id: UUID, number: int, act: Callable[..., ReportVersion], done: str
) -> ResponseReturnValue:
    found, form = version_or_404(public_id, number), ReasonForm()
    return kept_or_again(
        form,
        lambda: act(found.id, reason=form.reason.data, by=current_user.id, now=clock.now()),
        lambda: _page(version_or_404(public_id, number), reason=form),
        said=done,
        to=address_of(found),
    )


def _page(
    found: ReportVersion, *, texts: TextsForm | None = None, reason: ClubForm | None = None
) -> str:
    is_draft = found.state is VersionState.DRAFT
    counting = contents.without_rows if is_draft else contents.content_of
    counted_now = counting(found, queries.letterhead(), as_of=clock.now())
    content, comparison = counted_now, None
    if found.state is VersionState.FROZEN:
        kept = queries.frozen_content(found.id) or abort(404)
        content = contents.from_bytes(kept.content)
        comparison = _comparison(found, content, counted_now)
    overtaken = texts and bring_together(texts, found, found.wordings)
    return render_template(
        "statistics/reports/version.html",
        version=found,
        report=found.report,
        period=period_words(found.report.period),
        content=content,
        comparison=comparison,
        **(_shown_beside(content) | ways(content)),
        most_changes=_MOST_CHANGES,
        **_checked(found, counted_now),
        texts_form=texts or _filled(found),
        overtaken=overtaken,
        reason_form=reason or ReasonForm(formdata=None),
        form=texts or reason,
        blocks=list(TextBlock),
        refusal_to_check=_refusal_to_check(found),
        refusal_to_freeze=rules.refusal_to_freeze(
            found.state, last_day=found.report.last_day, today=clock.today()
        ),
        field_words=FIELDS,
        head=checking.head_of(content),
        head_words=HEAD,
        names=_names(found),
        newer=[v for v in found.report.versions if v.number > found.number],
        may_write=may_write_reports(current_user),
    )


def _shown_beside(content: Content) -> dict[str, object]:
    return {
        "beside": tables_beside(content, LANGUAGES[is_english()]),
        "beside_on": day_beside(content),
        "beside_words": BESIDE,
    }


def _comparison(found: ReportVersion, content: Content, counted_now: Content) -> Comparison:
    assert found.frozen
    return compare(content, counted_now, frozen_at=found.frozen.frozen_at, on=clock.today())


def _checked(found: ReportVersion, counted_now: Content) -> dict[str, object]:
    """What a check would be of and, of a checked version, what of it is not as it was checked."""
    told: dict[str, object] = {"head_digest": checking.head_digest(counted_now)}
    if found.state is VersionState.CHECKED:
        seen = checking.seen(found)
        told |= {
            "seen": seen,
            "refusal_to_freeze_unseen": checking.refusal_to_freeze_unseen(seen, counted_now),
            "lines_moved": list(checking.lines_moved(seen, counted_now)),
        }
    return told


def _refusal_to_check(found: ReportVersion) -> rules.ReportRefusal | None:
    return rules.refusal_to_check(
        found.state, by=current_user.id, writers=operations.writers_of(found)
    )


def _names(found: ReportVersion) -> dict[int, str]:
    return {step.by_id: step.by.person.full_name for step in found.steps if step.by_id and step.by}


def _filled(found: ReportVersion) -> TextsForm:
    return TextsForm(formdata=None, data=found.words | {"revision": found.revision})
