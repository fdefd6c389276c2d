"""Between the fields of a form and the document of a text."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from club.knowledge.editing.forms import CaseForm, TextForm
from club.knowledge.editing.queries import Choices
from club.knowledge.facts import Consent, Document, where_said
from club.knowledge.figures import in_english, written
from club.knowledge.models import ArticleKind
from club.web.forms import lines_of
from club.web.language import is_english
from club.web.typed_numbers import typed_number

_PAIRS = ("size", "duration", "cost", "programme", "problem", "how_measured")
_PAIRS_OF_MEASURES = ("unit", "change", "period", "note")


def form_of(document: Document, choices: Choices, **given: Any) -> TextForm:
    """The form with what was typed, else with what the document says. ``given``: further fields."""
    is_case = document["kind"] == ArticleKind.CASE.value
    known = _common(document) | (_case(document) if is_case else {})
    form = (CaseForm if is_case else TextForm)(data=known | given)
    form.topics.choices = list(choices.topics.items())
    form.tools.choices = list(choices.tools.items())
    form.main_tool.choices = [*form.main_tool.choices, *choices.tools.items()]
    if isinstance(form, CaseForm):
        form.unit.choices = [*form.unit.choices, *choices.units.items()]
    form.courses.choices = list(
        ({code: code for code in document["courses"]} | choices.courses).items()
    )
    return form


def typed_document(form: TextForm, before: Document) -> Document:
    """What the form says. ``before``: what the draft said until now, for what no field holds."""
    document: Document = {
        "slug": form.slug.data or "",
        "kind": before["kind"],
        "title": _pair(form, "title"),
        "summary": _pair(form, "summary"),
        "topics": _in_order(form.topics.data, before["topics"]),
        "tools": _tools(form, before),
        "courses": _in_order(form.courses.data, before["courses"]),
        "checked_on": _iso(form.checked_on.data),
        "review_by": _iso(form.review_by.data),
        "sources": [_source(row) for row in form.sources.data if row["title"] or row["url"]],
        "body": form.body.data or "",
        "english": form.english.data,
    }
    return document | (_typed_case(form) if isinstance(form, CaseForm) else {})


def _typed_case(form: CaseForm) -> Document:
    return {
        "organisation": {
            "name": form.organisation.data or "",
            "name_unconfirmed": form.name_unconfirmed.data,
            **where_said(name_en=form.organisation_en.data, anonymised=form.anonymised.data),
        },
        **_consent(form.consent.data),
        "country": form.country.data or "",
        "place": form.place.data,
        **where_said(unit=form.unit.data),
        "sector": form.sector.data or "",
        "year": form.year.data,
        **{name: _pair_or_none(form.data, name) for name in _PAIRS},
        "result_kind": form.result_kind.data or None,
        "strength": form.strength.data or None,
        "unknown": {"vi": lines_of(form.unknown_vi.data), "en": lines_of(form.unknown_en.data)},
        "measures": [_measure(row) for row in form.measures.data if _says_something(row)],
    }


def _consent(chosen: str | None) -> Document:
    """Unsaid, it is the one that needs nothing more."""
    return {} if chosen == Consent.PUBLISHED_SOURCE.value else {"consent": chosen or ""}


def _says_something(row: Mapping[str, Any]) -> bool:
    chosen = {"about", "direction", "strength", "conflicts", "csrf_token"}
    conflicts = row.get("conflicts") or ()
    return any(value for name, value in row.items() if name not in chosen) or any(
        map(_says_something, conflicts)
    )


def _source(row: Mapping[str, Any]) -> Document:
    return {"title": row["title"] or "", "url": row["url"], "secondary": row["secondary"]}


def _measure(row: Mapping[str, Any]) -> Document:
    return {
        "metric": {"vi": row["metric_vi"] or "", "en": row["metric_en"] or ""},
        "about": row["about"] or None,
        "before": typed_figure(row["before"]),
        "after": typed_figure(row["after"]),
        "direction": row["direction"] or None,
        **{name: _pair_or_none(row, name) for name in _PAIRS_OF_MEASURES},
        **where_said(
            strength=row["strength"],
            how_measured=_pair_or_none(row, "how_measured"),
            source=typed_figure(row["source"]),
            conflicts=[_conflict(one) for one in row["conflicts"] if _says_something(one)],
        ),
    }


def _conflict(row: Mapping[str, Any]) -> Document:
    return {
        "before": typed_figure(row["before"]),
        "after": typed_figure(row["after"]),
        "change": _pair_or_none(row, "change"),
        "where": _pair_or_none(row, "where"),
    }


def typed_figure(typed: str | None) -> float | int | str | None:
    """A number where one was typed, else the words around one."""
    number = typed_number(typed, english=is_english()) if typed and "%" not in typed else None
    if number is None:
        return typed
    return int(number) if number == number.to_integral_value() else float(number)


def _pair(form: TextForm, name: str) -> dict[str, str]:
    return {one: form.data[f"{name}_{one}"] or "" for one in ("vi", "en")}


def _pair_or_none(fields: Mapping[str, Any], name: str) -> dict[str, str] | None:
    pair = {one: fields[f"{name}_{one}"] or "" for one in ("vi", "en")}
    return pair if any(pair.values()) else None


def _tools(form: TextForm, before: Document) -> list[str]:
    """A tool's page is about its first one; the others stay in the order they had."""
    if before["kind"] != ArticleKind.TOOL.value:
        return _in_order(form.tools.data, before["tools"])
    main = [form.main_tool.data] if form.main_tool.data else []
    others = _in_order(form.tools.data, before["tools"])
    return [*main, *(one for one in others if one not in main)]


