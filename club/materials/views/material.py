"""One material: read, fetched, changed, moved, taken down."""

import uuid

from flask import Response, abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.audit.names import names_of
from club.courses.forms import ButtonForm
from club.courses.permissions import may_see_run
from club.files import accepting
from club.files.serving import file_response, is_a_download
from club.files.storage import StorageError
from club.materials import operations, queries, reading, rules
from club.materials.forms import FactsForm, version_form
from club.materials.models import Material, MaterialVersion
from club.materials.operations import Direction
from club.materials.views.blueprint import account, bp, desk_address, place_of, published_or_404
from club.materials.views.desk import TRAINERS
from club.materials.views.handing_in import done, handed_in, not_done
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm
from club.web.keeping import kept_or_again
from club.web.uploads import takes_files


@bp.get("/materials/<uuid:public_id>")
@open_to(Audience.EVERYONE)
def material(public_id: uuid.UUID) -> str:
    material = _readable_or_404(public_id)
    return _material_page(material, material.versions[0])


@bp.get("/materials/<uuid:public_id>/file")
@open_to(Audience.EVERYONE)
def file(public_id: uuid.UUID) -> Response:
    return _file(_readable_or_404(public_id).versions[0])


@bp.get("/materials/<uuid:public_id>/versions/<int:number>")
@open_to(*TRAINERS)
def version(public_id: uuid.UUID, number: int) -> str:
    material = published_or_404(public_id)
    return _material_page(material, _version_or_404(material, number))


@bp.get("/materials/<uuid:public_id>/versions/<int:number>/file")
@open_to(*TRAINERS)
def version_file(public_id: uuid.UUID, number: int) -> Response:
    return _file(_version_or_404(published_or_404(public_id), number))


@bp.get("/materials/<uuid:public_id>/versions/new")
@open_to(*TRAINERS)
def new_version(public_id: uuid.UUID) -> str:
    material = published_or_404(public_id)
    return _version_page(material, version_form(material))


@bp.post("/materials/<uuid:public_id>/versions/new")
@open_to(*TRAINERS)
@takes_files(at_most=accepting.LARGEST)
def publish_version(public_id: uuid.UUID) -> ResponseReturnValue:
    material, now = published_or_404(public_id), clock.now()
    form, material_id = version_form(material), material.id
    status = handed_in(
        form,
        material.kind,
        lambda content: operations.publish_version(
            material_id,
            content,
            note=form.note.data,
            seen=form.seen.data,
            by=current_user.id,
            now=now,
        ),
    )
    if status == 201:
        told = gettext("The new version has been published; those who take part are told.")
        return done(f"/materials/{public_id}", told)
    return not_done(form, status, lambda: _version_page(published_or_404(public_id), form))


@bp.get("/materials/<uuid:public_id>/facts")
@open_to(*TRAINERS)
def facts(public_id: uuid.UUID) -> str:
    material = published_or_404(public_id)
    known = {"title": material.title, "visibility": material.visibility.value}
    return _facts_page(material, FactsForm(data=known))


@bp.post("/materials/<uuid:public_id>/facts")
@open_to(*TRAINERS)
def change(public_id: uuid.UUID) -> ResponseReturnValue:
    material, form = published_or_404(public_id), FactsForm()
    return kept_or_again(
        form,
        lambda: operations.change(material.id, form.facts(), by=current_user.id, now=clock.now()),
        lambda: _facts_page(published_or_404(public_id), form),
        said=gettext("The material has been saved."),
        to=f"/materials/{public_id}",
    )


@bp.post("/materials/<uuid:public_id>/order")
@open_to(*TRAINERS)
def move(public_id: uuid.UUID) -> ResponseReturnValue:
    material = published_or_404(public_id)
    direction = request.form.get("direction", "")
    if direction not in set(Direction) or not ButtonForm().validate():
        abort(400)
    now = clock.now()
    operations.move(material.id, Direction(direction), by=current_user.id, now=now)
    return _back_to_desk(public_id, f"#m-{public_id}")


@bp.post("/materials/<uuid:public_id>/removal")
@open_to(*TRAINERS)
def take_down(public_id: uuid.UUID) -> ResponseReturnValue:
    material = published_or_404(public_id)
    if not ButtonForm().validate():
        abort(400)
    operations.take_down(material.id, by=current_user.id, now=clock.now())
    flash(
        gettext("The material has been taken down. It stays below and can be put back."), "success"
    )
    return _back_to_desk(public_id)


@bp.post("/materials/<uuid:public_id>/return")
@open_to(*TRAINERS)
def put_back(public_id: uuid.UUID) -> ResponseReturnValue:
    material = published_or_404(public_id)
    if not ButtonForm().validate():
        abort(400)
    operations.put_back(material.id, by=current_user.id, now=clock.now())
    flash(gettext("The material is there for its readers again."), "success")
    return _back_to_desk(public_id)


def _readable_or_404(public_id: uuid.UUID) -> Material:
    """What this reader may read. A stranger is asked to sign in: a letter may have led here."""
    material, now = queries.material_by_public_id(public_id) or abort(404), clock.now()
    reader = reading.reader_of(account(), place_of(material), now=now)
    is_public = material.run is None or may_see_run(account(), material.run)
    permit(reader.publishes or (material.is_shown and is_public))
    if not rules.may_read(material.visibility, reader):
        abort(404 if current_user.is_authenticated else 401)
    return material


def _version_or_404(material: Material, number: int) -> MaterialVersion:
    return next((one for one in material.versions if one.number == number), None) or abort(404)


def _file(version: MaterialVersion) -> Response:
    if version.file is None:
        abort(404)
    version_id = version.id
    try:
        response = file_response(version.file)
    except StorageError:
        abort(503)
    if is_a_download(response):
        operations.count_download(version_id, day=clock.today())
    return response


def _material_page(material: Material, version: MaterialVersion) -> str:
    place = place_of(material)
    publishes = reading.publishes(account(), place)
    by = {one.published_by_id for one in material.versions if one.published_by_id}
    return render_template(
        "materials/material.html",
        material=material,
        version=version,
        text=reading.page_html(version.body, material.title) if version.body else "",
        publishes=publishes,
        downloads=queries.downloads_of(material) if publishes else {},
        names=names_of(by) if publishes else {},
        **_whereabouts(material),
    )


def _version_page(material: Material, form: ClubForm) -> str:
    return render_template(
        "materials/new_version.html",
        material=material,
        form=form,
        kind=material.kind.value,
        largest=accepting.LARGEST,
        **_whereabouts(material),
    )


def _facts_page(material: Material, form: FactsForm) -> str:
    return render_template(
        "materials/facts.html", material=material, form=form, **_whereabouts(material)
    )


def _whereabouts(material: Material) -> dict[str, object]:
    place = place_of(material)
    return {
        "run": material.run,
        "course": material.run.course if material.run else material.course,
        "desk": desk_address(place),
    }


def _back_to_desk(public_id: uuid.UUID, anchor: str = "") -> ResponseReturnValue:
    return redirect(desk_address(place_of(published_or_404(public_id))) + anchor)
