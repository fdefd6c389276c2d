"""The form of a proposal in three parts, each over a part of the document of a case."""

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext
from wtforms import FieldList, Form, FormField

from club.knowledge.editing.forms import CommentForm, DocumentForm, choice, line, prose, ticks
from club.knowledge.editing.typed import shown_figure, typed_figure
from club.knowledge.facts import Document, where_said
from club.knowledge.models import Direction, ResultKind
from club.knowledge.proposals.rules import MOST_MEASURES, Part
from club.knowledge.proposals.told import told_in, with_told
from club.people.sectors import SECTORS

_LINE, _FIGURE, _PROSE = 200, 60, 6_000
#: What a figure may say of itself that members are not asked.
_BY_EDITORS = ("strength", "how_measured", "source", "conflicts")
Ways = dict[str, str] | None


class PartForm(DocumentForm):
    """``of(document)`` shows what the document says; ``told(before)`` is the document with what
    was typed, and with everything that no field of this part holds. A part without fields says
    nothing and changes nothing.
    """

    part: ClassVar[Part]

    @classmethod
    def of(cls, document: Document, *, seen: int, tools: Mapping[str, str]) -> Self:
        form = cls(data=cls.said_in(document) | {"seen": seen})
        form.offer(tools)
        return form

    @staticmethod
    def said_in(_document: Document) -> dict[str, Any]:
        return {}

    def offer(self, tools: Mapping[str, str]) -> None:
        """``tools``: words by key."""

    def told(self, before: Document) -> Document:
        return before


class ProblemForm(PartForm):
    part = Part.PROBLEM

    title_vi = line(lazy_gettext("What was improved, in a few words"), most=_LINE)
    organisation = line(lazy_gettext("At which firm or agency"), most=_LINE)
    sector = choice(lazy_gettext("Sector"), SECTORS.items())
    size_vi = line(lazy_gettext("Size"), most=_FIGURE)
    told_problem = prose(lazy_gettext("What was wrong before?"), most=_PROSE)

    @staticmethod
    def said_in(document: Document) -> dict[str, Any]:
        return {
            "title_vi": document["title"]["vi"],
            "organisation": document["organisation"]["name"],
            "sector": document["sector"],
            "size_vi": (document.get("size") or {}).get("vi"),
            "told_problem": told_in(document["body"], "told_problem"),
        }

    def told(self, before: Document) -> Document:
        return _about(self.organisation.data or "", before) | {
            "title": _both(self.title_vi.data, before["title"]) or {"vi": "", "en": ""},
            "sector": self.sector.data or "",
            "size": _both(self.size_vi.data, before.get("size")),
            "body": with_told(before["body"], "told_problem", self.told_problem.data or ""),
        }


class DoneForm(PartForm):
    part = Part.DONE

    told_done = prose(lazy_gettext("What was done?"), most=_PROSE)
    year = line(lazy_gettext("Year"), most=_FIGURE)
    duration_vi = line(lazy_gettext("How long it took"), most=_LINE)
    cost_vi = line(lazy_gettext("Cost"), most=_LINE)
    tools = ticks(lazy_gettext("Tools"))

    @staticmethod
    def said_in(document: Document) -> dict[str, Any]:
        return {
            "told_done": told_in(document["body"], "told_done"),
            "year": document.get("year"),
            "duration_vi": (document.get("duration") or {}).get("vi"),
            "cost_vi": (document.get("cost") or {}).get("vi"),
            "tools": document["tools"],
        }

    def offer(self, tools: Mapping[str, str]) -> None:
        self.tools.choices = list(tools.items())

    def told(self, before: Document) -> Document:
        ticked = self.tools.data or []
        return before | {
            "body": with_told(before["body"], "told_done", self.told_done.data or ""),
            "year": self.year.data,
            "duration": _both(self.duration_vi.data, before.get("duration")),
            "cost": _both(self.cost_vi.data, before.get("cost")),
            "tools": [*(one for one in before["tools"] if one in ticked)]
            + [one for one in ticked if one not in before["tools"]],
        }


class ToldMeasureForm(Form):
    metric_vi = line(lazy_gettext("What was measured"), most=_LINE)
    unit_vi = line(lazy_gettext("Unit of measure"), most=_FIGURE)
    before = line(lazy_gettext("Before"), most=_FIGURE)
    after = line(lazy_gettext("After"), most=_FIGURE)
    direction = choice(
        lazy_gettext("Which way is better"),
        [
            (Direction.LOWER.value, lazy_gettext("less is better")),
            (Direction.HIGHER.value, lazy_gettext("more is better")),
        ],
    )
    period_vi = line(lazy_gettext("Period"), most=_LINE)
    how_vi = line(lazy_gettext("How it was measured"), most=_LINE)


