"""The levels of a draft."""

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.schemes import operations
from club.certification.schemes.forms import LevelForm
from club.certification.schemes.models import SchemeLevel, VersionState
from club.certification.views.schemes.blueprint import (
    KEEPERS,
    address_of,
    bp,
    found_level,
    found_version,
    who_changed,
)
from club.certification.views.schemes.desk import version_page
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import follow, show_refusal

_LEVEL = "/office/certification/schemes/<string:key>/<int:number>/levels/<string:level>"


@bp.post("/office/certification/schemes/<string:key>/<int:number>/levels")
@open_to(*KEEPERS)
def add_level(key: str, number: int) -> ResponseReturnValue:
    found, form = found_version(key, number), LevelForm()
    if form.validate():
        operations.add_level(
            found.id, form.name.data, form.name_en.data, by=current_user.id, now=clock.now()
        )
        flash(gettext("The level has been added. Say next what it asks for."), "success")
        return redirect(address_of(found))
    return version_page(found, form), form.answer_status


@bp.get(_LEVEL)
@open_to(*KEEPERS)
def level(key: str, number: int, level: str) -> ResponseReturnValue:
    found = found_level(key, number, level)
    if found.version.state is not VersionState.DRAFT:
        return redirect(address_of(found.version))
    known = {"name": found.name, "name_en": found.name_en, "seen": found.revision}
    return _level_page(found, LevelForm(data=known))


@bp.post(_LEVEL)
@open_to(*KEEPERS)
def rename_level(key: str, number: int, level: str) -> ResponseReturnValue:
    found, form = found_level(key, number, level), LevelForm()
    if form.validate():
        try:
            operations.rename_level(
                found.id,
                form.name.data,
                form.name_en.data,
                seen=form.seen.data,
                by=current_user.id,
                now=clock.now(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
            found = found_level(key, number, level)
            follow(form.seen, found.revision)
        else:
            return redirect(address_of(found.version))
    return _level_page(found, form), form.answer_status


@bp.post(_LEVEL + "/removal")
@open_to(*KEEPERS)
def remove_level(key: str, number: int, level: str) -> ResponseReturnValue:
    found = found_level(key, number, level)
    address = address_of(found.version)
    operations.remove_level(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The level has been removed."), "success")
    return redirect(address)


@bp.post(_LEVEL + "/up")
@open_to(*KEEPERS)
def move_level_up(key: str, number: int, level: str) -> ResponseReturnValue:
    found = found_level(key, number, level)
    operations.move_level_up(found.id, by=current_user.id, now=clock.now())
    return redirect(f"{address_of(found.version)}#level-{level}")


def _level_page(found: SchemeLevel, form: LevelForm) -> str:
    return render_template(
        "certification/schemes/level.html",
        level=found,
        form=form,
        here=address_of(found.version),
        changed_by=who_changed(found.version),
    )
