"""Members propose cases: their own proposals, and the form that leads through one."""

import uuid

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from club import clock
from club.accounts.queries import names_of
from club.knowledge.editing import queries as editing
from club.knowledge.editing.forms import CommentForm
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.editing.permissions import is_proposer
from club.knowledge.editing.rules import WRITABLE, Step, refusal_to_step
from club.knowledge.editing.showing import as_read, documents_side_by_side
from club.knowledge.proposals import operations, queries, rules
from club.knowledge.proposals.forms import PART_FORMS, MeasuresForm, MemberRemarkForm, PartForm
from club.knowledge.proposals.permissions import may_propose
from club.knowledge.proposals.rules import Part
from club.knowledge.queries import known_keys
from club.membership.queries import is_member
from club.refusal import RefusedError
from club.web.access import Audience, open_to, permit, who_asks
from club.web.comparing import Section
from club.web.forms import follow, show_refusal
from club.web.language import is_english, moment
from club.web.limits import Limit, limited
from club.web.requested import wants_data

bp = Blueprint("proposals", __name__)


def _who() -> str:
    return str(current_user.fs_uniquifier)


_BEGINNING = Limit("proposal", per_name="20 per day", name=_who)
#: A script saves every few seconds while somebody types.
_SAVING = Limit("proposal-saving", per_name="1200 per hour", name=_who)
_REMARKS = Limit("proposal-remark", per_name="40 per hour", name=_who)


@bp.get("/me/proposals")
@open_to(Audience.SIGNED_IN)
def own_proposals() -> str:
    found = queries.proposals_of(current_user.person_id)
    is_in = is_member(current_user.person_id, on=clock.today())
    return render_template(
        "knowledge/proposals/own.html",
        proposals=found,
        may_propose=may_propose(who_asks(), is_member=is_in),
        most_open=rules.MOST_OPEN,
    )


@bp.post("/me/proposals")
@open_to(Audience.SIGNED_IN)
@limited(_BEGINNING)
def begin() -> ResponseReturnValue:
    draft = operations.begin(by=current_user.id, now=clock.now())
    return redirect(_address(draft, Part.PROBLEM))


@bp.get("/me/proposals/<uuid:public_id>/<any(problem, done, measures):part>")
@open_to(Audience.SIGNED_IN)
def part(public_id: uuid.UUID, part: str) -> ResponseReturnValue:
    draft = _own(public_id)
    if draft.state not in WRITABLE:
        return redirect(_address(draft))
    form = _form(draft, Part(part))
    if "look" in request.args:
        form.show(rules.wanting(draft.facts, known_keys())[Part(part)])
    return _part_page(draft, form)


@bp.post("/me/proposals/<uuid:public_id>/<any(problem, done, measures):part>")
@open_to(Audience.SIGNED_IN)
@limited(_SAVING)
def save_part(public_id: uuid.UUID, part: str) -> ResponseReturnValue:
    """Save; then go on if nothing is missing, back, or add a figure, as the button says."""
    draft = _own(public_id)
    form = _form(draft, Part(part))
    if not form.validate():
        return _refused(draft, form, 422)
    document = form.told(draft.facts)
    try:
        draft = operations.save(
            draft.id, document, seen=form.seen.data or 0, by=current_user.id, now=clock.now()
        )
    except RefusedError as refused:
        show_refusal(form, refused)
        now = _own(public_id)
        follow(form.seen, now.version)
        return _refused(now, form, 409, documents_side_by_side(now.facts, document))
    if wants_data():
        return jsonify(version=draft.version, saved=moment(draft.modified_at))
    return _go_on(draft, form)


@bp.get("/me/proposals/<uuid:public_id>")
@open_to(Audience.SIGNED_IN)
def proposal(public_id: uuid.UUID) -> str:
    """How it stands; of one that can be written on, the last look before it is handed in."""
    return _overview(_own(public_id))


