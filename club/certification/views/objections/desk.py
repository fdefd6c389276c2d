"""The desk of appeals: what is due, the overdue first."""

from flask import render_template

from club import clock
from club.certification.objections import queries, rules
from club.certification.views.objections.blueprint import STAFF, bp
from club.web.access import open_to

#: Of what is closed.
_SHOWN = 50


@bp.get("/office/certification/objections")
@open_to(*STAFF)
def desk() -> str:
    today = clock.today()
    return render_template(
        "certification/objections/desk.html",
        appeals=[(one, rules.urgency(one.due_on, today=today)) for one in queries.open_appeals()],
        closed=queries.closed_appeals(most=_SHOWN),
    )
