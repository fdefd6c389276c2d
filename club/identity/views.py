from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.files import accepting
from club.files.serving import file_response
from club.files.storage import StorageError
from club.identity import operations, queries
from club.identity.forms import ProfileForm
from club.identity.operations import ProfileFacts
from club.refusal import RefusedError
from club.units import queries as units
from club.units.models import Unit
from club.web.access import Audience, open_to
from club.web.forms import show_refusal
from club.web.uploads import takes_files

bp = Blueprint("identity", __name__)

#: What a new version takes over from the present one unless it is changed.
_KEPT = (
    "name",
    "name_en",
    "short_name",
    "short_name_en",
    "founding_text",
    "founding_text_en",
    "contact_email",
    "contact_phone",
    "contact_address",
)


@bp.get("/office/identity")
@open_to(Audience.ADMINISTRATOR)
def history() -> str:
    today = clock.today()
    return render_template(
        "identity/history.html",
        profiles=queries.club_profiles(),
        current=queries.club_profile_on(today),
        today=today,
    )


@bp.get("/office/identity/new")
@open_to(Audience.ADMINISTRATOR)
def new() -> str:
    today = clock.today()
    current = queries.club_profile_on(today)
    known = {} if current is None else {name: getattr(current, name) for name in _KEPT}
    owner = current.owner.key if current and current.owner else ""
    form = ProfileForm(data={**known, "valid_from": today, "owner": owner})
    form.offer(_possible_owners())
    return _form_page(form)


@bp.post("/office/identity/new")
@open_to(Audience.ADMINISTRATOR)
@takes_files(at_most=accepting.MIB)
def add() -> ResponseReturnValue:
    form = ProfileForm()
    form.offer(_possible_owners())
    is_valid = form.validate()
    try:
        logo = form.new_logo()
        if is_valid:
            operations.add_version(
                _facts(form),
                valid_from=form.valid_from.data,
                new_logo=logo,
                by=current_user.id,
                now=clock.now(),
            )
            flash(gettext("The new version has been kept."), "success")
            return redirect(url_for("identity.history"))
    except StorageError:
        form.form_errors.append(
            gettext("The file could not be stored. Nothing was saved; try again in a few minutes.")
        )
        return _form_page(form), 503
    except RefusedError as refused:
        show_refusal(form, refused)
    return _form_page(form), form.answer_status


@bp.get("/logo/<int:profile_id>")
@open_to(Audience.EVERYONE)
def logo(profile_id: int) -> Response:
    """The picture of one version, which never gets another."""
    response = file_response(queries.logo_of(profile_id) or abort(404))
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _form_page(form: ProfileForm) -> str:
    return render_template(
        "identity/new.html", form=form, current=queries.club_profile_on(clock.today())
    )


def _possible_owners() -> list[Unit]:
    today = clock.today()
    return [u for u in units.all_units() if u.valid_to is None or u.valid_to >= today]


def _facts(form: ProfileForm) -> ProfileFacts:
    owner = units.unit_by_key(form.owner.data) if form.owner.data else None
    current = queries.club_profile_on(clock.today())
    return ProfileFacts(
        name=form.name.data,
        name_en=form.name_en.data,
        short_name=form.short_name.data,
        short_name_en=form.short_name_en.data,
        founding_text=form.founding_text.data,
        founding_text_en=form.founding_text_en.data,
        owner_id=owner.id if owner else None,
        contact_email=form.contact_email.data,
        contact_phone=form.contact_phone.data,
        contact_address=form.contact_address.data,
        reason=form.reason.data,
        logo_id=current.logo_id if current and not form.drawn_mark.data else None,
    )
