"""Applying for a level."""

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.candidacy import queries
from club.certification.candidacy.bars import bars_of
from club.certification.candidacy.forms import ApplicationForm
from club.certification.candidacy.operations import applying
from club.certification.candidacy.path import path_of
from club.certification.candidacy.rules import CandidacyRefusal, refusal_to_start
from club.certification.candidacy.standing import progress_before_applying
from club.certification.schemes.models import SchemeLevel
from club.certification.views.candidacy.blueprint import address_of, bp
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.forms import show_refusal


@bp.get("/me/certification/apply")
@open_to(Audience.SIGNED_IN)
def levels() -> str:
    """What there is to apply for, and where the reader is on the way already."""
    under_way = {
        (candidate.scheme_id, candidate.level_key): candidate
        for candidate in queries.candidacies_of(current_user.person_id)
        if candidate.state.is_open
    }
    offered = queries.levels_taking_candidates(on=clock.today())
    return render_template(
        "certification/candidacy/levels.html",
        levels=[(level, under_way.get((level.version.scheme_id, level.key))) for level in offered],
    )


@bp.get("/me/certification/apply/<string:scheme>/<int:number>/<string:level>")
@open_to(Audience.SIGNED_IN)
def application(scheme: str, number: int, level: str) -> str:
    return _form_page(_level_or_404(scheme, number, level), ApplicationForm())


@bp.post("/me/certification/apply/<string:scheme>/<int:number>/<string:level>")
@open_to(Audience.SIGNED_IN)
def apply(scheme: str, number: int, level: str) -> ResponseReturnValue:
    wanted, form = _level_or_404(scheme, number, level), ApplicationForm()
    if not form.validate():
        return _form_page(wanted, form), form.answer_status
    try:
        candidate = applying.apply(
            current_user.person_id,
            level_id=wanted.id,
            motivation=form.motivation.data,
            by=current_user.id,
            now=clock.now(),
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        return _form_page(_level_today(scheme, number, level), form), form.answer_status
    flash(gettext("The club has your application. A letter says so as well."), "success")
    return redirect(address_of(candidate))


def _level_or_404(scheme: str, number: int, level: str) -> SchemeLevel:
    return queries.level_called(scheme, number, level) or abort(404)


def _level_today(scheme: str, number: int, level: str) -> SchemeLevel:
    """The same level of the version that takes candidates now, where there is one."""
    asked = _level_or_404(scheme, number, level)
    takes = queries.version_taking_candidates(asked.version.scheme_id, on=clock.today())
    newer = queries.level_called(scheme, takes.number, level) if takes else None
    return newer or asked


def _form_page(level: SchemeLevel, form: ApplicationForm) -> str:
    """Where the reader would begin, and why the reader cannot apply, stand before any form."""
    now = clock.now()
    today = clock.local_day(now)
    progress = progress_before_applying(current_user.person_id, level, on=today)
    takes = queries.version_taking_candidates(level.version.scheme_id, on=today)
    under_way = queries.open_candidacy(current_user.person_id, level)
    refusal = refusal_to_start(level.version, takes_candidates=takes)
    return render_template(
        "certification/candidacy/application.html",
        level=level,
        progress=progress,
        bars=bars_of(progress, level.requirements),
        path=path_of(progress, level.requirements, [], person_id=current_user.person_id, now=now),
        form=form,
        refusal=CandidacyRefusal.CANDIDATE_ALREADY if under_way else refusal,
        under_way=under_way,
        newer=takes if refusal is CandidacyRefusal.NEWER_VERSION else None,
    )
