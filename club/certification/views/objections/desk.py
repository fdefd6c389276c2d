"""The desk of appeals and complaints: what is due, the overdue first."""

from flask import render_template
from flask_login import current_user

from club import clock
from club.certification.objections import queries, rules
from club.certification.objections.permissions import may_see_complaint
from club.certification.objections.rules import next_day_of
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
        complaints=[
            (one, rules.urgency(next_day_of(one), today=today))
            for one in queries.open_complaints()
            if may_see_complaint(current_user, one)
        ],
        closed_complaints=[
            one
            for one in queries.closed_complaints(most=_SHOWN)
            if may_see_complaint(current_user, one)
        ],
    )
