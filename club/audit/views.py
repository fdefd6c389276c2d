"""Who did what, when: for administrators and for officials who watch over the club."""

from collections.abc import Collection
from datetime import date

from flask import Blueprint, render_template, request
from flask_babel import gettext

from club.audit import queries
from club.audit.names import log_names
from club.audit.queries import AuditFilter
from club.audit.reading import read
from club.audit.words import ROOMS, words_for
from club.vietnamese import tidy_line
from club.web.access import Audience, open_to, who_asks
from club.web.pages import page_number

bp = Blueprint("audit", __name__)


@bp.get("/office/audit")
@open_to(Audience.ADMINISTRATOR, Audience.OFFICIAL)
def entry_list() -> str:
    about = tidy_line(request.args.get("about") or "")[:100]
    wanted = AuditFilter(
        room=tidy_line(request.args.get("room") or "")[:50],
        subject=about or tidy_line(request.args.get("q") or "")[:100],
        from_day=_day(request.args.get("from")),
        to_day=_day(request.args.get("to")),
    )
    found = queries.entries(wanted, page=page_number(request.args.get("page")))
    return render_template(
        "audit/entry_list.html",
        found=found,
        wanted=wanted,
        rooms=[("", gettext("All")), *((r, words_for(ROOMS, r)) for r in queries.rooms())],
        entries=read(found.items, hides=_kept_back()),
        about=about,
    )


def _kept_back() -> Collection[str]:
    roles = {role.name for role in who_asks().roles}
    return () if Audience.ADMINISTRATOR in roles else log_names().kept_back


def _day(typed: str | None) -> date | None:
    """A day as date fields send it; anything else filters by nothing."""
    try:
        return date.fromisoformat(typed or "")
    except ValueError:
        return None
