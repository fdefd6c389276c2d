"""What a level of a draft asks for."""

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from club import clock
from club.certification.schemes import operations, queries
from club.certification.schemes.facts import facts_of_requirement
from club.certification.schemes.models import (
    Requirement,
    RequirementKind,
    SchemeLevel,
    VersionState,
)
from club.certification.schemes.requirement_forms import RequirementForm, form_for
from club.certification.schemes.rules import SchemeRefusal
from club.certification.schemes.wording import Names, minimum_words, terms_words
from club.certification.views.schemes.blueprint import (
    KEEPERS,
    address_of,
    bp,
    found_level,
    found_requirement,
    names_for_reader,
    who_changed,
)
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import follow, show_refusal
from club.web.keeping import kept_or_again

_LEVEL = "/office/certification/schemes/<string:key>/<int:number>/levels/<string:level>"
_ASKED = _LEVEL + "/requirements/<string:asked>"


@bp.get(_LEVEL + "/adding")
@open_to(*KEEPERS)
def new_requirement(key: str, number: int, level: str) -> ResponseReturnValue:
    """The form of a kind, or first the kinds to choose from."""
    found = found_level(key, number, level)
    if found.version.state is not VersionState.DRAFT:
        return redirect(address_of(found.version))
    given = request.args.get("kind", "")
    if given not in set(RequirementKind):
        here = address_of(found.version)
        return render_template(
            "certification/schemes/kinds.html", level=found, here=here, kinds=list(RequirementKind)
        )
    return _page(found, form_for(RequirementKind(given)))


@bp.post(_LEVEL + "/adding")
@open_to(*KEEPERS)
def add_requirement(key: str, number: int, level: str) -> ResponseReturnValue:
    found = found_level(key, number, level)
    form = _sent_form(request.args.get("kind", ""))
    return kept_or_again(
        form,
        lambda: operations.add_requirement(
            found.id, form.facts(), by=current_user.id, now=clock.now()
        ),
        lambda: _page(found_level(key, number, level), form),
        said=gettext("The requirement has been added."),
        to=f"{address_of(found.version)}#level-{level}",
    )


@bp.get(_ASKED)
@open_to(*KEEPERS)
def requirement(key: str, number: int, level: str, asked: str) -> ResponseReturnValue:
    found = found_requirement(key, number, level, asked)
    if found.level.version.state is not VersionState.DRAFT:
        return redirect(address_of(found.level.version))
    known = facts_of_requirement(found)
    return _page(found.level, form_for(found.kind, known=known, seen=found.revision), found)


@bp.post(_ASKED)
@open_to(*KEEPERS)
def change_requirement(key: str, number: int, level: str, asked: str) -> ResponseReturnValue:
    its_level = found_level(key, number, level)
    found = queries.requirement_in(its_level, asked)
    form = _sent_form(found.kind if found else request.args.get("kind", ""))
    if found is None:
        # What was typed is not lost with it: saving adds it anew.
        show_refusal(form, RefusedError(SchemeRefusal.REMOVED_MEANWHILE))
        return _page(its_level, form), form.answer_status
    if form.validate():
        try:
            operations.change_requirement(
                found.id, form.facts(), seen=form.seen.data, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
            found = found_requirement(key, number, level, asked)
            follow(form.seen, found.revision)
        else:
            flash(gettext("The requirement has been saved."), "success")
            return redirect(f"{address_of(its_level.version)}#level-{level}")
    return _page(found.level, form, found), form.answer_status


@bp.post(_ASKED + "/removal")
@open_to(*KEEPERS)
def remove_requirement(key: str, number: int, level: str, asked: str) -> ResponseReturnValue:
    found = found_requirement(key, number, level, asked)
    address = address_of(found.level.version)
    operations.remove_requirement(found.id, by=current_user.id, now=clock.now())
    flash(gettext("The requirement has been removed."), "success")
    return redirect(f"{address}#level-{level}")


@bp.post(_ASKED + "/up")
@open_to(*KEEPERS)
def move_requirement_up(key: str, number: int, level: str, asked: str) -> ResponseReturnValue:
    found = found_requirement(key, number, level, asked)
    operations.move_requirement_up(found.id, by=current_user.id, now=clock.now())
    return redirect(f"{address_of(found.level.version)}#level-{level}")


def _sent_form(kind: str) -> RequirementForm:
    if kind not in set(RequirementKind):
        abort(404)
    form = form_for(RequirementKind(kind))
    _offer(form, names_for_reader())
    return form


def _offer(form: RequirementForm, names: Names) -> None:
    form.offer(
        courses=[SelectChoice(code, f"{name} ({code})") for code, name in names.courses.items()],
        topics=[SelectChoice(key, name) for key, name in names.topics.items()],
    )


def _page(level: SchemeLevel, form: RequirementForm, found: Requirement | None = None) -> str:
    """``found``: the requirement as it stands now; ``None``: it is a new one."""
    names = names_for_reader()
    _offer(form, names)
    return render_template(
        "certification/schemes/requirement.html",
        level=level,
        form=form,
        found=found,
        here=address_of(level.version),
        groups=sorted({one.group_key for one in level.requirements if one.group_key}),
        now_there=[minimum_words(found), *terms_words(found, names)] if found else [],
        changed_by=who_changed(level.version),
    )
