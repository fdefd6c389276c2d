"""The coordinators' board of candidates."""

from flask import render_template, request
from flask_login import current_user

from club import clock
from club.certification.candidacy.board import STAGES, BoardStage, board, bottlenecks, who_waits
from club.certification.candidacy.board_queries import (
    BoardFilter,
    candidates_by_state,
    changes_of_state,
    schemes_with_candidates,
)
from club.certification.candidacy.models import WaitsFor
from club.certification.views.candidacy.blueprint import bp
from club.web.access import Audience, open_to
from club.web.page_parts import PageOf, page_parts
from club.web.pages import page_number


@bp.get("/office/certification/candidates")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def candidates() -> str:
    wanted, now = _wanted(), clock.now()
    typed = {stage: page_number(request.args.get(stage.name.lower())) for stage in BoardStage}
    pages = {stage: number for stage, number in typed.items() if number > 1}
    return render_template(
        "certification/candidacy/board.html",
        board=board(wanted, pages=pages, now=now),
        pages={stage.name.lower(): number for stage, number in pages.items()},
        more=page_parts(PageOf.CANDIDATES_DESK, None, account=current_user, now=now),
        stages=STAGES,
        waiting=who_waits(candidates_by_state()),
        bottlenecks=bottlenecks(changes_of_state(wanted)),
        wanted=wanted,
        schemes=schemes_with_candidates(),
        choices=list(WaitsFor),
    )


def _wanted() -> BoardFilter:
    given = request.args.get("waits_for", "")
    return BoardFilter(
        q=" ".join(request.args.get("q", "").split())[:100],
        scheme=request.args.get("scheme", "")[:40],
        waits_for=WaitsFor(given) if given in set(WaitsFor) else None,
    )
