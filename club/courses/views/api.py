"""Announced runs as JSON."""

from typing import Any

from flask import Blueprint, Response, abort, jsonify, request

from club import clock
from club.courses import queries, run_lists
from club.courses.filters import filter_from
from club.courses.models import RunForm, RunState, Session, SessionState
from club.courses.permissions import may_see_run
from club.courses.run_lists import RunRow
from club.courses.standing import RunStanding, standing_of
from club.web.access import Audience, open_to
from club.web.described import INTEGER, MOMENT, TEXT, described, list_of, maybe, one_of, record
from club.web.pages import page_number

bp = Blueprint("courses_api", __name__, url_prefix="/api/runs")
_SIZE = 100
_RUN = {
    "code": TEXT, "course": TEXT, "title": TEXT, "title_en": maybe(TEXT), "topic": TEXT,
    "url": TEXT, "state": one_of(RunState), "standing": one_of(RunStanding),
    "form": one_of(RunForm), "place": maybe(TEXT), "ward": maybe(TEXT),
    "starts_at": maybe(MOMENT), "ends_at": maybe(MOMENT),
    "registration_opens_at": maybe(MOMENT), "registration_closes_at": maybe(MOMENT),
    "places": INTEGER, "places_free": INTEGER, "waiting": INTEGER, "price_vnd": INTEGER,
}  # fmt: skip
_SESSION = record(
    id=TEXT, title=maybe(TEXT), starts_at=MOMENT, ends_at=MOMENT, place=maybe(TEXT),
    state=one_of(SessionState), sequence=INTEGER,
)  # fmt: skip
_CONDITIONS = {
    "q": "Words of the title, with or without accents",
    "course": "Address part of a course",
    "topic": "Key of a topic",
    "audience": "For whom the course is",
    "month": "Month of the first session, such as 2026-03",
    "ward": "Key of a ward",
    "form": "in_person, online, blended or in_company",
    "open": "1: only those that take registrations",
    "page": "Number of the page, from 1",
}


@bp.get("")
@open_to(Audience.EVERYONE)
@described(
    "Announced classes, in order of time",
    record(items=list_of(record(**_RUN)), next=maybe(TEXT)),
    query=_CONDITIONS,
)
def run_list() -> Response:
    """The catalogue's conditions, in order of time; ``next`` is the address of what follows."""
    wanted, number = filter_from(request.args), page_number(request.args.get("page"))
    page = run_lists.announced_runs(wanted, page=number, size=_SIZE, now=clock.now())
    conditions = wanted.address_query()
    following = f"/api/runs?{conditions}{'&' if conditions else ''}page={number + 1}"
    return jsonify(
        items=[_run(row) for row in page.items], next=following if page.has_next else None
    )


@bp.get("/<string:code>")
@open_to(Audience.EVERYONE)
@described("One announced class", record(**_RUN, sessions=list_of(_SESSION)))
def run(code: str) -> Response:
    """One announced run with its sessions."""
    row, full = run_lists.announced_run(code), queries.run_by_code(code)
    if row is None or full is None or not may_see_run(None, full):
        abort(404)
    return jsonify({**_run(row), "sessions": [_session(session) for session in full.sessions]})


def _run(row: RunRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "course": row.course_code,
        "title": row.title,
        "title_en": row.title_en,
        "topic": row.topic_key,
        "url": f"/runs/{row.code}",
        "state": row.state.value,
        "standing": standing_of(row, now=clock.now()).value,
        "form": row.form.value,
        "place": row.place,
        "ward": row.ward,
        "starts_at": _moment(row.starts_at),
        "ends_at": _moment(row.ends_at),
        "registration_opens_at": _moment(row.registration_opens_at),
        "registration_closes_at": _moment(row.registration_closes_at),
        "places": row.seats,
        "places_free": row.places_free,
        "waiting": row.waiting_count,
        "price_vnd": row.price_vnd,
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": str(session.public_id),
        "title": session.title,
        "starts_at": _moment(session.starts_at),
        "ends_at": _moment(session.ends_at),
        "place": session.place,
        "state": session.state.value,
        "sequence": session.sequence,
    }


def _moment(instant: Any) -> str | None:
    return clock.local(instant).isoformat() if instant else None
