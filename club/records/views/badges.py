"""Certificates for programs: the badge for the holder's wallet, and what verifiers fetch."""

import uuid

from flask import Response, abort, current_app, jsonify
from flask.typing import ResponseReturnValue

from club import clock
from club.audit.looks import shows_person
from club.config import Settings
from club.records.certificates import badges, queries
from club.records.certificates.badges import LIST_LASTS, LIST_SIZE, SET_FOR, StatusPurpose
from club.records.certificates.issuer import issuer_on
from club.records.certificates.models import SigningKey
from club.records.certificates.rules import refusal_to_give_out
from club.records.certificates.signing import keys_in_use
from club.records.certificates.tokens import public_jwk
from club.records.views.blueprint import bp
from club.records.views.certificates import certificate_or_404
from club.refusal import RefusedError
from club.web.access import Audience, open_to
from club.web.described import MOMENT, TEXT, described, list_of, record

_JWK = record(kty=TEXT, crv=TEXT, x=TEXT, y=TEXT)
_DISTRUSTED = record(distrusted_from=MOMENT, reason=TEXT)
_SIGNED = "application/vc+jwt"


@bp.get("/certificates/<uuid:public_id>.jwt")
@open_to(Audience.SIGNED_IN)
@shows_person("completion_certificate", "public_id", called=queries.number_of)
def certificate_badge(public_id: uuid.UUID) -> Response:
    """An Open Badges 3.0 credential with the holder's full name."""
    found = certificate_or_404(public_id)
    refusal = refusal_to_give_out(found.state)
    if refusal:
        raise RefusedError(refusal)
    keys, key = keys_in_use(now=clock.now())
    return Response(
        badges.badge(found, keys, key, public_url=_issuer_url()),
        mimetype=_SIGNED,
        headers={"Content-Disposition": f'attachment; filename="{found.number}.jwt"'},
    )


@bp.get("/verify/status/<string:purpose>/<int:number>")
@open_to(Audience.EVERYONE)
def status_list(purpose: str, number: int) -> Response:
    """Which certificates are revoked or suspended."""
    if purpose not in set(StatusPurpose) or number > queries.last_certificate_id() // LIST_SIZE:
        abort(404)
    wanted, first, now = StatusPurpose(purpose), number * LIST_SIZE, clock.now()
    keys, key = keys_in_use(now=now)
    signed = badges.status_list(
        wanted,
        number,
        queries.certificates_between(first, first + LIST_SIZE - 1, SET_FOR[wanted]),
        keys,
        key,
        public_url=_issuer_url(),
        now=now,
    )
    seconds = int(LIST_LASTS.total_seconds()) // 3
    return Response(
        signed, mimetype=_SIGNED, headers={"Cache-Control": f"public, max-age={seconds}"}
    )


@bp.get("/verify/keys.json")
@open_to(Audience.EVERYONE)
@described("All public keys of the club that are to be believed", record(keys=list_of(_JWK)))
def public_keys() -> ResponseReturnValue:
    return jsonify(keys=[public_jwk(key.certificate) for key in _believed()])


@bp.get("/verify/keys/<string:fingerprint>.json")
@open_to(Audience.EVERYONE)
@described(
    "One public key, as a JWK",
    _JWK,
    otherwise={
        404: ("The club never signed with it", None),
        410: ("Not to be believed: others may have had it", _DISTRUSTED),
    },
)
def public_key(fingerprint: str) -> ResponseReturnValue:
    found = queries.signing_key(fingerprint) or abort(404)
    if found.distrusted_from:
        since = found.distrusted_from.isoformat(timespec="seconds")
        return jsonify(distrusted_from=since, reason=found.distrust_reason), 410
    return jsonify(public_jwk(found.certificate))


@bp.get("/verify/issuer.json")
@open_to(Audience.EVERYONE)
@described(
    "The club as the issuer of badges", record(id=TEXT, type=list_of(TEXT), name=TEXT, url=TEXT)
)
def issuer_profile() -> ResponseReturnValue:
    name, _name_en = issuer_on(clock.today())
    return jsonify(badges.profile(name, public_url=_issuer_url()))


@bp.get("/verify/authority.pem")
@open_to(Audience.EVERYONE)
def authority() -> Response:
    """What a PDF reader is told to trust, so that it shows the club's signatures as good."""
    authorities = dict.fromkeys(key.authority for key in _believed())
    if not authorities:
        abort(404)
    return Response(
        "".join(authorities),
        mimetype="application/x-pem-file",
        headers={"Content-Disposition": 'attachment; filename="cau-lac-bo.pem"'},
    )


def _believed() -> list[SigningKey]:
    return [key for key in queries.signing_keys() if key.distrusted_from is None]


def _issuer_url() -> str:
    settings: Settings = current_app.extensions["club.settings"]
    return settings.issuer_url
