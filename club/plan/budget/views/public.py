"""What the plan's money adds up to, for everybody: sums, never the amounts of a line."""

from flask import Blueprint, render_template

from club.plan.budget import queries
from club.web.access import Audience, open_to

bp = Blueprint("plan_budget", __name__)


@bp.get("/plan/budget/")
@open_to(Audience.EVERYONE)
def budget() -> str:
    return render_template("plan/budget/sums.html", sums=queries.sums())
