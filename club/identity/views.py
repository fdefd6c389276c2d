from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.identity import operations, queries
from club.identity.forms import ProfileForm
from club.identity.operations import ProfileFacts
from club.refusal import RefusedError
from club.units import queries as units
from club.units.models import Unit
from club.web.access import Audience, open_to
from club.web.forms import show_refusal

bp = Blueprint("identity", __name__, url_prefix="/office/identity")

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


@bp.get("")
@open_to(Audience.ADMINISTRATOR)
def history() -> str:
    today = clock.today()
    return render_template(
        "identity/history.html",
        profiles=queries.club_profiles(),
        current=queries.club_profile_on(today),
        today=today,
    )


@bp.get("/new")
@open_to(Audience.ADMINISTRATOR)
def new() -> str:
    today = clock.today()
    current = queries.club_profile_on(today)
    known = {} if current is None else {name: getattr(current, name) for name in _KEPT}
    owner = current.owner.key if current and current.owner else ""
    form = ProfileForm(data={**known, "valid_from": today, "owner": owner})
    form.offer(_possible_owners())
    return render_template("identity/new.html", form=form)


@bp.post("/new")
@open_to(Audience.ADMINISTRATOR)
def add() -> ResponseReturnValue:
    form = ProfileForm()
    form.offer(_possible_owners())
    if form.validate():
        try:
            operations.add_version(
                _facts(form), valid_from=form.valid_from.data, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            flash(gettext("The new version has been kept."), "success")
            return redirect(url_for("identity.history"))
    return render_template("identity/new.html", form=form), form.answer_status


def _possible_owners() -> list[Unit]:
    today = clock.today()
    return [u for u in units.all_units() if u.valid_to is None or u.valid_to >= today]


def _facts(form: ProfileForm) -> ProfileFacts:
    owner = units.unit_by_key(form.owner.data) if form.owner.data else None
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
    )
