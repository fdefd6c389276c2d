"""Is this certificate genuine? Answered to everybody, on any phone, without a script."""

import re

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from club import clock
from club.records.certificates import codes, queries
from club.records.certificates.models import CertificateState, CompletionCertificate
from club.records.certificates.rules import masked_name
from club.records.views.blueprint import bp
from club.vietnamese import folded
from club.web.access import Audience, open_to
from club.web.described import DAY, FLAG, MOMENT, NUMBER, TEXT, described, maybe, one_of, record
from club.web.limits import VERIFICATION, limited

_NUMBER = re.compile(r"cn\W*\d{4}\W*\d{1,6}")

_CERTIFICATE = record(
    valid=FLAG, state=one_of(CertificateState), kind=TEXT, is_expert_certification=FLAG,
    number=TEXT, code=TEXT, holder=TEXT, course=TEXT, course_en=maybe(TEXT), course_code=TEXT,
    run=TEXT, first_day=DAY, last_day=DAY, hours=NUMBER, issuer=TEXT, issued_on=DAY,
    ended_on=maybe(DAY), reason=maybe(TEXT), replaced_by=maybe(TEXT), checked_at=MOMENT,
)  # fmt: skip


@bp.get("/verify")
@open_to(Audience.EVERYONE)
def verify_form() -> ResponseReturnValue:
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("records/verify_form.html")
    # Shown under the address that the code on paper leads to as well.
    stored = codes.typed_code(typed)[:40]
    if _NUMBER.fullmatch(folded(typed)) or not stored:
        return _unknown(typed)
    return redirect(f"/verify/{stored}")


@bp.get("/verify/<string:code>")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION, methods=("GET", "HEAD"))
def verify(code: str) -> ResponseReturnValue:
    found = _certificate(code)
    if found is None:
        return _unknown(code)
    return render_template(
        "records/verify.html",
        certificate=found,
        holder=masked_name(found.holder_name),
        code=codes.written(found.code),
        now=clock.now(),
    )


@bp.get("/verify/<string:code>.json")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION, methods=("GET", "HEAD"))
@described(
    "Whether a completion certificate is genuine, and what it says",
    _CERTIFICATE,
    otherwise={
        404: ("No certificate has this code", record(valid=FLAG, state={"const": "unknown"})),
        429: ("Too many tries; Retry-After says when to go on", None),
    },
)
def verify_as_data(code: str) -> ResponseReturnValue:
    found = _certificate(code)
    if found is None:
        return jsonify(valid=False, state="unknown"), 404
    ended = None if found.is_valid else found.state_changed_at
    return jsonify(
        valid=found.is_valid,
        state=found.state.value,
        kind="completion_certificate",
        is_expert_certification=False,
        number=found.number,
        code=codes.written(found.code),
        holder=masked_name(found.holder_name),
        course=found.course_title,
        course_en=found.course_title_en,
        course_code=found.course_code,
        run=found.run_code,
        first_day=found.first_day.isoformat(),
        last_day=found.last_day.isoformat(),
        hours=round(found.attended_minutes / 60, 1),
        issuer=found.issuer_name,
        issued_on=found.issued_on.isoformat(),
        ended_on=clock.local_day(ended).isoformat() if ended else None,
        reason=None if found.is_valid else found.state_reason,
        replaced_by=found.replaced_by.number if found.replaced_by else None,
        checked_at=clock.now().isoformat(timespec="seconds"),
    )


def _certificate(typed: str) -> CompletionCertificate | None:
    """Only a code whose check letters are right costs a query."""
    code = codes.typed_code(typed)
    return queries.certificate_by_code(code) if codes.is_well_formed(code) else None


def _unknown(typed: str) -> ResponseReturnValue:
    stored = codes.typed_code(typed)
    page = render_template(
        "records/verify_unknown.html",
        typed=typed[:60],
        is_number=bool(_NUMBER.fullmatch(folded(typed))),
        length=len(stored),
        right_length=codes.LENGTH,
        fits=codes.is_well_formed(stored),
    )
    return page, 404
