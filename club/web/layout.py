"""What the layout shows on every page. The facts come from rooms above, wired in ``app.py``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import cast

from flask import Flask, current_app, g
from flask_babel import gettext
from flask_babel.speaklater import LazyString
from jinja2 import StrictUndefined

from club.web.access import who_asks


@dataclass(frozen=True)
class ClubFacts:
    """How the club presents itself today, in the reader's language."""

    name_kicker: str
    name: str
    full_name: str
    founding_text: str
    owner_name: str
    contact_email: str | None
    contact_phone: str | None
    contact_address: str | None
    is_demo: bool
    #: Where the picture beside the name is; without one there is the drawn mark.
    logo: str | None = None


@dataclass(frozen=True)
class DeskLink:
    """A way to a desk that the signed-in person's roles open."""

    label: str
    href: str
    #: What its work is about, and what is done there.
    field: str
    about: str
    #: Stands in the row on every page.
    daily: bool


#: A page that is kept for all readers fails while it is drawn, should it ask who reads it.
_ANYBODY = StrictUndefined("this page is drawn for all its readers")

Labels = dict[Enum, LazyString]


class Words:
    """The labels of all rooms. Members of different enumerations may have equal values and
    still have words of their own; within one table of a room they would overwrite each other.
    """

    def __init__(self, tables: Iterable[Labels]) -> None:
        self._words = {
            (type(member), member.value): text for table in tables for member, text in table.items()
        }

    def __getitem__(self, member: Enum) -> LazyString:
        return self._words[type(member), member.value]


def init_layout(
    app: Flask,
    *,
    club_facts: Callable[[], ClubFacts],
    desk_links: Callable[[], list[DeskLink]],
    labels: Iterable[Labels],
) -> None:
    """Give templates ``club``, ``current_account``, ``desk_links()``, ``label(member)``."""
    words = Words(labels)
    app.extensions["club.labels"] = words

    def label(member: Enum) -> str:
        return str(words[member])

    def per_request() -> dict[str, object]:
        if g.get("drawn_for_all"):
            return {"club": facts_of_today(), "current_account": _ANYBODY}
        account = who_asks()
        return {"club": facts_of_today(), "current_account": account}

    #: For letters, which are written in the language of their reader.
    app.extensions["club.facts"] = club_facts
    app.extensions["club.desk_links"] = desk_links
    app.context_processor(per_request)
    app.jinja_env.globals.update(
        label=label,
        translated=gettext,
    )
    app.jinja_env.filters["label_of"] = label
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def facts_of_today() -> ClubFacts:
    """How the club presents itself, read once in a request."""
    if "club_facts" not in g:
        g.club_facts = current_app.extensions["club.facts"]()
    return cast(ClubFacts, g.club_facts)
