"""The public register: who agreed to be shown and holds a certification."""

from dataclasses import fields

from flask import abort, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from club import clock
from club.certification.register import queries
from club.certification.register.facts import Holding, HoldingKind, ListedExpert, Shown, Wanted
from club.certification.register.models import FieldKind
from club.certification.register.words import FieldWords, field_words
from club.certification.views.register.blueprint import bp
from club.vietnamese import tidy_line
from club.web.access import Audience, open_to
from club.web.described import DAY, FLAG, INTEGER, TEXT, described, list_of, maybe, one_of, record
from club.web.language import said
from club.web.pages import page_number

_PATH = "/experts/"
#: In one answer for programs.
_ITEMS = 100
_LONGEST = 100
_CERTIFICATE = record(
    kind=one_of(HoldingKind), standing=one_of(Shown), scheme=TEXT, standard=maybe(TEXT),
    level=maybe(TEXT), body=maybe(TEXT), issued_on=DAY, valid_from=DAY,
    expires_on=maybe(DAY), scope=maybe(TEXT),
)  # fmt: skip
_QUERY = {
    "q": "Words of the name, with or without marks.",
    "scheme": "Key of a scheme.",
    "level": "Level within the scheme.",
    "tool": "Key of a tool of the knowledge base.",
    "topic": "Key of a topic.",
    "sector": "Key of a sector.",
    "language": "ISO 639-1 code of a language in which the expert helps.",
    "ward": "Key of a ward to which the expert comes.",
    "helps": "1: only who can be asked for help through the site.",
    "page": "Page, from 1.",
}


@bp.get(_PATH)
@open_to(Audience.EVERYONE)
def register() -> str:
    today, wanted = clock.today(), _wanted()
    words, titles = field_words(on=today), queries.titles(on=today)
    schemes = {t.scheme_key: said(t.scheme, t.scheme_en) for t in titles}
    levels = {t.level_key: said(t.level, t.level_en) for t in titles if t.level_key}
    return render_template(
        "certification/register/list.html",
        page=queries.experts_listed(wanted, on=today, page=page_number(request.args.get("page"))),
        page_url=lambda n: wanted.address(_PATH, page=n),
        wanted=wanted,
        words=words,
        schemes=schemes,
        levels=levels,
        chips=_chips(wanted, words, {"scheme": schemes, "level": levels}),
        ask_club=Wanted(tool=wanted.tool, sector=wanted.sector).address("/experts/help"),
    )


@bp.get("/experts/<string:code>")
@open_to(Audience.EVERYONE)
def expert(code: str) -> str:
    today = clock.today()
    found = queries.listed_expert(code, on=today) or abort(404)
    return render_template(
        "certification/register/expert.html",
        expert=found,
        words=field_words(on=today),
        today=today,
    )


@bp.get("/experts.json")
@open_to(Audience.EVERYONE)
@described(
    "Experts who agreed to be named: their certifications, and what they can help with",
    record(
        as_of=DAY,
        total=INTEGER,
        items=list_of(
            record(
                code=TEXT, name=TEXT, page=TEXT, certificates=list_of(_CERTIFICATE),
                presentation=maybe(TEXT), can_be_asked=FLAG, tools=list_of(TEXT),
                topics=list_of(TEXT), sectors=list_of(TEXT), languages=list_of(TEXT),
                wards=list_of(TEXT),
            )
        ),
        next=maybe(TEXT),
    ),
    query=_QUERY,
)  # fmt: skip
def register_as_data() -> ResponseReturnValue:
    today, wanted = clock.today(), _wanted()
    number = page_number(request.args.get("page"))
    page = queries.experts_listed(wanted, on=today, page=number, size=_ITEMS)
    site = current_app.extensions["club.settings"].public_url
    following = wanted.address(f"{site}/experts.json", page=number + 1)
    return jsonify(
        as_of=today.isoformat(),
        total=page.total,
        items=[_as_data(expert, site) for expert in page.items],
        next=following if page.has_next else None,
    )


def _wanted() -> Wanted:
    given = {
        one.name: tidy_line(request.args.get(one.name, ""))[:_LONGEST] for one in fields(Wanted)
    }
    return Wanted(**given)


def _chips(
    wanted: Wanted, words: FieldWords, titles: dict[str, dict[str, str]]
) -> list[tuple[str, str]]:
    """What is filtered by, each with the address without it."""
    told: dict[str, dict[str, str]] = {kind.value: dict(words[kind]) for kind in FieldKind}
    told |= titles | {"helps": {wanted.helps: gettext("Can be asked for help")}}
    return [
        (
            f"“{value}”" if name == "q" else told[name].get(value, value),
            wanted.address(_PATH, but=name),
        )
        for name, value in wanted.used().items()
    ]


def _as_data(expert: ListedExpert, site: str) -> dict[str, object]:
    return {
        "code": expert.code,
        "name": expert.name,
        "page": f"{site}/experts/{expert.code}",
        "certificates": [_holding_as_data(held) for held in expert.holdings],
        "presentation": expert.presentation,
        "can_be_asked": expert.can_be_asked,
    } | {f"{kind.value}s": list(expert.fields.get(kind, ())) for kind in FieldKind}


def _holding_as_data(held: Holding) -> dict[str, object]:
    return {
        "kind": held.kind.value,
        "standing": held.standing.value,
        "scheme": held.scheme,
        "standard": held.standard,
        "level": held.level,
        "body": held.body,
        "issued_on": held.issued_on.isoformat(),
        "valid_from": held.valid_from.isoformat(),
        "expires_on": held.expires_on.isoformat() if held.expires_on else None,
        "scope": held.scope,
    }
