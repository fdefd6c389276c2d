"""What was reached, in plain words for everybody: a page to pass on, and the same as JSON."""

from flask import Blueprint, current_app, jsonify, render_template
from flask.wrappers import Response

from club import clock
from club.plan.achieved.queries import Achieved, achievements
from club.plan.items.counting import Counted
from club.plan.items.labels import PUBLIC_PAGES
from club.plan.queries import TargetStanding
from club.plan.rules import TargetState
from club.web.access import Audience, open_to
from club.web.described import (
    FLAG,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    described,
    list_of,
    maybe,
    one_of,
    record,
)

bp = Blueprint("plan_achieved", __name__)
_TARGET = record(key=TEXT, by=INTEGER, wanted=maybe(NUMBER), state=one_of(TargetState))
_FIGURE = record(
    counted=one_of(Counted), value=maybe(INTEGER), people=maybe(INTEGER), hidden=FLAG,
    targets=list_of(_TARGET), url=TEXT,
)  # fmt: skip


@bp.get("/plan/figures")
@open_to(Audience.EVERYONE)
def figures() -> str:
    return render_template(
        "plan/figures.html",
        achieved=achievements(now=clock.now()),
        pages=PUBLIC_PAGES,
        site=current_app.extensions["club.settings"].public_url,
    )


@bp.get("/plan/figures.json")
@open_to(Audience.EVERYONE)
@described(
    "What was reached of the plan, in a few figures, with what the plan wants by which year",
    record(as_of=MOMENT, figures=list_of(_FIGURE)),
)
def figures_json() -> Response:
    found = achievements(now=clock.now())
    return jsonify(
        as_of=clock.local(found.as_of).isoformat(timespec="seconds"),
        figures=[_facts(one) for one in found.figures],
    )


def _facts(one: Achieved) -> dict[str, object]:
    """Nothing is said of few people, as on the page."""
    hidden = one.figure.is_hidden
    return {
        "counted": one.counted.value,
        "value": None if hidden else one.figure.value,
        "people": None if hidden else one.figure.people,
        "hidden": hidden,
        "targets": [_target(target) for target in one.targets],
        "url": PUBLIC_PAGES[one.counted],
    }


def _target(target: TargetStanding) -> dict[str, object]:
    wanted = target.target_value
    return {
        "key": target.key,
        "by": target.by_year,
        "wanted": None if wanted is None else float(wanted),
        "state": target.state.value,
    }
