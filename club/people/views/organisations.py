"""An organisation's page for those who speak for it and for the club's staff."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user
from markupsafe import Markup

from club import clock
from club.people import operations, queries
from club.people.asking import doubt_about_tax_code, organisation_facts
from club.people.facts import EmploymentFacts, PersonFacts
from club.people.forms import NONE_OF_THESE, ColleagueForm, LastDayForm, OrganisationForm
from club.people.models import Employment, Organisation, Person
from club.people.permissions import may_change_organisation, may_see_organisation
from club.people.rules.phones import shown_phone
from club.people.sectors import sector_name
from club.refusal import RefusedError
from club.units import queries as units
from club.web.access import Audience, open_to, permit
from club.web.forms import show_refusal
from club.web.keeping import kept_or_again
from club.web.page_parts import PageOf, page_parts
from club.web.pages import page_number

bp = Blueprint("people", __name__, url_prefix="/organisations/<string:code>")
bp.add_app_template_filter(sector_name)


@bp.get("/")
@open_to(Audience.SIGNED_IN)
def organisation(code: str) -> str:
    organisation = _found(code)
    permit(may_see_organisation(current_user, represents=_represents(organisation)))
    today, text = clock.today(), request.args.get("q", "")[:200]
    former = request.args.get("show") == "former"
    return render_template(
        "people/organisation.html",
        organisation=organisation,
        people=queries.people_of(
            organisation.id,
            on=today,
            text=text,
            former=former,
            page=page_number(request.args.get("page")),
        ),
        may_change=(may_change := _may_change(organisation)),
        parts=_parts_of_rooms_above(organisation) if may_change else "",
        q=text,
        former=former,
        today=today,
    )


@bp.get("/facts")
@open_to(Audience.SIGNED_IN)
def facts(code: str) -> str:
    organisation = _own(code)
    form = OrganisationForm(
        data={
            "name": organisation.name,
            "tax_code": organisation.tax_code,
            "tax_code_kept": organisation.tax_code,
            "kind": organisation.kind.value,
            "sector": organisation.sector or "",
            "size_class": organisation.size_class.value,
            "ward": organisation.ward.key if organisation.ward else "",
            "address": organisation.address,
            "email": organisation.email,
            "phone": shown_phone(organisation.phone),
        }
    )
    return _facts_page(form, organisation, doubt=None)


@bp.post("/facts")
@open_to(Audience.SIGNED_IN)
def change_facts(code: str) -> ResponseReturnValue:
    organisation = _own(code)
    form, doubt, organisation_id = OrganisationForm(), None, organisation.id
    form.offer(units.wards_on(clock.today()), present=organisation.ward)
    if form.validate():
        doubt = doubt_about_tax_code(form)
        if not doubt:
            try:
                operations.change_organisation(
                    organisation_id, organisation_facts(form), by=current_user.id, now=clock.now()
                )
            except RefusedError as refused:
                show_refusal(form, refused)
            else:
                flash(gettext("The organisation's details have been kept."), "success")
                return redirect(url_for("people.organisation", code=code))
    return _facts_page(form, _own(code), doubt=doubt), form.answer_status


@bp.get("/people/new")
@open_to(Audience.SIGNED_IN)
def new_colleague(code: str) -> str:
    form = ColleagueForm(data={"from_day": clock.today()})
    return _colleague_page(form, _own(code), [])


@bp.post("/people/new")
@open_to(Audience.SIGNED_IN)
def add_colleague(code: str) -> ResponseReturnValue:
    organisation_id, form = _own(code).id, ColleagueForm()
    alike: list[Person] = []
    if form.validate():
        alike = queries.possible_duplicates(
            form.full_name.data, email=form.email.data, phone=form.phone.data
        )
        form.ask_which(alike)
        if not alike or form.same_as.data in {choice.value for choice in form.same_as.choices}:
            try:
                _take_on(form, alike, organisation_id)
            except RefusedError as refused:
                show_refusal(form, refused)
            else:
                flash(gettext("%(name)s has been added.", name=form.full_name.data), "success")
                return redirect(url_for("people.organisation", code=code))
    return _colleague_page(form, _own(code), alike), form.answer_status


@bp.get("/people/<int:employment_id>/end")
@open_to(Audience.SIGNED_IN)
def ending(code: str, employment_id: int) -> str:
    employment = _employment(_own(code), employment_id)
    form = LastDayForm(data={"last_day": clock.today()})
    return render_template("people/ending.html", form=form, employment=employment)


@bp.post("/people/<int:employment_id>/end")
@open_to(Audience.SIGNED_IN)
def end(code: str, employment_id: int) -> ResponseReturnValue:
    _employment(_own(code), employment_id)
    form = LastDayForm()
    return kept_or_again(
        form,
        lambda: operations.end_employment(
            employment_id, last_day=form.last_day.data, by=current_user.id, now=clock.now()
        ),
        lambda: render_template(
            "people/ending.html", form=form, employment=_employment(_own(code), employment_id)
        ),
        said=gettext("The last day has been noted."),
        to=url_for("people.organisation", code=code),
    )


def _found(code: str) -> Organisation:
    return queries.organisation_by_code(code) or abort(404)


def _own(code: str) -> Organisation:
    """The organisation, for those who may change it."""
    organisation = _found(code)
    permit(_may_change(organisation))
    return organisation


def _may_change(organisation: Organisation) -> bool:
    return may_change_organisation(current_user, represents=_represents(organisation))


def _parts_of_rooms_above(organisation: Organisation) -> Markup:
    return page_parts(PageOf.ORGANISATION, organisation, account=current_user, now=clock.now())


def _represents(organisation: Organisation) -> bool:
    return queries.represents(current_user.person_id, organisation.id, on=clock.today())


def _employment(organisation: Organisation, employment_id: int) -> Employment:
    return queries.employment_in(organisation.id, employment_id) or abort(404)


def _take_on(form: ColleagueForm, alike: list[Person], organisation_id: int) -> None:
    who: Person | PersonFacts = PersonFacts(
        full_name=form.full_name.data, email=form.email.data, phone=form.phone.data
    )
    if form.same_as.data != NONE_OF_THESE:
        who = next((p for p in alike if str(p.public_id) == form.same_as.data), who)
    days = EmploymentFacts(form.from_day.data, position=form.position.data)
    operations.take_on(who, organisation_id, days, by=current_user.id, now=clock.now())


def _facts_page(form: OrganisationForm, organisation: Organisation, *, doubt: str | None) -> str:
    form.offer(units.wards_on(clock.today()), present=organisation.ward)
    return render_template(
        "people/organisation_facts.html", form=form, organisation=organisation, doubt=doubt
    )


def _colleague_page(form: ColleagueForm, organisation: Organisation, alike: list[Person]) -> str:
    return render_template(
        "people/colleague.html", form=form, organisation=organisation, alike=alike
    )
