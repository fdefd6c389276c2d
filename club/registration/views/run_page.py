"""How a run's page is drawn: once for all readers, with holes for what differs between them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import abort, render_template, request
from flask_babel import get_locale
from flask_login import current_user

from club import clock
from club.accounts.consent_words import CONSENT_WORDS
from club.accounts.models import Account, ConsentPurpose, RoleName
from club.courses.models import Run
from club.courses.permissions import may_edit_courses, teaches
from club.courses.queries import RunGlance, run_by_code
from club.courses.run_lists import RunRow, next_open_run
from club.courses.standing import RunStanding, standing_of
from club.people.models import Organisation
from club.people.queries import organisations_represented_by
from club.registration import permissions, queries
from club.registration.forms import RegistrationForm
from club.registration.models import Registration
from club.registration.requirements.queries import requirements_of
from club.registration.standing import PersonalStanding
from club.registration.ways_in import people_move_into
from club.web import kept_input
from club.web.access import who_asks
from club.web.cache import kept
from club.web.kept_pages import kept_page, kept_part, page_with_parts
from club.web.page_parts import PageOf, page_parts


def drawn_run_page(
    run: RunGlance, mine: PersonalStanding, form: RegistrationForm | None, *, now: datetime
) -> str:
    """What all see changes with the run's revision, its places, its course and its standing."""
    standing = standing_of(run, now=now)
    instead = None
    if standing is RunStanding.CANCELLED:
        instead = next_open_run(run.course_slug, people_move_into(), now=now)
    if form and form.errors:
        return page_with_parts(
            lambda: _whole(run.code, standing, instead, form=form),
            _own_parts(run, mine, form, now=now),
        )
    state = ("run", run, standing, instead)
    parts = _own_parts(run, mine, form, now=now)
    if not current_user.is_authenticated:
        parts = {
            name: partial(kept, f"{name} {state} {get_locale()}", part)
            for name, part in parts.items()
        }
    return kept_page(state, lambda: _whole(run.code, standing, instead), parts)


def _whole(
    code: str,
    standing: RunStanding,
    instead: RunRow | None,
    *,
    form: RegistrationForm | None = None,
) -> str:
    """``instead``: what people of a cancelled run may come to."""
    run = run_by_code(code) or abort(404)
    terms = queries.terms_of_run(run)
    return render_template(
        "registration/run.html",
        run=run,
        standing=standing,
        instead=instead,
        form=form,
        groups=queries.groups_of(run),
        opens_at=terms.quotas_open_at,
        required=requirements_of(run.course_id),
        way_in=terms.way_in,
        most_per_organisation=terms.most_per_organisation,
    )


def _own_parts(
    run: RunGlance, mine: PersonalStanding, form: RegistrationForm | None, *, now: datetime
) -> dict[str, Callable[[], str]]:
    account: Account | None = who_asks()
    link = online_link(account, run, mine.registration)
    waits = run.places_taken >= run.seats
    staff = {"edits": may_edit_courses(account), "teaches": teaches(account, run)}
    return {
        "more": lambda: page_parts(PageOf.RUN, run, account=account, now=now),
        "staff": lambda: _part("staff", any(staff.values()), run=run, online_link=link, **staff),
        "queue": lambda: _part("queue", bool(form and waits), run=run),
        "register": lambda: _register_part(
            run, mine, form, account,
            is_full=waits, online_link=link, represented=_represented(account, now=now),
        ),
    }  # fmt: skip


def _register_part(
    run: RunGlance,
    mine: PersonalStanding,
    form: RegistrationForm | None,
    account: Account | None,
    *,
    represented: list[Organisation],
    **known: object,
) -> str:
    """Whoever can register and is asked the same reads the same, but for name and address."""
    way_in = mine.way_in if account else queries.terms_of_run(run).way_in
    consent = CONSENT_WORDS[ConsentPurpose.PERSONAL_DATA].in_language(str(get_locale()))

    def draw(**own: str) -> str:
        return _part(
            "register", shown=True, run=run, mine=mine, form=form, way_in=way_in,
            consent_words=consent, represented=represented, **known, **own,
        )  # fmt: skip

    own = {}
    if account:
        own = {"reader_name": account.display_name, "reader_email": account.email}
    if form is None or form.errors or mine.questions or kept_input.PARAMETER in request.args:
        return draw(**own)
    organisations = [(one.code, one.name) for one in represented]
    asked = (mine.employers, mine.needs_consent, mine.needs_phone, mine.may_wait)
    return kept_part(("register", run, way_in, asked, organisations, known), draw, own)


def _represented(account: Account | None, *, now: datetime) -> list[Organisation]:
    """For whom this account may send people to the class."""
    if account is None or not account.holds(RoleName.REPRESENTATIVE):
        return []
    return organisations_represented_by(account.person_id, on=clock.local_day(now))


def _part(name: str, shown: bool, **context: object) -> str:  # noqa: FBT001
    return render_template(f"registration/_run_{name}.html", **context) if shown else ""


def online_link(
    account: Account | None, run: Run | RunGlance, registration: Registration | None
) -> str | None:
    """The address of the online room, for those who may enter it."""
    allowed = permissions.may_see_online_link(account, run, registration)
    return run.online_link if allowed else None
