"""The public register: who agreed to be shown and holds a certificate valid today."""

from flask import Blueprint, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from club import clock
from club.certification import queries
from club.certification.queries import ListedExpert
from club.web.access import Audience, open_to
from club.web.described import DAY, TEXT, described, list_of, maybe, record

bp = Blueprint("experts", __name__)

_CERTIFICATE = record(
    scheme=TEXT, standard=maybe(TEXT), level=maybe(TEXT), body=TEXT, issued_on=DAY,
    expires_on=maybe(DAY), scope=maybe(TEXT),
)  # fmt: skip


@bp.get("/experts/")
@open_to(Audience.EVERYONE)
def register() -> str:
    today = clock.today()
    q = " ".join(request.args.get("q", "").split())[:100]
    scheme = request.args.get("scheme", "")[:40]
    return render_template(
        "certification/register.html",
        experts=queries.listed_experts(on=today, q=q, scheme=scheme),
        schemes=queries.outside_schemes(),
        q=q,
        scheme=scheme,
        today=today,
    )


@bp.get("/experts/<string:code>")
@open_to(Audience.EVERYONE)
def expert(code: str) -> str:
    today = clock.today()
    found = queries.listed_expert(code, on=today) or abort(404)
    return render_template("certification/expert.html", expert=found, today=today)


@bp.get("/experts.json")
@open_to(Audience.EVERYONE)
@described(
    "Experts who agreed to be named, with certificates that are valid today",
    record(
        as_of=DAY,
        items=list_of(record(code=TEXT, name=TEXT, certificates=list_of(_CERTIFICATE))),
    ),
)
def register_as_data() -> ResponseReturnValue:
    today = clock.today()
    items = [_as_data(expert) for expert in queries.listed_experts(on=today)]
    return jsonify(as_of=today.isoformat(), items=items)


def _as_data(expert: ListedExpert) -> dict[str, object]:
    return {
        "code": expert.code,
        "name": expert.name,
        "certificates": [
            {
                "scheme": held.scheme_name or held.scheme.name,
                "standard": held.scheme.standard,
                "level": held.level,
                "body": held.body,
                "issued_on": held.issued_on.isoformat(),
                "expires_on": held.expires_on.isoformat() if held.expires_on else None,
                "scope": held.scope,
            }
            for held in expert.certificates
        ],
    }
