"""The coordinators' desk of schemes: which there are, and what each version says."""

from datetime import datetime

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.certification.models import CertificationScheme
from club.certification.schemes import operations, queries
from club.certification.schemes.facts import facts_of_version
from club.certification.schemes.forms import (
    LevelForm,
    RulesForm,
    SchemeFactsForm,
    SchemeForm,
    rules_form,
)
from club.certification.schemes.models import Purpose, SchemeVersion, VersionState
from club.certification.schemes.wording import asked_of, minimum_words, statement_of, terms_words
from club.certification.views.schemes.blueprint import (
    DESK,
    KEEPERS,
    address_of,
    bp,
    found_version,
    names_for_reader,
    who_changed,
)
from club.refusal import RefusedError
from club.web.access import open_to
from club.web.forms import follow, show_refusal


@bp.get("/office/certification/schemes")
@open_to(*KEEPERS)
def desk() -> str:
    return render_template("certification/schemes/desk.html", rows=queries.schemes_with_versions())


@bp.get("/office/certification/schemes/new")
@open_to(*KEEPERS)
def new() -> str:
    return render_template("certification/schemes/new.html", form=SchemeForm())


@bp.post("/office/certification/schemes/new")
@open_to(*KEEPERS)
def add() -> ResponseReturnValue:
    form = SchemeForm()
    if form.validate():
        try:
            draft = operations.add_scheme(
                form.facts(awarded_by_club=form.is_own), by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The scheme has a first draft. Add its levels next."), "success")
            return redirect(address_of(draft))
    return render_template("certification/schemes/new.html", form=form), form.answer_status


@bp.get("/office/certification/schemes/<string:key>/facts")
@open_to(*KEEPERS)
def scheme_facts(key: str) -> str:
    found = queries.scheme_called(key) or abort(404)
    return _facts_page(found, SchemeFactsForm(obj=found, seen=_seen(found)))


@bp.post("/office/certification/schemes/<string:key>/facts")
@open_to(*KEEPERS)
def change_scheme(key: str) -> ResponseReturnValue:
    found, form = queries.scheme_called(key) or abort(404), SchemeFactsForm()
    if form.validate():
        try:
            operations.change_scheme(
                found.id,
                form.facts(awarded_by_club=found.awarded_by_club),
                seen=datetime.fromisoformat(form.seen.data) if form.seen.data else None,
                by=current_user.id,
                now=clock.now(),
            )
        except RefusedError as refused:
            show_refusal(form, refused)
            found = queries.scheme_called(key) or abort(404)
            follow(form.seen, _seen(found))
        else:
            flash(gettext("The scheme has been saved."), "success")
            return redirect(DESK)
    return _facts_page(found, form), form.answer_status


@bp.get("/office/certification/schemes/<string:key>/<int:number>")
@open_to(*KEEPERS)
def version(key: str, number: int) -> str:
    return version_page(found_version(key, number), LevelForm())


@bp.get("/office/certification/schemes/<string:key>/<int:number>/rules")
@open_to(*KEEPERS)
def rules(key: str, number: int) -> ResponseReturnValue:
    found = found_version(key, number)
    if found.state is not VersionState.DRAFT:
        return redirect(address_of(found))
    return _rules_page(found, rules_form(found, facts_of_version(found)))


@bp.post("/office/certification/schemes/<string:key>/<int:number>/rules")
@open_to(*KEEPERS)
def change_rules(key: str, number: int) -> ResponseReturnValue:
    found, form = found_version(key, number), RulesForm()
    if form.validate():
        try:
            operations.change_version(
                found.id, form.facts(), seen=form.seen.data, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
            found = found_version(key, number)
            # The page shows what stands there now, so whoever saves again knows of it.
            follow(form.seen, found.revision)
        else:
            flash(gettext("The rules of the version have been saved."), "success")
            return redirect(address_of(found))
    return _rules_page(found, form), form.answer_status


def version_page(found: SchemeVersion, form: LevelForm) -> str:
    names = names_for_reader()
    return render_template(
        "certification/schemes/version.html",
        version=found,
        form=form,
        here=address_of(found),
        changed_by=who_changed(found),
        purposes=list(Purpose),
        asked_of=asked_of,
        minimum_words=minimum_words,
        terms_words=lambda asked: terms_words(asked, names),
        statement_of=statement_of,
    )


def _facts_page(found: CertificationScheme, form: SchemeFactsForm) -> str:
    return render_template("certification/schemes/facts.html", scheme=found, form=form)


def _seen(found: CertificationScheme) -> str:
    return found.edited_at.isoformat() if found.edited_at else ""


def _rules_page(found: SchemeVersion, form: RulesForm) -> str:
    return render_template(
        "certification/schemes/rules.html",
        version=found,
        form=form,
        here=address_of(found),
        desk=DESK,
        changed_by=who_changed(found),
    )