class MeasuresForm(PartForm):
    part = Part.MEASURES

    measures = FieldList(FormField(ToldMeasureForm), max_entries=MOST_MEASURES)

    @staticmethod
    def said_in(document: Document) -> dict[str, Any]:
        rows = document["measures"][:MOST_MEASURES]
        return {"measures": [_shown(row, document) for row in rows] or [{}]}

    def add_row(self) -> None:
        """An empty one, as long as there may be more."""
        if len(self.measures) < MOST_MEASURES:
            self.measures.append_entry()

    def told(self, before: Document) -> Document:
        known = before["measures"]
        rows = [
            _measure(row, known[place] if place < len(known) else {})
            for place, row in enumerate(self.measures.data)
            if _says_something(row)
        ]
        rows += known[MOST_MEASURES:]
        return _with_ways(self._ways(rows, before), before) | {
            "result_kind": before["result_kind"] or _result_kind(rows),
        }

    def _ways(self, rows: list[Document], before: Document) -> list[tuple[Document, Ways]]:
        """Each figure and how it was measured."""
        typed = [row["how_vi"] for row in self.measures.data if _says_something(row)]
        known = [_way_of(row, before) for row in rows]
        told = [_both(how, way) for how, way in zip(typed, known, strict=False)]
        return list(zip(rows, [*told, *known[len(told) :]], strict=True))


PART_FORMS: dict[Part, type[PartForm]] = {
    form.part: form for form in (ProblemForm, DoneForm, MeasuresForm)
}


class MemberRemarkForm(CommentForm):
    """What the member answers to those who look it over."""

    text = prose(lazy_gettext("Your answer or question"), most=2_000)


def _both(typed: str | None, before: Mapping[str, str] | None) -> dict[str, str] | None:
    """In both languages: what was said in English stays as long as the Vietnamese does."""
    if not typed:
        return None
    is_kept = before is not None and before["vi"] == typed
    return {"vi": typed, "en": before["en"] if before and is_kept else ""}


def _about(name: str, before: Document) -> Document:
    """The document about the firm of that name; where another one is, says nobody."""
    if name == before["organisation"]["name"]:
        return before
    elsewhere = {key: said for key, said in before.items() if key != "unit"}
    return elsewhere | {
        "organisation": {"name": name, "name_unconfirmed": False},
        "place": None,
    }


def _says_something(row: Mapping[str, Any]) -> bool:
    return any(value for name, value in row.items() if name != "direction")


def _way_of(row: Document, document: Document) -> Ways:
    """How a figure was measured: what is said of all where it says nothing of its own."""
    return row.get("how_measured") or document.get("how_measured")


def _with_ways(rows: list[tuple[Document, Ways]], before: Document) -> Document:
    """The document with these figures; a way that is the same for all of them is said once."""
    same = rows[0][1] if rows and all(way == rows[0][1] for _row, way in rows) else None
    return before | {
        "how_measured": same,
        "measures": [
            {key: said for key, said in row.items() if key != "how_measured"}
            | where_said(how_measured=None if same else way)
            for row, way in rows
        ],
    }


def _shown(row: Document, document: Document) -> dict[str, Any]:
    return {
        "metric_vi": row["metric"]["vi"],
        "unit_vi": (row["unit"] or {}).get("vi"),
        "before": shown_figure(row["before"]),
        "after": shown_figure(row["after"]),
        "direction": row["direction"] or "",
        "period_vi": (row["period"] or {}).get("vi"),
        "how_vi": (_way_of(row, document) or {}).get("vi"),
    }


def _measure(row: Mapping[str, Any], known: Document) -> Document:
    """``known``: what stood in this place before."""
    before, after = typed_figure(row["before"]), typed_figure(row["after"])
    return {
        "metric": _both(row["metric_vi"], known.get("metric")) or {"vi": "", "en": ""},
        "about": known.get("about"),
        "unit": _both(row["unit_vi"], known.get("unit")),
        "before": before,
        "after": after,
        "change": known.get("change"),
        "direction": row["direction"] or _wanted(before, after),
        "period": _both(row["period_vi"], known.get("period")),
        "note": known.get("note"),
        **{name: known[name] for name in _BY_EDITORS if name in known},
    }


def _wanted(before: object, after: object) -> str | None:
    """What came of it is taken for what was wanted; whoever knows better chooses."""
    numbers = isinstance(before, int | float) and isinstance(after, int | float)
    if not numbers or before == after:
        return None
    return (Direction.LOWER if after < before else Direction.HIGHER).value  # type: ignore[operator]


def _result_kind(rows: list[Document]) -> str | None:
    if not rows:
        return None
    pairs = all(row["before"] is not None and row["after"] is not None for row in rows)
    kind = ResultKind.MEASURED_BEFORE_AFTER if pairs else ResultKind.MEASURED_AFTER_ONLY
    return kind.value
