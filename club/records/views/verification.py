"""Is this certificate genuine? Answered to everybody, on any phone, without a script."""

import re
from typing import Any

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from club import clock
from club.files.forms import FileForm
from club.records.certificates import codes, queries
from club.records.certificates.checking import checks_of, state_of
from club.records.certificates.models import CertificateState, CompletionCertificate
from club.records.certificates.rules import masked_name
from club.records.certificates.scores import Score, ScoredPart, said_by
from club.records.certificates.states import MEANINGS
from club.records.views.blueprint import bp
from club.vietnamese import folded
from club.web.access import Audience, open_to
from club.web.described import (
    DAY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    described,
    list_of,
    maybe,
    one_of,
    record,
)
from club.web.limits import VERIFICATION, limited

_NUMBER = re.compile(r"cn\W*\d{4}\W*\d{1,6}")

#: Points and maximum are ``null`` for an assignment that is passed or not: it was passed.
_SCORE = record(part=one_of(ScoredPart), points=maybe(NUMBER), maximum=maybe(NUMBER))
_CHECK = record(check=TEXT, passed=maybe(FLAG), words=TEXT)
_CERTIFICATE = record(
    valid=FLAG, state=one_of(CertificateState), kind=TEXT, is_expert_certification=FLAG,
    number=TEXT, code=TEXT, holder=TEXT, course=TEXT, course_en=maybe(TEXT), course_code=TEXT,
    run=TEXT, first_day=DAY, last_day=DAY, hours=NUMBER, scores=list_of(_SCORE), issuer=TEXT,
    issued_on=DAY,
    expires_on=maybe(DAY), ended_on=maybe(DAY), reason=maybe(TEXT), replaced_by=maybe(TEXT),
    checks=list_of(_CHECK), checked_at=MOMENT,
)  # fmt: skip


@bp.get("/verify")
@open_to(Audience.EVERYONE)
def verify_form() -> ResponseReturnValue:
    typed = request.args.get("code", "").strip()
    if not typed:
        return verify_page(FileForm())
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
    return render_template("records/verify.html", form=FileForm(), **what_is_known(found))


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
    return jsonify(known_as_data(found))


def known_as_data(found: CompletionCertificate) -> dict[str, Any]:
    """What ``what_is_known`` says, for programs."""
    now = clock.now()
    state = state_of(found, day=clock.local_day(now))
    ended = None if found.is_valid else found.state_changed_at
    return {
        "valid": MEANINGS[state].holds,
        "state": state.value,
        "kind": "completion_certificate",
        "is_expert_certification": False,
        "number": found.number,
        "code": codes.written(found.code),
        "holder": masked_name(found.holder_name),
        "course": found.course_title,
        "course_en": found.course_title_en,
        "course_code": found.course_code,
        "run": found.run_code,
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "hours": round(found.attended_minutes / 60, 1),
        "scores": [_score(score) for score in said_by(found)],
        "issuer": found.issuer_name,
        "issued_on": found.issued_on.isoformat(),
        "expires_on": found.expires_on.isoformat() if found.expires_on else None,
        "ended_on": clock.local_day(ended).isoformat() if ended else None,
        "reason": None if found.is_valid else found.state_reason,
        "replaced_by": found.replaced_by.number if found.replaced_by else None,
        "checks": [
            {"check": check.name, "passed": check.passed, "words": check.words}
            for check in checks_of(found, now=now)
        ],
        "checked_at": now.isoformat(timespec="seconds"),
    }


def _score(score: Score) -> dict[str, Any]:
    maximum = score.maximum
    return {
        "part": score.part.value,
        "points": None if maximum is None else float(score.points),
        "maximum": None if maximum is None else float(maximum),
    }


def what_is_known(found: CompletionCertificate) -> dict[str, Any]:
    """What the page of a certificate tells strangers."""
    now = clock.now()
    return {
        "certificate": found,
        "state": state_of(found, day=clock.local_day(now)),
        "checks": checks_of(found, now=now),
        "holder": masked_name(found.holder_name),
        "code": codes.written(found.code),
        "now": now,
    }


def verify_page(form: FileForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "records/verify_form.html",
        form=form,
        # Asked only where the club is invented: codes of people who are not are never listed.
        samples=lambda: queries.latest_of_each_state(clock.today()),
    )
    return page, status


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
