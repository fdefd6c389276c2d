"""Where trainers and coordinators look after the materials of a run or of a course."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.courses.models import Course, Run
from club.courses.queries import course_by_code, run_by_code
from club.files import accepting
from club.materials import operations, queries, reading
from club.materials.forms import NEW
from club.materials.models import MaterialKind
from club.materials.queries import Shelf
from club.materials.views.blueprint import account, bp, desk_address
from club.materials.views.handing_in import done, handed_in, not_done
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm
from club.web.uploads import takes_files

TRAINERS = (Audience.TRAINER, Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/teaching/runs/<string:code>/materials")
@open_to(*TRAINERS)
def run_desk(code: str) -> str:
    return _desk(_run_or_404(code))


@bp.get("/office/courses/<string:code>/materials")
@open_to(*TRAINERS)
def course_desk(code: str) -> str:
    return _desk(_course_or_404(code))


@bp.get("/teaching/runs/<string:code>/materials/new")
@open_to(*TRAINERS)
def new_for_run(code: str) -> str:
    return _form_page(_run_or_404(code), NEW[_kind()]())


@bp.post("/teaching/runs/<string:code>/materials/new")
@open_to(*TRAINERS)
@takes_files(at_most=accepting.LARGEST)
def publish_to_run(code: str) -> ResponseReturnValue:
    return _publish(_run_or_404(code))


@bp.get("/office/courses/<string:code>/materials/new")
@open_to(*TRAINERS)
def new_for_course(code: str) -> str:
    return _form_page(_course_or_404(code), NEW[_kind()]())


@bp.post("/office/courses/<string:code>/materials/new")
@open_to(*TRAINERS)
@takes_files(at_most=accepting.LARGEST)
def publish_to_course(code: str) -> ResponseReturnValue:
    return _publish(_course_or_404(code))


def _publish(place: Run | Course) -> ResponseReturnValue:
    kind, now = _kind(), clock.now()
    form = NEW[kind]()

    def publish(content: operations.Content) -> None:
        name = content.file.name.rpartition(".")[0] if content.file else ""
        facts = form.facts(otherwise=name)
        operations.publish(place, facts, content, by=current_user.id, now=now)

    status = handed_in(form, kind, publish)
    if status == 201:
        return done(desk_address(place), gettext("The material has been published."))
    return not_done(form, status, lambda: _form_page(place, form))


def _run_or_404(code: str) -> Run:
    run = run_by_code(code) or abort(404)
    permit(reading.publishes(account(), run))
    return run


def _course_or_404(code: str) -> Course:
    course = course_by_code(code) or abort(404)
    permit(reading.publishes(account(), course))
    return course


def _kind() -> MaterialKind:
    named = request.args.get("kind", "")
    return MaterialKind(named) if named in set(MaterialKind) else MaterialKind.FILE


def _desk(place: Run | Course) -> str:
    is_run = isinstance(place, Run)
    shelf = Shelf(run_id=place.id) if is_run else Shelf(course_id=place.id)
    rows = queries.materials_on(shelf)
    return render_template(
        "materials/desk.html",
        rows=[row for row in rows if row.material.is_shown],
        taken_down=[row for row in rows if not row.material.is_shown],
        **_whereabouts(place),
    )


def _form_page(place: Run | Course, form: ClubForm) -> str:
    return render_template(
        "materials/new.html",
        form=form,
        kind=_kind().value,
        largest=accepting.LARGEST,
        **_whereabouts(place),
    )


def _whereabouts(place: Run | Course) -> dict[str, object]:
    """What the pages of a desk say about where one is."""
    return {
        "run": place if isinstance(place, Run) else None,
        "course": place.course if isinstance(place, Run) else place,
        "desk": desk_address(place),
    }
