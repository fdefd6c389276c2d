"""Calculators: the page brings formula and words, the reader's browser does the reckoning."""

from typing import Any

from flask import Blueprint, abort, current_app, render_template
from flask_babel import gettext

from club.indicators import queries
from club.indicators.formulas import reckoned
from club.indicators.models import Calculator
from club.web.access import Audience, open_to
from club.web.language import is_english, number, said

bp = Blueprint("calculators", __name__, url_prefix="/knowledge/calculators")


@bp.get("/")
@open_to(Audience.EVERYONE)
def calculator_list() -> str:
    return render_template("indicators/calculators.html", calculators=queries.calculators())


@bp.get("/<string:slug>")
@open_to(Audience.EVERYONE)
def calculator(slug: str) -> str:
    found = queries.calculator_by_key(slug.replace("-", "_"))
    if found is None or found.slug != slug:
        abort(404)
    facts = _facts(found)
    return render_template(
        "indicators/calculator.html",
        calculator=found,
        facts=facts,
        example=_worked_example(found, facts["results"]),
        site=str(current_app.extensions["club.settings"].public_url),
    )


def _facts(found: Calculator) -> dict[str, Any]:
    """All that the browser needs, in the reader's language."""
    return {
        "english": is_english(),
        "inputs": [_in_words(one) for one in found.inputs],
        "results": [_in_words(one) for one in found.results],
        "words": {
            "needed": gettext("Fill in: {label}."),
            "number": gettext("Write a number such as %(sample)s.", sample=number(1234.5)),
            "large": gettext("Check the number: it is larger than anything this can measure."),
            "above": gettext("Write a number above {limit}."),
            "least": gettext("Write {limit} or more."),
            "most": gettext("Write {limit} or less."),
            "more": gettext("This is more than “{other}”. Check both."),
            "doubtful": gettext("{label} comes to more than {limit}: check what was typed."),
        },
    }


def _in_words(one: dict[str, Any]) -> dict[str, Any]:
    """Without the language that the reader does not read."""
    return {
        key: said(value, one[f"{key}_en"]) if f"{key}_en" in one else value
        for key, value in one.items()
        if not key.endswith("_en")
    }


def _worked_example(found: Calculator, results: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each result of the invented numbers, and what it says."""
    values = {one["key"]: one["example"] for one in found.inputs}
    told = []
    for result in results:
        value = reckoned(result["steps"], values)
        if value is not None:
            shown = number(value, 2)
            unit = result["unit"] or ""
            figure = f"{shown}{'' if unit == '%' else ' '}{unit}".strip()
            told.append((f"{result['label']}: {figure}", result["says"].replace("{value}", shown)))
    return told
