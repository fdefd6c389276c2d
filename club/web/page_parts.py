"""Parts that rooms above give to a page of a room below, as ``rooms.PAGE_PARTS`` lists them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask import current_app, render_template
from markupsafe import Markup


class PageOf(StrEnum):
    """Pages that have room for such parts, and what they are about."""

    #: A ``RunGlance``.
    RUN = "run"
    #: The coordinator's page of a ``Run``.
    RUN_DESK = "run_desk"
    #: A ``Registration``.
    REGISTRATION = "registration"
    #: The ``Edition`` of an article, for all readers alike.
    ARTICLE = "article"
    #: The same, for one reader: below the text.
    ARTICLE_FOR_READER = "article_for_reader"
    #: A ``Course``.
    COURSE = "course"
    #: An ``Organisation``, for who may change it.
    ORGANISATION = "organisation"
    #: A ``Candidate``, for who may see the candidacy: before what its level asks for.
    CANDIDACY = "candidacy"
    #: The coordinators' board of candidates, which is about nothing else.
    CANDIDATES_DESK = "candidates_desk"
    #: The desk of who teaches, which is about nothing else.
    TEACHING_DESK = "teaching_desk"
    #: The desk of frozen reports, which is about nothing else.
    REPORTS_DESK = "reports_desk"
    #: An ``OrganisationInRun``, for who may change the organisation.
    ORGANISATION_IN_RUN = "organisation_in_run"
    #: A ``Person``, who reads it: what stands under the greeting, in one sentence.
    OWN_LEAD = "own_lead"
    #: The same page: its middle.
    OWN_MAIN = "own_main"
    #: The same page: beside the middle.
    OWN_SIDE = "own_side"
    #: The page of personal data of an ``Account``, who reads it.
    OWN_DATA = "own_data"


@dataclass(frozen=True)
class OrganisationInRun:
    """An organisation's people in a run."""

    run_id: int
    organisation_id: int


@dataclass(frozen=True)
class PagePart:
    """``template`` is rendered with ``context`` as ``part``."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


#: Takes what the page is about, the reader's account (``None``: a stranger), and the present
#: moment; ``None`` where this reader has nothing to see.
PartSource = Callable[[Any, Any, datetime], PagePart | None]


def page_parts(page: PageOf, subject: object, *, account: object, now: datetime) -> Markup:
    """The parts of all rooms for this page and reader, in the rooms' order."""
    sources: dict[PageOf, list[PartSource]] = current_app.extensions["club.page_parts"]
    found = (source(subject, account, now) for source in sources.get(page, ()))
    drawn = [render_template(part.template, part=part.context) for part in found if part]
    return Markup("").join(map(Markup, drawn))
