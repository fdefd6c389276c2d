"""Making runs, saying what they are like, publishing them."""

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.courses import operations, queries, rules
from club.courses.forms import ButtonForm, RunFactsForm, new_run_form, run_facts_form
from club.courses.models import Course, Run, RunState
from club.courses.views.run_desk import (
    STAFF,
    accepted,
    by,
    desk_page,
    editable_run_or_404,
    run_or_404,
)
from club.people import queries as people
from club.refusal import RefusedError
from club.units import queries as units
from club.web.access import open_to

#: What stands for fields that are not sound yet, so that the others can be judged.
_HARMLESS = rules.RunFacts(seats=1, counting_threshold=1)
bp = Blueprint("runs_office", __name__, url_prefix="/office/runs")


@bp.get("/new")
@open_to(*STAFF)
def new() -> str:
    course = _wanted_course()
    return _facts_page(new_run_form(course) if course else RunFactsForm(), course=course)


@bp.post("/new")
@open_to(*STAFF)
def create() -> ResponseReturnValue:
    course, form = _wanted_course(), _offered(RunFactsForm())
    if course is None:
        form.form_errors.append(gettext("Choose the course first."))
    else:
        form.validate()
        facts = form.facts_so_far(_HARMLESS)
        form.show(rules.problems_of_facts(facts))
        made: list[Run] = []
        if not form.errors and accepted(
            form,
            lambda: made.append(operations.create_run(course, facts, by=by(), now=clock.now())),
        ):
            flash(gettext("The draft has been made. Add its sessions next."), "success")
            return redirect(f"/office/runs/{made[0].code}")
    return _facts_page(form, course=course), 422


@bp.get("/<string:code>")
@open_to(*STAFF)
def run(code: str) -> str:
    return desk_page(run_or_404(code))


@bp.get("/<string:code>/facts")
@open_to(*STAFF)
def facts(code: str) -> str:
    run = run_or_404(code)
    return _facts_page(run_facts_form(run), course=run.course, run=run)


@bp.post("/<string:code>/facts")
@open_to(*STAFF)
def change(code: str) -> ResponseReturnValue:
    run, form = editable_run_or_404(code), _offered(RunFactsForm())
    form.validate()
    facts = form.facts_so_far(rules.facts_of(run))
    form.show(rules.problems_with_change(run, facts))
    if not form.errors and accepted(
        form, lambda: operations.change_run(run, facts, by=by(), now=clock.now())
    ):
        flash(gettext("The class has been saved."), "success")
        return redirect(f"/office/runs/{code}")
    run = run_or_404(code)
    return _facts_page(form, course=run.course, run=run), 422


@bp.post("/<string:code>/publication")
@open_to(*STAFF)
def publish(code: str) -> ResponseReturnValue:
    run = run_or_404(code)
    if not ButtonForm().validate():
        abort(400)
    missing = rules.problems_with_publishing(run)
    if missing:
        status = 422 if run.state is RunState.DRAFT else 409
        return desk_page(run, refusals=[gettext(problem.value) for problem in missing]), status
    try:
        operations.publish_run(run, by=by(), now=clock.now())
    except RefusedError as refused:
        return desk_page(run_or_404(code), refusals=[gettext(refused.refusal.value)]), 409
    flash(gettext("The class has been published: everybody can see it now."), "success")
    return redirect(f"/office/runs/{code}")


def _wanted_course() -> Course | None:
    """The course of a new run, from the address; ``None``: still to be chosen."""
    code = request.args.get("course", "")
    return queries.course_by_code(code) or abort(404) if code else None


def _offered(form: RunFactsForm, run: Run | None = None) -> RunFactsForm:
    wards = units.wards_on(clock.today())
    if run is not None and run.ward is not None and run.ward not in wards:
        wards.append(run.ward)
    form.offer(wards=wards, hosts=people.organisations_in_order())
    return form


def _facts_page(form: RunFactsForm, *, course: Course | None, run: Run | None = None) -> str:
    return render_template(
        "courses/office_run_facts.html",
        form=_offered(form, run),
        course=course,
        courses=[] if course else queries.courses_on_offer(),
        run=run,
    )
