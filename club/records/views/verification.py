"""Is this certificate genuine? Answered to everybody, on any phone, without a script."""

import re
from typing import Any

from flask import jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue

from club import clock
from club.files.forms import FileForm
from club.records.certificates import codes, finding
from club.records.certificates.checking import checks_of
from club.records.certificates.holders import names_nobody, shown_name
from club.records.certificates.kinds import KINDS, kind_of, standing_of
from club.records.certificates.models import Certificate, CertificateState
from club.records.certificates.rules import is_the_name
from club.records.certificates.states import MEANINGS
from club.records.forms import NameForm
from club.records.views.blueprint import bp
from club.vietnamese import folded
from club.web.access import Audience, open_to
from club.web.described import (
    DAY,
    FLAG,
    MOMENT,
    TEXT,
    Schema,
    described,
    list_of,
    maybe,
    one_of,
    record,
)
from club.web.limits import UNKNOWN_CODES, VERIFICATION, Limit, limited, spend

#: A number, which is no code: after the letters of its series.
_NUMBER = re.compile(r"([a-z]{2})\W*\d{4}\W*\d{1,6}")

#: By address, and by certificate whoever asks: nobody tries out names.
_NAME_ON_PAPER = Limit(
    "name-on-paper",
    "30 per 10 minutes",
    "20 per hour",
    name=lambda: codes.typed_code((request.view_args or {})["code"])[:40],
)

_CHECK = record(check=TEXT, passed=maybe(FLAG), words=TEXT)
_OF_ALL_KINDS = {
    "valid": FLAG, "state": one_of(CertificateState), "kind": TEXT,
    "is_expert_certification": FLAG, "number": TEXT, "code": TEXT, "holder": TEXT, "issuer": TEXT,
    "issued_on": DAY, "expires_on": maybe(DAY), "ended_on": maybe(DAY), "reason": maybe(TEXT),
    "replaced_by": maybe(TEXT), "checks": list_of(_CHECK), "checked_at": MOMENT,
}  # fmt: skip


def _certificate_form() -> Schema:
    """By kind; which there are is known once all rooms are."""
    return {"oneOf": [record(**_OF_ALL_KINDS, **kind.form) for kind in KINDS]}


@bp.get("/verify")
@open_to(Audience.EVERYONE)
def verify_form() -> ResponseReturnValue:
    typed = request.args.get("code", "").strip()
    if not typed:
        return verify_page(FileForm())
    # Shown under the address that the code on paper leads to as well.
    stored = codes.code_in(typed)[:40]
    if _is_number(typed) or not stored:
        return _unknown(typed)
    return redirect(f"/verify/{stored}")


@bp.get("/verify/<string:code>")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION, methods=("GET", "HEAD"))
def verify(code: str) -> ResponseReturnValue:
    found = _certificate(code)
    if found is None:
        return _guessed(code)
    return certificate_page(found, NameForm(formdata=None))


@bp.post("/verify/<string:code>")
@open_to(Audience.EVERYONE)
@limited(_NAME_ON_PAPER)
def compare_name(code: str) -> ResponseReturnValue:
    """Whether the paper bears the holder's name. What was typed goes into no address and no log."""
    found = _certificate(code)
    if found is None:
        return _guessed(code)
    typed = NameForm()
    if names_nobody(found.holder_name):
        return certificate_page(found, NameForm(formdata=None))
    if not typed.validate():
        return certificate_page(found, typed, status=422)
    is_same = is_the_name(typed.name_on_paper.data, found.holder_name)
    return certificate_page(found, typed, name_matches=is_same)


@bp.get("/verify/<string:code>.json")
@open_to(Audience.EVERYONE)
@limited(VERIFICATION, methods=("GET", "HEAD"))
@described(
    "Whether a certificate is genuine, and what it says",
    _certificate_form,
    otherwise={
        404: ("No certificate has this code", record(valid=FLAG, state={"const": "unknown"})),
        429: ("Too many tries; Retry-After says when to go on", None),
    },
)
def verify_as_data(code: str) -> ResponseReturnValue:
    found = _certificate(code)
    if found is None:
        spend(UNKNOWN_CODES)
        return jsonify(valid=False, state="unknown"), 404
    return jsonify(known_as_data(found))


def known_as_data(found: Certificate) -> dict[str, Any]:
    """What ``what_is_known`` says, for programs."""
    now, kind = clock.now(), kind_of(found)
    standing = standing_of(found, day=clock.local_day(now))
    since = standing.since
    return {
        "valid": MEANINGS[standing.state].holds,
        "state": standing.state.value,
        "kind": kind.name,
        "is_expert_certification": kind.is_expert_certification,
        "number": found.number,
        "code": codes.written(found.code),
        "holder": shown_name(found.holder_name),
        "issuer": found.issuer_name,
        "issued_on": found.issued_on.isoformat(),
        "expires_on": found.expires_on.isoformat() if found.expires_on else None,
        "ended_on": clock.local_day(since).isoformat() if since else None,
        "reason": standing.reason,
        "replaced_by": standing.replaced_by,
        "checks": [
            {
                "check": check.name,
                "passed": check.passed,
                "words": f"{check.words} {check.next_step}".strip(),
            }
            for check in checks_of(found, now=now)
        ],
        "checked_at": now.isoformat(timespec="seconds"),
    } | kind.said(found)


def what_is_known(found: Certificate) -> dict[str, Any]:
    """What the page of a certificate tells strangers."""
    now = clock.now()
    return {
        "certificate": found,
        "kind": kind_of(found),
        "standing": standing_of(found, day=clock.local_day(now)),
        "checks": checks_of(found, now=now),
        "holder": shown_name(found.holder_name),
        "code": codes.written(found.code),
        "now": now,
    }


def certificate_page(
    found: Certificate, typed: NameForm, *, name_matches: bool | None = None, status: int = 200
) -> ResponseReturnValue:
    """``name_matches``: ``None`` where no name was compared."""
    page = render_template(
        "records/verify.html",
        form=FileForm(formdata=None),
        name_form=typed,
        name_matches=name_matches,
        **what_is_known(found),
    )
    return page, status


def verify_page(form: FileForm, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "records/verify_form.html",
        form=form,
        # Asked only where the club is invented: codes of people who are not are never listed.
        samples=lambda: [it for kind in KINDS for it in kind.samples(clock.today())],
    )
    return page, status


def _certificate(typed: str) -> Certificate | None:
    """Only a code whose check letters are right costs a query."""
    code = codes.typed_code(typed)
    return finding.certificate_by_code(code) if codes.is_well_formed(code) else None


def _guessed(code: str) -> ResponseReturnValue:
    """Counted, so that nobody tries codes by the thousand."""
    spend(UNKNOWN_CODES)
    return _unknown(code)


def _unknown(typed: str) -> ResponseReturnValue:
    stored = codes.code_in(typed)
    page = render_template(
        "records/verify_unknown.html",
        typed=typed[:60],
        is_number=_is_number(typed),
        length=len(stored),
        right_length=codes.LENGTH,
        fits=codes.is_well_formed(stored),
    )
    return page, 404


def _is_number(typed: str) -> bool:
    """Whether it is the number of a certificate, which some take for its code."""
    found = _NUMBER.fullmatch(folded(typed))
    return found is not None and found.group(1).upper() in {kind.series for kind in KINDS}
