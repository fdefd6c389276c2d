"""What a person says about themselves: facts and places of work."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.people import operations, queries
from club.people.asking import Questions, chosen_organisation, organisation_facts, questions_about
from club.people.facts import EmploymentFacts, PersonFacts
from club.people.forms import LastDayForm, PersonForm, WorkplaceForm
from club.people.models import Employment, JobGroup, Person, Sex
from club.people.rules.phones import shown_phone
from club.refusal import RefusedError
from club.units import queries as units
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.keeping import kept_or_again

bp = Blueprint("profile", __name__, url_prefix="/me/profile")
bp.add_app_template_filter(shown_phone, "phone")


@bp.get("")
@open_to(Audience.SIGNED_IN)
def profile() -> str:
    person: Person = current_user.person
    form = PersonForm(
        data={
            "full_name": person.full_name,
            "phone": shown_phone(person.phone),
            "birth_year": person.birth_year,
            "sex": person.sex.value,
            "ward": person.ward.key if person.ward else "",
            "job_group": person.job_group.value,
        }
    )
    return _page(form)


@bp.post("")
@open_to(Audience.SIGNED_IN)
def change() -> ResponseReturnValue:
    form, person_id = PersonForm(), current_user.person_id
    form.offer(units.wards_on(clock.today()), present=current_user.person.ward)
    return kept_or_again(
        form,
        lambda: operations.change_person(person_id, _facts(form), now=clock.now()),
        lambda: _page(form),
        said=gettext("Your details have been kept."),
        to=url_for("profile.profile"),
    )


@bp.get("/work/new")
@open_to(Audience.SIGNED_IN)
def new_work() -> str:
    return _work_page(WorkplaceForm(), Questions([], None))


@bp.post("/work/new")
@open_to(Audience.SIGNED_IN)
def add_work() -> ResponseReturnValue:
    form, person_id, questions = WorkplaceForm(), current_user.person_id, Questions([], None)
    form.offer(units.wards_on(clock.today()))
    if form.validate():
        questions = questions_about(form)
        if not questions.open:
            try:
                _work(form, person_id)
            except RefusedError as refused:
                show_refusal(form, refused)
            else:
                flash(gettext("Your place of work has been kept."), "success")
                return redirect(url_for("profile.profile"))
    return _work_page(form, questions), form.answer_status


@bp.get("/work/<int:employment_id>/end")
@open_to(Audience.SIGNED_IN)
def leaving(employment_id: int) -> str:
    employment = _own_or_404(employment_id)
    form = LastDayForm(data={"last_day": clock.today()})
    return render_template("people/leaving.html", form=form, employment=employment)


@bp.post("/work/<int:employment_id>/end")
@open_to(Audience.SIGNED_IN)
def leave(employment_id: int) -> ResponseReturnValue:
    _own_or_404(employment_id)
    form = LastDayForm()
    return kept_or_again(
        form,
        lambda: operations.end_employment(
            employment_id, last_day=form.last_day.data, by=current_user.id, now=clock.now()
        ),
        lambda: render_template(
            "people/leaving.html", form=form, employment=_own_or_404(employment_id)
        ),
        said=gettext("The last day has been noted."),
        to=url_for("profile.profile"),
    )


def _page(form: PersonForm) -> str:
    if request.method == "GET":
        form.offer(units.wards_on(clock.today()), present=current_user.person.ward)
    return render_template(
        "people/profile.html",
        form=form,
        employments=queries.employments_of(current_user.person_id),
        email=current_user.email,
        today=clock.today(),
    )


def _work_page(form: WorkplaceForm, questions: Questions) -> str:
    form.offer(units.wards_on(clock.today()))
    return render_template("people/workplace.html", form=form, questions=questions)


def _work(form: WorkplaceForm, person_id: int) -> None:
    days = EmploymentFacts(form.from_day.data, form.to_day.data, form.position.data)
    known = chosen_organisation(form)
    if known:
        operations.employ(person_id, known.id, days, now=clock.now())
    else:
        operations.employ_at_new(person_id, organisation_facts(form), days, now=clock.now())


def _own_or_404(employment_id: int) -> Employment:
    return queries.employment_of(current_user.person_id, employment_id) or abort(404)


def _facts(form: PersonForm) -> PersonFacts:
    ward = units.unit_by_key(form.ward.data) if form.ward.data else None
    return PersonFacts(
        full_name=form.full_name.data,
        phone=form.phone.data,
        birth_year=form.birth_year.data,
        sex=Sex(form.sex.data),
        job_group=JobGroup(form.job_group.data),
        ward_id=ward.id if ward else None,
    )
