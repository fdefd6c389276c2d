"""The coordinator's page of one run, as every action on the run shows it again."""

from collections.abc import Callable, Sequence

from flask import abort, current_app, render_template, url_for
from flask_login import current_user
from werkzeug.routing import BuildError

from club import clock
from club.courses import queries, rules
from club.courses.forms import NewSessionsForm, TrainerForm
from club.courses.labels import FACTS
from club.courses.models import Run, RunEventKind, RunState
from club.courses.standing import standing_of
from club.refusal import RefusedError
from club.web.access import Audience
from club.web.forms import ClubForm, show_refusal
from club.web.page_parts import PageOf, page_parts

STAFF = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


def run_or_404(code: str) -> Run:
    return queries.run_by_code(code) or abort(404)


def editable_run_or_404(code: str) -> Run:
    """Raises ``RefusedError`` where nothing of the run changes any more."""
    run = run_or_404(code)
    if refusal := rules.refusal_to_edit(run):
        raise RefusedError(refusal)
    return run


def accepted(form: ClubForm, act: Callable[[], object]) -> bool:
    """Whether the operation was done; what a field can mend stands in the form then."""
    try:
        act()
    except RefusedError as refused:
        if refused.field is None:
            raise
        show_refusal(form, refused)
        return False
    return True


def desk_page(
    run: Run,
    *,
    sessions_form: NewSessionsForm | None = None,
    trainer_form: TrainerForm | None = None,
    refusals: Sequence[str] = (),
) -> str:
    """``refusals``: why the run was not published just now."""
    refused, now = sessions_form or trainer_form, clock.now()
    untouched = {"formdata": None} if refused else {}
    return render_template(
        "courses/office_run.html",
        run=run,
        standing=standing_of(run, now=now),
        may_edit=rules.refusal_to_edit(run) is None,
        missing=rules.problems_with_publishing(run) if run.state is RunState.DRAFT else [],
        doubts=rules.doubts_about_publishing(run, now=now),
        refusals=refusals,
        sessions_form=sessions_form or NewSessionsForm(**untouched),
        trainer_form=offered(trainer_form or TrainerForm(**untouched)),
        story=queries.story_of(run.id),
        what_changed=what_changed,
        doors=_doors(run),
        more=page_parts(PageOf.RUN_DESK, run, account=current_user, now=now),
        form=refused,
    )


def offered(form: TrainerForm) -> TrainerForm:
    form.offer(queries.people_with_trainer_role())
    return form


def by() -> int:
    return int(current_user.id)


#: Rooms above do what touches registrations and records; they are named, not imported.
_ENDPOINTS = {
    "seats": "registration.change_seats",
    "cancellation": "registration.cancel_run",
    "registrations": "registration.run_list",
    "materials": "materials.run_desk",
    "messages": "run_messages.message_list",
    "reminders": "reminders.run_reminders",
    "terms": "registration.terms_page",
    "attendance": "records.attendance",
    "closing": "records.closing",
    "records": "records.run_records",
}


def _doors(run: Run) -> dict[str, str]:
    """The addresses of the actions that are there."""
    found = {}
    for name, endpoint in _ENDPOINTS.items():
        if endpoint in current_app.view_functions:
            try:
                found[name] = url_for(endpoint, code=run.code)
            except BuildError:
                continue
    return found


def what_changed(kind: RunEventKind, detail: str | None) -> str:
    """The facts that changed, in words; anything else as it was noted."""
    if kind is not RunEventKind.CHANGED or not detail:
        return detail or ""
    return ", ".join(str(FACTS[name]) if name in FACTS else name for name in detail.split(","))
