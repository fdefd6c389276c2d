"""What an expert says in the register, and how the public sees it."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts import queries as accounts
from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.models import ConsentPurpose
from club.certification.models import Expert
from club.certification.queries import expert_of
from club.certification.register import queries
from club.certification.register.forms import ProfileForm
from club.certification.register.operations import say_of_oneself
from club.certification.register.words import field_words
from club.certification.views.register.blueprint import bp
from club.web.access import Audience, open_to

_REGISTER = ConsentPurpose.PUBLIC_EXPERT_REGISTER


@bp.get("/me/certification/expert")
@open_to(Audience.SIGNED_IN)
def profile() -> str:
    expert = expert_of(current_user.person_id)
    if expert is None:
        return render_template("certification/register/no_profile.html")
    known = queries.fields_of([expert.id])[expert.id]
    said = {kind.value: list(keys) for kind, keys in known.items()}
    return _page(
        expert,
        ProfileForm(
            data=said
            | {
                "presentation": expert.presentation,
                "welcomes_requests": expert.welcomes_requests,
            }
        ),
    )


@bp.post("/me/certification/expert")
@open_to(Audience.SIGNED_IN)
def keep_profile() -> ResponseReturnValue:
    expert, form = expert_of(current_user.person_id) or abort(404), ProfileForm()
    form.offer(field_words(on=clock.today()))
    if form.validate():
        say_of_oneself(expert.id, form.profile())
        flash(gettext("Saved. Below is how it looks to others."), "success")
        return redirect(url_for("experts.profile"))
    return _page(expert, form), form.answer_status


def _page(expert: Expert, form: ProfileForm) -> str:
    today = clock.today()
    words = field_words(on=today)
    form.offer(words)
    consent = accounts.open_consent(expert.person_id, _REGISTER)
    return render_template(
        "certification/register/profile.html",
        form=form,
        words=words,
        seen=queries.as_would_be_seen(expert, on=today),
        agreed=consent,
        wording=CONSENT_WORDS[_REGISTER],
        is_old=consent is not None and consent.version != CONSENT_WORDS[_REGISTER].version,
        today=today,
    )
