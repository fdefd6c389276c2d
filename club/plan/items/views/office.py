"""Writing down what was done in the plan's lines, for officials and coordinators."""

from uuid import UUID

from flask import Blueprint, Response, abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.files.accepting import MIB
from club.files.forms import say_not_stored
from club.files.serving import file_response
from club.files.storage import StorageError
from club.plan.items import operations, queries
from club.plan.items.forms import LeadForm, ProofForm, StepForm, TakingOutForm
from club.plan.items.labels import PUBLIC_PAGES
from club.plan.items.models import Written
from club.plan.items.rules import refusal_to_say
from club.plan.items.standings import ItemStanding
from club.refusal import RefusedError
from club.units.queries import all_units
from club.web.access import Audience, open_to
from club.web.forms import ClubForm, show_refusal
from club.web.keeping import kept_or_again
from club.web.uploads import takes_files

bp = Blueprint("plan_items_office", __name__, url_prefix="/office/plan/items")
_KEEPERS = (Audience.COORDINATOR, Audience.OFFICIAL, Audience.ADMINISTRATOR)


@bp.get("/")
@open_to(*_KEEPERS)
def desk() -> str:
    return render_template("plan/items/desk.html", tree=queries.plan_tree(on=clock.today()))


@bp.get("/<string:line>")
@open_to(*_KEEPERS)
def item(line: str) -> str:
    return _page(_standing(line))


@bp.post("/<string:line>/steps")
@open_to(*_KEEPERS)
def say_state(line: str) -> ResponseReturnValue:
    standing, form = _standing(line), StepForm()
    form.offer(standing)
    return kept_or_again(
        form,
        lambda: operations.say_state(line, form.facts, by=current_user.id, now=clock.now()),
        lambda: _page(standing, form),
        said=gettext("It stands in the plan now."),
        to=_address(line),
    )


@bp.post("/<string:line>/proofs")
@open_to(*_KEEPERS)
@takes_files(at_most=20 * MIB)
def add_proof(line: str) -> ResponseReturnValue:
    """A file that came is carried along until the rest is right."""
    standing, form = _standing(line), ProofForm()
    form.offer(standing)
    is_valid = form.validate()
    try:
        file = form.received()
        if is_valid:
            operations.add_proof(line, form.facts, file=file, by=current_user.id, now=clock.now())
            flash(gettext("The evidence has been added."), "success")
            return redirect(f"{_address(line)}#proofs")
    except StorageError:
        say_not_stored(form)
    except RefusedError as refused:
        show_refusal(form, refused)
    return _page(standing, form), form.answer_status


@bp.get("/<string:line>/proofs/<uuid:public_id>/file")
@open_to(*_KEEPERS)
def proof_file(line: str, public_id: UUID) -> Response:
    """Of what was taken out too: the office's list keeps it with the reason."""
    found = queries.proof_with_file(line, public_id)
    return file_response(found.file) if found and found.file else abort(404)


@bp.post("/<string:line>/leads")
@open_to(*_KEEPERS)
def give_lead(line: str) -> ResponseReturnValue:
    standing, form = _standing(line), LeadForm()
    form.offer(all_units())
    return kept_or_again(
        form,
        lambda: operations.give_lead(
            line,
            form.units[form.unit.data].id,
            from_day=form.from_day.data,
            reason=form.reason.data or "",
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _page(standing, form),
        said=gettext("Another unit leads the line."),
        to=f"{_address(line)}#leads",
    )


@bp.get("/<string:line>/entries/<uuid:public_id>/removal")
@open_to(*_KEEPERS)
def taking_out(line: str, public_id: UUID) -> str:
    return _taking_out(_standing(line), public_id, TakingOutForm())


@bp.post("/<string:line>/entries/<uuid:public_id>/removal")
@open_to(*_KEEPERS)
def take_out(line: str, public_id: UUID) -> ResponseReturnValue:
    standing, form = _standing(line), TakingOutForm()
    written = queries.written(standing.item.id, public_id) or abort(404)
    return kept_or_again(
        form,
        lambda: operations.take_out(
            written, reason=form.reason.data or "", by=current_user.id, now=clock.now()
        ),
        lambda: _taking_out(standing, public_id, form),
        said=gettext("It has been taken out."),
        to=_address(line),
    )


def _standing(line: str) -> ItemStanding:
    return queries.item_standing(line, on=clock.today()) or abort(404)


def _address(line: str) -> str:
    return f"/office/plan/items/{line}"


def _page(standing: ItemStanding, filled: ClubForm | None = None) -> str:
    """With the form that was sent filled as it was sent."""
    item_id = standing.item.id
    steps, proofs = queries.steps_of(item_id), queries.proofs_of(item_id)
    assignments = queries.assignments_of(item_id)
    step_form, proof_form, lead_form = _forms(standing, filled)
    everything: list[Written] = [*steps, *proofs, *assignments]
    ids = {one.entered_by_id for one in everything if one.entered_by_id}
    return render_template(
        "plan/items/office_item.html",
        standing=standing,
        steps=steps,
        proofs=proofs,
        assignments=assignments,
        step_form=step_form,
        proof_form=proof_form,
        lead_form=lead_form,
        refusal=refusal_to_say(standing.state),
        names=names_of(ids),
        pages=PUBLIC_PAGES,
    )


def _forms(standing: ItemStanding, filled: ClubForm | None) -> tuple[StepForm, ProofForm, LeadForm]:
    step = filled if isinstance(filled, StepForm) else StepForm(formdata=None)
    proof = filled if isinstance(filled, ProofForm) else ProofForm(formdata=None)
    lead = filled if isinstance(filled, LeadForm) else LeadForm(formdata=None)
    step.offer(standing)
    proof.offer(standing)
    lead.offer(all_units())
    return step, proof, lead


def _taking_out(standing: ItemStanding, public_id: UUID, form: TakingOutForm) -> str:
    written = queries.written(standing.item.id, public_id) or abort(404)
    return render_template("plan/items/taking_out.html", standing=standing, one=written, form=form)
