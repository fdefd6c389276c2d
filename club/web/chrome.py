"""The frame of every page: masthead, menus and footer, drawn once for all who see the same.

Drawing it costs more than most pages do, and it depends on little: the language, the
address, the club's profile, who is signed in and which desks that opens. The form token in
it is put in afterwards, since it differs for everybody.
"""

import secrets
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from flask import current_app, request, session
from flask_babel import get_locale
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from club.web.language import LANGUAGES, language_url
from club.web.layout import ClubFacts, DeskLink, facts_of_today

#: Nobody can write it into a name or an address: it changes with every start.
_CSRF_MARK = secrets.token_hex(16)
_NOT_WORTH_RETURNING_TO = {"/", "/login", "/register", "/reset", "/logout"}


@dataclass(frozen=True)
class Frame:
    """All that the frame depends on."""

    lang: str
    club: ClubFacts
    #: The address that decides which item of the navigation is the present one.
    here: str
    path: str
    language_href: str
    account_name: str | None
    #: Notices that wait to be read.
    unread: int
    desks: tuple[DeskLink, ...]

    @property
    def sign_in(self) -> str:
        if self.path in _NOT_WORTH_RETURNING_TO:
            return "/login"
        return f"/login?next={quote(self.path)}"


@dataclass(frozen=True)
class Chrome:
    lang: str
    top: Markup
    #: What the last action came to: said once, to whom it concerns.
    messages: Markup
    bottom: Markup


def page_chrome(nav_section: str | None) -> Chrome:
    """What belongs around the page that is being answered."""
    locale = get_locale()
    lang = locale.language if locale else LANGUAGES[0]
    other = next(code for code in LANGUAGES if code != lang)
    signed_in = current_user.is_authenticated if current_user else False
    top, bottom = _drawn(
        Frame(
            lang=lang,
            club=facts_of_today(),
            here=nav_section or request.path,
            path=request.path,
            language_href=language_url(other),
            account_name=current_user.display_name if signed_in else None,
            unread=current_user.unread_notices if signed_in else 0,
            desks=tuple(current_app.extensions["club.desk_links"]()) if signed_in else (),
        )
    )
    if signed_in:
        top = Markup(top.replace(_CSRF_MARK, generate_csrf()))  # noqa: S704  our own token
    return Chrome(lang, top, _messages(), bottom)


def _messages() -> Markup:
    if not session.get("_flashes"):
        return Markup()
    template = current_app.jinja_env.get_template("_layouts/_messages.html")
    return Markup(template.render())  # noqa: S704  rendered, escaped


@lru_cache(maxsize=1000)
def _drawn(frame: Frame) -> tuple[Markup, Markup]:
    known = {name: getattr(frame, name) for name in Frame.__dataclass_fields__}
    known |= {"sign_in": frame.sign_in, "csrf_mark": _CSRF_MARK}
    top, bottom = (
        Markup(current_app.jinja_env.get_template(f"_layouts/{name}.html").render(known))  # noqa: S704
        for name in ("_top", "_bottom")
    )
    return top, bottom