def _in_order(ticked: list[str] | None, before: list[str]) -> list[str]:
    wanted = dict.fromkeys(ticked or ())
    return [
        *(one for one in before if one in wanted),
        *(one for one in wanted if one not in before),
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _said(fields: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {
        f"{name}_{one}": (fields.get(name) or {}).get(one) for name in names for one in ("vi", "en")
    }


def _common(document: Document) -> dict[str, Any]:
    tools, is_tool = document["tools"], document["kind"] == ArticleKind.TOOL.value
    plain = ("slug", "topics", "courses", "sources", "body", "english")
    return {
        **{name: document[name] for name in plain},
        **_said(document, "title", "summary"),
        "tools": tools[1:] if is_tool else tools,
        "main_tool": tools[0] if is_tool and tools else "",
        "checked_on": _date(document["checked_on"]),
        "review_by": _date(document["review_by"]),
    }


def _case(document: Document) -> dict[str, Any]:
    plain = ("country", "place", "unit", "sector", "year", "result_kind", "strength")
    return {
        **document["organisation"],
        "organisation": document["organisation"]["name"],
        "organisation_en": document["organisation"].get("name_en"),
        "consent": document.get("consent", Consent.PUBLISHED_SOURCE.value),
        **{name: document.get(name) for name in plain},
        **_said(document, *_PAIRS),
        **{f"unknown_{one}": "\n".join(document["unknown"][one]) for one in ("vi", "en")},
        "measures": [
            {
                **_said(row, "metric", *_PAIRS_OF_MEASURES),
                "about": row["about"] or "",
                "direction": row["direction"] or "",
                "before": shown_figure(row["before"]),
                "after": shown_figure(row["after"]),
                **_said(row, "how_measured"),
                "strength": row.get("strength") or "",
                "source": shown_figure(row.get("source")),
                # And an empty one, to add another.
                "conflicts": [*map(_shown_conflict, row.get("conflicts", ())), {}],
            }
            for row in document["measures"]
        ],
    }


def _shown_conflict(row: Document) -> dict[str, Any]:
    return {
        "before": shown_figure(row["before"]),
        "after": shown_figure(row["after"]),
        **_said(row, "change", "where"),
    }


def shown_figure(figure: float | str | None) -> str:
    text = written(figure) or ""
    return in_english(text) if is_english() else text
