"""Closing a run: who completes and why not, before and after it is final."""

from collections.abc import Sequence
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.readers import readers_of
from club.courses.models import Run, RunState
from club.courses.queries import run_by_code
from club.records import operations, queries
from club.records.attendance.queries import unmarked_sessions
from club.records.certificates.models import CertificateState
from club.records.certificates.operations import issue_certificates
from club.records.certificates.queries import (
    certificates_of_run,
    open_exceptions,
    progress_of,
    standing_certificates,
)
from club.records.certificates.readiness import lacks
from club.records.certificates.settling import fate_of
from club.records.certificates.states import MEANINGS
from club.records.forms import ClosingForm, ReasonForm
from club.records.permissions import may_reopen, may_revoke, may_see_records_of_run
from club.records.rules import Refusal, refusal_to_close
from club.records.views.blueprint import bp, taught_run_or_404
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit
from club.web.forms import ClubForm, show_refusal
from club.web.pages import Page, page_number

T = TypeVar("T")
#: Records, and certificates, that are shown at once.
_PER_PAGE = 200
_TRAINERS = (Audience.TRAINER, Audience.COORDINATOR, Audience.ADMINISTRATOR)
_KEEPERS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)


@bp.get("/teaching/runs/<string:code>/closing")
@open_to(*_TRAINERS)
def closing(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    if run.state is RunState.CLOSED:
        return redirect(_records_address(run))
    return _closing_page(run, ClosingForm())


@bp.post("/teaching/runs/<string:code>/closing")
@open_to(*_TRAINERS)
def close(code: str) -> ResponseReturnValue:
    run = taught_run_or_404(code)
    form = ClosingForm()
    if not form.validate():
        return _closing_page(run, form, status=422)
    shown = set(request.form.getlist("unmarked")) if form.nobody_came.data else set()
    try:
        done = operations.close_run(
            run.id,
            by=current_user.id,
            now=clock.now(),
            accepting_unmarked=[s.id for s in run.sessions if str(s.public_id) in shown],
        )
    except RefusedError as refused:
        if refused.refusal is Refusal.SESSIONS_UNMARKED:
            form.nobody_came.errors = [gettext(refused.refusal.value)]
            return _closing_page(run, form, status=422)
        show_refusal(form, refused)
        return _closing_page(run, form, status=409)
    flash(
        gettext(
            "The class is closed: %(records)s records, %(certificates)s new certificates.",
            records=len(done.records),
            certificates=len(done.certificates),
        ),
        "success",
    )
    return redirect(_records_address(run))


@bp.get("/office/runs/<string:code>/records")
@open_to(*_TRAINERS, Audience.OFFICIAL)
def run_records(code: str) -> ResponseReturnValue:
    return _records_page(_run_to_read_or_404(code), ReasonForm())


@bp.post("/teaching/runs/<string:code>/reopening")
@open_to(*_KEEPERS)
def reopen(code: str) -> ResponseReturnValue:
    run = run_by_code(code) or abort(404)
    permit(may_reopen(current_user))
    form = ReasonForm()
    if not form.validate():
        return _records_page(run, form, status=422)
    try:
        operations.reopen_run(run.id, reason=form.reason.data, by=current_user.id, now=clock.now())
    except RefusedError as refused:
        show_refusal(form, refused)
        return _records_page(run, form, status=form.answer_status)
    flash(gettext("The class is open again. Correct the attendance, then close it."), "success")
    return redirect(f"/teaching/runs/{run.code}/attendance")


@bp.post("/office/runs/<string:code>/certificates")
@open_to(*_KEEPERS)
def issue(code: str) -> ResponseReturnValue:
    run = run_by_code(code) or abort(404)
    permit(may_revoke(current_user))
    issued = issue_certificates(run.id, by=current_user.id, now=clock.now())
    flash(gettext("Certificates issued: %(count)s.", count=len(issued)), "success")
    return redirect(_records_address(run))


@bp.get("/office/runs/<string:code>/certificates/progress")
@open_to(*_TRAINERS, Audience.OFFICIAL)
def signing_progress(code: str) -> str:
    """The part of the page of records that changes while files are signed."""
    run = _run_to_read_or_404(code)
    return render_template("records/_progress.html", run=run, progress=progress_of(run.id))


def _records_address(run: Run) -> str:
    return f"/office/runs/{run.code}/records"


def _part(rows: Sequence[T], name: str) -> Page[T]:
    """A class of thousands would make one page of ten megabytes."""
    number = page_number(request.args.get(name))
    return Page(rows[(number - 1) * _PER_PAGE : number * _PER_PAGE], number, _PER_PAGE, len(rows))


def _address_of_part(run: Run, name: str, number: int) -> str:
    """The other list stays where it is."""
    places = {one: page_number(request.args.get(one)) for one in ("records", "certificates")}
    asked = {one: place for one, place in (places | {name: number}).items() if place > 1}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{_records_address(run)}{query}#{name}"


def _run_to_read_or_404(code: str) -> Run:
    run = run_by_code(code) or abort(404)
    permit(may_see_records_of_run(current_user, run))
    return run


def _closing_page(run: Run, form: ClosingForm, *, status: int = 200) -> ResponseReturnValue:
    said = operations.outcomes_of(run)
    standing = standing_certificates(run.id)
    page = render_template(
        "records/closing.html",
        run=run,
        form=form,
        outcomes=said,
        completing=sum(outcome.completed for outcome in said),
        counting=sum(outcome.counts for outcome in said),
        unmarked=unmarked_sessions(run.id),
        standing=standing,
        fates={
            held.person_id: fate_of(held, outcome, run)
            for outcome in said
            if run.held_sessions and (held := standing.get(outcome.entry.person.id))
        },
        revoked={
            c.person_id: c.number
            for c in certificates_of_run(run.id)
            if c.state is CertificateState.REVOKED
        },
        refusal=refusal_to_close(run, now=clock.now()),
        lacks=lacks(now=clock.now()),
        may_design=may_reopen(current_user),
    )
    return page, status


def _records_page(run: Run, form: ReasonForm, *, status: int = 200) -> ResponseReturnValue:
    certificates = certificates_of_run(run.id)
    holders = readers_of({c.person_id for c in certificates if c.is_valid})
    records = queries.records_of_run(run.id)
    # A class may have thousands of both: nobody is looked for among all the others.
    of_records = {c.training_record_id for c in certificates}
    of_people = {c.person_id for c in certificates if c.is_valid}
    missing = {
        r.id
        for r in records
        if r.completed and r.id not in of_records and r.person_id not in of_people
    }
    page = render_template(
        "records/run_records.html",
        run=run,
        form=form,
        token=ClubForm(),
        records=_part(records, "records"),
        certificates=_part(certificates, "certificates"),
        address_of=partial(_address_of_part, run),
        missing=missing,
        progress=progress_of(run.id),
        exceptions=open_exceptions(run.id),
        certified={c.person_id for c in certificates if MEANINGS[c.state].stands},
        may_change=may_reopen(current_user),
        unreached={who.person_id for who in holders.values() if not who.email},
    )
    return page, status
