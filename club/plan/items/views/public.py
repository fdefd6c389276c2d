"""The plan line by line, for everybody."""

from collections import Counter
from uuid import UUID

from flask import Blueprint, abort, jsonify, render_template
from flask.wrappers import Response

from club import clock
from club.files.serving import file_response
from club.plan.items import queries
from club.plan.items.labels import PUBLIC_PAGES
from club.plan.items.models import HowOften, ItemKind, PlanStep
from club.plan.items.rules import ItemState, refusal_to_say
from club.plan.items.standings import ItemStanding, PartStanding
from club.web.access import Audience, open_to
from club.web.described import (
    DAY,
    FLAG,
    INTEGER,
    TEXT,
    described,
    list_of,
    maybe,
    one_of,
    record,
)

bp = Blueprint("plan_items", __name__)
_FIGURE = record(counted=TEXT, value=maybe(INTEGER), people=maybe(INTEGER))
_SAID = maybe(record(on=DAY, words=TEXT, source=TEXT, part=maybe(TEXT)))
_PART = record(
    part=TEXT, words=TEXT, state=one_of(ItemState), target=maybe(TEXT), overdue=FLAG, said=_SAID
)
_ITEM = record(
    line=TEXT, url=TEXT, kind=one_of(ItemKind), words=TEXT, state=one_of(ItemState),
    target=maybe(TEXT), by=maybe(INTEGER), overdue=FLAG, how_often=list_of(one_of(HowOften)),
    leads=list_of(TEXT), leads_inferred=list_of(TEXT), supports=list_of(TEXT),
    receives=list_of(TEXT), figures=list_of(_FIGURE), answer=maybe(TEXT), below=maybe(TEXT),
    said=_SAID, leads_now=maybe(TEXT), parts=list_of(_PART),
)  # fmt: skip


@bp.get("/plan/items/")
@open_to(Audience.EVERYONE)
def tree() -> str:
    found = queries.plan_tree(on=clock.today())
    states = Counter(line.state for line in found.lines) if found else Counter()
    return render_template(
        "plan/items/tree.html",
        tree=found,
        states=[(state, states[state]) for state in ItemState if states[state]],
    )


@bp.get("/plan/items.json")
@open_to(Audience.EVERYONE)
@described(
    "Every line of the plan with its words, who is to do it, and what the site counts for it",
    record(items=list_of(_ITEM), next=maybe(TEXT)),
)
def tree_json() -> Response:
    found = queries.plan_tree(on=clock.today())
    return jsonify(items=[_facts(one) for one in found.lines] if found else [], next=None)


@bp.get("/plan/items/<string:line>")
@open_to(Audience.EVERYONE)
def item(line: str) -> str:
    found = queries.item_standing(line, on=clock.today()) or abort(404)
    item_id, told_apart = found.item.id, {one.part.id for one in found.parts}
    steps = [one for one in queries.steps_of(item_id) if not one.taken_out_at]
    proofs = [one for one in queries.proofs_of(item_id) if one.is_public and not one.taken_out_at]
    is_said = refusal_to_say(found.state) is None
    return render_template(
        "plan/items/item.html",
        standing=found,
        steps=steps,
        proofs=proofs,
        #: Of the whole line, and of what was once a part.
        other_steps=[
            one for one in steps if one.part_id not in told_apart and (is_said or one.part_id)
        ],
        other_proofs=[one for one in proofs if one.part_id not in told_apart],
        assignments=[one for one in queries.assignments_of(item_id) if not one.taken_out_at],
        below=queries.lines_below(found.item),
        pages=PUBLIC_PAGES,
    )


@bp.get("/plan/items/<string:line>/proofs/<uuid:public_id>/file")
@open_to(Audience.EVERYONE)
def proof_file(line: str, public_id: UUID) -> Response:
    """Of evidence that everybody may read, as long as it stands."""
    found = queries.proof_with_file(line, public_id)
    if found is None or found.file is None or not found.is_public or found.taken_out_at:
        abort(404)
    return file_response(found.file)


def _said(step: PlanStep | None) -> dict[str, object] | None:
    if step is None:
        return None
    return {
        "on": step.on_day.isoformat(),
        "words": step.words,
        "source": step.source,
        "part": step.part.key if step.part else None,
    }


def _part(one: PartStanding) -> dict[str, object]:
    return {
        "part": one.part.key,
        "words": one.part.words,
        "state": one.state.value,
        "target": one.target.key if one.target else None,
        "overdue": one.is_overdue,
        "said": _said(one.step),
    }


def _facts(one: ItemStanding) -> dict[str, object]:
    return {
        "line": one.item.key,
        "url": f"/plan/items/{one.item.key}",
        "kind": one.item.kind.value,
        "words": one.line.words,
        "state": one.state.value,
        "target": one.target.key if one.target else None,
        "by": one.item.by_year,
        "overdue": one.is_overdue,
        "how_often": one.item.how_often,
        "leads": [body.key for body in one.leads],
        "leads_inferred": [body.key for body in one.leads_inferred],
        "supports": [body.key for body in one.supports],
        "receives": [body.key for body in one.receives],
        "figures": [
            {
                "counted": figure.source.value,
                "value": None if figure.is_hidden else figure.value,
                "people": None if figure.is_hidden else figure.people,
            }
            for figure in one.figures
        ],
        "answer": one.item.answer,
        "said": _said(one.step),
        "leads_now": one.assignment.unit.key if one.assignment else None,
        "below": one.item.below.key if one.item.below else None,
        "parts": [_part(part) for part in one.parts],
    }
