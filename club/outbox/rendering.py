"""Turns a letter's template into words, in the language of whoever will read it."""

from dataclasses import dataclass
from functools import cache

from flask import current_app
from flask_babel import force_locale, gettext
from jinja2 import Environment, TemplateNotFound

from club.config import Settings


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    #: ``None`` where the text says it all: delivery makes simple HTML of it.
    html: str | None


def rendered(template: str, *, language: str, **context: object) -> Rendered:
    """Render ``templates/<room>/letters/<name>.txt`` for ``"<room>/<name>"``.

    The first line of the text is the subject. Where ``<name>.html`` lies beside it, that is
    the HTML form. Templates know ``site``, the public address without a slash at its end;
    the greeting is theirs, the club's signature is not. No context processor runs.
    """
    settings: Settings = current_app.extensions["club.settings"]
    room, name = template.split("/")
    path = f"{room}/letters/{name}"
    known = {"site": settings.public_url, **context}
    with force_locale(language):
        text = current_app.jinja_env.get_template(f"{path}.txt").render(known | {"_": _plain})
        html = _html(f"{path}.html", known)
    subject, _, body = text.strip().partition("\n")
    return Rendered(subject.strip(), body.strip() + "\n", html)


def _html(path: str, context: dict[str, object]) -> str | None:
    if not _is_there(current_app.jinja_env, path):
        return None
    return current_app.jinja_env.get_template(path).render(context)


def _plain(text: str, /, **values: object) -> str:
    """A sentence as plain text has it: the pages' own ``_`` would write a firm's & as &amp;."""
    return str(gettext(text)) % values if values else str(gettext(text))


@cache
def _is_there(templates: Environment, path: str) -> bool:
    """Asked for every letter, so the answer is kept: most letters have no HTML of their own."""
    try:
        templates.get_template(path)
    except TemplateNotFound:
        return False
    return True
