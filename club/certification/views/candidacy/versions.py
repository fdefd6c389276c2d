"""Another version of the scheme for a candidate: what would change, and the decision."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.looks import shows_person
from club.certification.candidacy import queries, rules
from club.certification.candidacy.forms import MoveForm
from club.certification.candidacy.models import Candidate
from club.certification.candidacy.operations.moving import move_to_version
from club.certification.candidacy.tie_queries import tie_with
from club.certification.candidacy.versions import preview_of_move
from club.certification.views.candidacy.blueprint import address_of, bp, candidate_or_404
from club.web.access import Audience, open_to
from club.web.keeping import kept_or_again


@bp.get("/candidacies/<uuid:public_id>/version")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
@shows_person("candidate", "public_id")
def version(public_id: UUID) -> str:
    return _page(candidate_or_404(public_id), MoveForm(data={"version": request.args.get("to")}))


@bp.post("/candidacies/<uuid:public_id>/version")
@open_to(Audience.COORDINATOR, Audience.ADMINISTRATOR)
def move(public_id: UUID) -> ResponseReturnValue:
    candidate, form = candidate_or_404(public_id), MoveForm()
    form.offer(queries.other_versions(candidate))
    return kept_or_again(
        form,
        lambda: move_to_version(
            candidate.id,
            level_id=form.level().id,
            remark=form.remark.data,
            by=current_user.id,
            now=clock.now(),
        ),
        lambda: _page(candidate_or_404(public_id), form),
        said=gettext("The other version holds from now on; the person is told."),
        to=address_of(candidate),
    )


def _page(candidate: Candidate, form: MoveForm) -> str:
    levels = queries.other_versions(candidate)
    form.offer(levels)
    chosen = form.levels.get(form.version.data or "") or (levels[0] if levels else None)
    preview = None
    if chosen:
        uses, today = queries.uses_in(candidate.id), clock.today()
        preview = preview_of_move(candidate, chosen, uses, on=today)
    return render_template(
        "certification/candidacy/version.html",
        candidate=candidate,
        levels=levels,
        form=form,
        preview=preview,
        refusal=tie_with(candidate, current_user, on=clock.today())
        or rules.refusal_to_move(candidate.state),
    )
