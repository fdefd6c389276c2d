"""What a desk is: a page where those who work for the club find what waits for them."""

from dataclasses import dataclass
from enum import Enum

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString


class Field(Enum):
    """What a desk's work is about, in the order in which ``/office/`` lists them."""

    TRAINING = lazy_gettext("Classes and results")
    PEOPLE = lazy_gettext("People and letters")
    PLAN = lazy_gettext("Plan and figures")
    SITE = lazy_gettext("The site")


@dataclass(frozen=True)
class Desk:
    roles: frozenset[str]
    endpoint: str
    label: LazyString
    field: Field
    #: What is done there, for who does not come every day.
    about: LazyString
    #: Stands in the row on every page; all others are one step further, at ``/office/``.
    daily: bool = False