@bp.post("/me/proposals/<uuid:public_id>/submission")
@open_to(Audience.SIGNED_IN)
def hand_in(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = _own(public_id)
    operations.hand_in(
        draft.id,
        names_proposer="named" in request.form,
        by=current_user.id,
        now=clock.now(),
    )
    flash(gettext("Handed in. The club looks it over and writes to you."), "success")
    return redirect(_address(draft))


@bp.post("/me/proposals/<uuid:public_id>/taking-back")
@open_to(Audience.SIGNED_IN)
def take_back(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = _own(public_id)
    drafting.take_back(draft.id, by=current_user.id, now=clock.now())
    return redirect(_address(draft))


@bp.post("/me/proposals/<uuid:public_id>/withdrawal")
@open_to(Audience.SIGNED_IN)
def withdraw(public_id: uuid.UUID) -> ResponseReturnValue:
    drafting.discard(_own(public_id).id, by=current_user.id, now=clock.now())
    flash(gettext("The proposal is withdrawn."), "success")
    return redirect("/me/proposals")


@bp.post("/me/proposals/<uuid:public_id>/name")
@open_to(Audience.SIGNED_IN)
def name(public_id: uuid.UUID) -> ResponseReturnValue:
    draft = _own(public_id)
    operations.name_proposer(draft.id, wished="named" in request.form)
    flash(gettext("Saved."), "success")
    return redirect(_address(draft))


@bp.post("/me/proposals/<uuid:public_id>/remarks")
@open_to(Audience.SIGNED_IN)
@limited(_REMARKS)
def remark(public_id: uuid.UUID) -> ResponseReturnValue:
    draft, form = _own(public_id), MemberRemarkForm()
    known = {one.id for one in editing.comments_on(draft.id)}
    answers = request.form.get("answers", type=int)
    if answers is not None and answers not in known:
        abort(404)
    if form.validate():
        try:
            reviewing.comment(
                draft.id, form.text.data, answers=answers, by=current_user.id, now=clock.now()
            )
        except RefusedError as refused:
            show_refusal(form, refused)
        else:
            return redirect(f"{_address(draft)}#remarks")
    return _overview(_own(public_id), form), form.answer_status


def _own(public_id: uuid.UUID) -> Draft:
    draft = editing.draft_by_public_id(public_id) or abort(404)
    permit(is_proposer(who_asks(), draft))
    return draft


def _address(draft: Draft, part: Part | None = None) -> str:
    own = f"/me/proposals/{draft.public_id}"
    return f"{own}/{part.value}" if part else own


def _form(draft: Draft, part: Part) -> PartForm:
    tools = editing.choices(english=is_english()).tools if part is Part.DONE else {}
    return PART_FORMS[part].of(draft.facts, seen=draft.version, tools=tools)


def _go_on(draft: Draft, form: PartForm) -> ResponseReturnValue:
    parts, then = list(Part), request.form.get("then", "")
    place = parts.index(form.part)
    if then == "more":
        return redirect(f"{_address(draft, form.part)}?more=1#measures")
    if then == "pictures":
        return redirect(f"{_address(draft)}/pictures")
    if then == "back":
        return redirect(_address(draft, parts[max(place - 1, 0)]))
    if then != "next":
        flash(gettext("Saved."), "success")
        return redirect(_address(draft, form.part))
    form.show(rules.wanting(draft.facts, known_keys())[form.part])
    if form.errors:
        follow(form.seen, draft.version)
        return _part_page(draft, form), 422
    return redirect(_address(draft, parts[place + 1] if place + 1 < len(parts) else None))


def _refused(
    draft: Draft, form: PartForm, status: int, conflict: list[Section] | None = None
) -> ResponseReturnValue:
    if wants_data():
        words = form.form_errors or [gettext("Not saved yet: something has to be mended first.")]
        return jsonify(error=words[0]), status
    return _part_page(draft, form, conflict=conflict), status


def _part_page(draft: Draft, form: PartForm, *, conflict: list[Section] | None = None) -> str:
    if isinstance(form, MeasuresForm) and "more" in request.args:
        form.add_row()
    employers = queries.employers_of(current_user.person_id, on=clock.today())
    return render_template(
        f"knowledge/proposals/part_{form.part.value}.html",
        draft=draft,
        form=form,
        part=form.part,
        parts=list(Part),
        conflict=conflict,
        closed=draft.state not in WRITABLE,
        employers=employers if form.part is Part.PROBLEM else [],
        modified_by=names_of({draft.modified_by_id} if draft.modified_by_id else ()),
        may_add=isinstance(form, MeasuresForm) and len(form.measures) < rules.MOST_MEASURES,
    )


def _overview(draft: Draft, form: CommentForm | None = None) -> str:
    steps, remarks = editing.steps_of(draft.id), editing.comments_on(draft.id)
    article = editing.article_of(draft)
    wanting = rules.wanting(draft.facts, known_keys()) if draft.state in WRITABLE else {}
    talking = {*(one.by_id for one in remarks), *(one.by_id for one in steps)}
    return render_template(
        "knowledge/proposals/proposal.html",
        draft=draft,
        state=queries.Proposal(draft, article).state,
        article=article,
        wanting=wanting,
        is_writable=draft.state in WRITABLE,
        parts=list(Part),
        may_take_back=refusal_to_step(Step.TAKE_BACK, draft.state) is None,
        told=[one for one in steps if one.reason],
        steps=steps,
        remarks=remarks,
        form=form or MemberRemarkForm(),
        names=names_of({one for one in talking if one}),
        shown=_facts_shown(),
        **as_read(draft.facts),
    )


def _facts_shown() -> set[str]:
    """What members are asked for, by its name; everything else editors add."""
    return {
        gettext("Firm or agency"),
        gettext("Sector"),
        gettext("Size"),
        gettext("Year"),
        gettext("How long it took"),
        gettext("Cost"),
        gettext("Tools"),
        gettext("Figures"),
        gettext("How it was measured"),
    }
