"""What a report says, whole: period, figures, the rows behind them, what stands beside them, words
and letterhead.

Of a frozen report these bytes are kept; pages and files of it are made from them alone, so that
later names, settings and records change nothing. All names of values are in them in both languages.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from flask import current_app
from flask_babel import lazy_gettext

from club.statistics.dimensions import Dimension
from club.statistics.figures import DEFINITIONS, Counts, Measures, tables_of
from club.statistics.queries import Names, names_by_dimension
from club.statistics.reports import queries
from club.statistics.reports.beside.telling import told_beside
from club.statistics.reports.models import ReportLetterhead, ReportVersion, TextBlock
from club.statistics.selecting import EVERYTHING, Selection
from club.statistics.tables import shown
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.language import LANGUAGES, in_both
from club.web.layout import Labels

#: Rises when the form of the content changes. 2: ``only_unit``, of whose turns alone it is.
#: 3: ``beside``, what is no training of the club. 4: hours with two digits behind the point, also
#: of training that others report.
FORMAT = 4
Content = dict[str, Any]

_TABLES = (
    (Dimension.AUDIENCE,), (Dimension.TOPIC,), (Dimension.COURSE,), (Dimension.UNIT,),
    (Dimension.SECTOR,), (Dimension.SEX,), (Dimension.FUNDING,),
    (Dimension.AUDIENCE, Dimension.TOPIC),
)  # fmt: skip
_LONGEST_BY_MONTH = 400
MEASURES = ("turns", "people", "hours", "completed")
#: What the figures mean, for the sheet of definitions.
_MEANINGS = {
    "turns": (
        lazy_gettext("Turns"),
        lazy_gettext("One person's attendance of one class, far enough to count, counts 1."),
    ),
    "people": (
        lazy_gettext("People"),
        lazy_gettext(
            "Everybody once within the figure; people of two rows may be the same, so this column"
            " is not added up."
        ),
    ),
    "hours": (lazy_gettext("Hours"), lazy_gettext("Hours of the sessions attended.")),
    "completed": (
        lazy_gettext("Completions"),
        lazy_gettext("Turns that reached the rule of completion of their class."),
    ),
}
_COUNTED = ("definitions", "total", "tables", "rows", "beside")
_LETTERHEAD = (
    "superior", "issuer", "symbol", "place", "signs_for", "signer_title", "signer_name",
    "recipients",
)  # fmt: skip


def content_of(
    version: ReportVersion, letterhead: ReportLetterhead | None, *, as_of: datetime
) -> Content:
    """The content as the records stand; one moment for all of it needs ``db.snapshot()``."""
    report = version.report
    rows = queries.rows_behind(report.period, as_of=as_of, selection=selection_of(report.unit))
    return without_rows(version, letterhead, as_of=as_of) | {"rows": rows}


def without_rows(
    version: ReportVersion, letterhead: ReportLetterhead | None, *, as_of: datetime
) -> Content:
    """What a page shows of it."""
    report = version.report
    return {
        "format": FORMAT,
        "report": {
            "id": str(report.public_id),
            "version": version.number,
            "kind": report.kind.value,
            "title": report.title,
            "unit": _unit(report.unit),
            "only_unit": selection_of(report.unit).get(Dimension.UNIT),
            "correction_reason": version.correction_reason,
            "document_number": version.document_number,
        },
        "period": {
            "from": report.first_day.isoformat(),
            "to": report.last_day.isoformat(),
            "cut": report.cut.value,
            "name": report.period_name,
        },
        "as_of": as_of.isoformat(),
        "letterhead": facts_of(letterhead),
        "texts": {block.value: version.texts.get(block.value, "") for block in TextBlock},
        **_counted(version, as_of=as_of),
        "beside": told_beside(report.unit, report.period, as_of=as_of),
    }


def facts_of(letterhead: ReportLetterhead | None) -> dict[str, str]:
    """What stands around a document; empty where nobody has said it yet."""
    return {name: getattr(letterhead, name, "") for name in _LETTERHEAD}


def as_bytes(content: Content) -> bytes:
    """Canonical: the same content is always the same bytes."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def from_bytes(kept: bytes) -> Content:
    return cast(Content, json.loads(kept))


def only_unit(content: Content) -> str | None:
    """The key of the ward of whose turns alone it is; reports of format 1 were of all."""
    key: str | None = content["report"].get("only_unit")
    return key


def made_at(content: Content) -> datetime:
    """The moment that files of it carry: when it was frozen, else when it was counted."""
    return datetime.fromisoformat(content["as_of"])


def sha256_of(kept: bytes) -> str:
    return hashlib.sha256(kept).hexdigest()


def figures_digest(content: Content) -> str:
    """Over the figures, their definitions, the rows behind them and what stands beside them,
    whenever they were counted.
    """
    counted = {name: content[name] for name in _COUNTED}
    return sha256_of(as_bytes(counted))


def _counted(version: ReportVersion, *, as_of: datetime) -> Content:
    period = version.report.period
    days = (period.last - period.first).days
    by_time = Dimension.MONTH if days <= _LONGEST_BY_MONTH else Dimension.YEAR
    counted = tables_of(
        period,
        tables=[(by_time,), *_TABLES],
        as_of=as_of,
        selection=selection_of(version.report.unit),
    )
    names = names_by_dimension()
    return {
        "definitions": {"version": DEFINITIONS, "measures": _meanings()},
        "total": _measures(counted[0].total),
        "tables": [_table(counts, names.__getitem__) for counts in counted],
    }


def selection_of(unit: Unit | None) -> Selection:
    """Of which turns a unit's report is: a ward's of those of the ward, any other's of all."""
    return {Dimension.UNIT: unit.key} if unit and unit.kind.is_area else EVERYTHING


def _unit(unit: Unit | None) -> Content | None:
    return in_both(lambda: unit_name(unit)) if unit else None


def _table(counts: Counts, known: Callable[[Dimension], Names]) -> Content:
    labels: Labels = current_app.extensions["club.labels"]
    tables = in_both(lambda: shown(counts, labels, known))
    heads = in_both(lambda: [str(labels[dimension]) for dimension in counts.by])
    rows = zip(*(tables[language].rows for language in LANGUAGES), strict=True)
    return {
        "by": [dimension.value for dimension in counts.by],
        "heads": heads,
        "rows": [
            {
                "keys": list(row.keys),
                "names": {"vi": list(row.names), "en": list(english.names)},
                **_measures(row.measures),
            }
            for row, english in rows
        ],
    }


def _measures(measures: Measures | None) -> Content:
    assert measures, "officials see every figure"
    return {
        "turns": measures.turns,
        "people": measures.people,
        "hours": float(measures.hours),
        "completed": measures.completed,
    }


def _meanings() -> Content:
    return {
        name: {"name": in_both(word.__str__), "meaning": in_both(meaning.__str__)}
        for name, (word, meaning) in _MEANINGS.items()
    }
