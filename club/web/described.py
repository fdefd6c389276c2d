"""What programs may rely on: every route that answers data says what it takes and answers.

``/api/openapi.json`` is put together from these descriptions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
#: JSON Schema, as OpenAPI 3.1 writes it.
Schema = dict[str, Any]

JSON, CSV = "application/json", "text/csv"

TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def one_of(kinds: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [kind.value for kind in kinds]}


def maybe(schema: Schema) -> Schema:
    """``null`` where there is none."""
    return schema | {"type": [schema["type"], "null"]}


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def record(*, may_have: Mapping[str, Schema] | None = None, **parts: Schema) -> Schema:
    """An object with exactly these parts, and perhaps those of ``may_have``."""
    return {
        "type": "object",
        "properties": parts | dict(may_have or {}),
        "required": list(parts),
        "additionalProperties": False,
    }


#: A text in both languages.
SAID = record(vi=TEXT, en=TEXT)
#: An exact number, or a text around one, such as ``2–3``.
FIGURE: Schema = {"type": ["number", "string", "null"]}


@dataclass(frozen=True)
class Description:
    summary: str
    #: What may stand in the query, and what it means.
    query: Mapping[str, str]
    media: str
    #: A function where it is known only once all rooms are there.
    answer: Schema | Callable[[], Schema]
    #: Other answers than 200: what each means, and its form where it is JSON.
    otherwise: Mapping[int, tuple[str, Schema | None]]

    @property
    def form(self) -> Schema:
        return self.answer() if callable(self.answer) else self.answer


def described(
    summary: str,
    answer: Schema | Callable[[], Schema] = TEXT,
    *,
    media: str = JSON,
    query: Mapping[str, str] | None = None,
    otherwise: Mapping[int, tuple[str, Schema | None]] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Stands below ``open_to``, beside what it describes."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        found = Description(summary, query or {}, media, answer, otherwise or {})
        view.__dict__["described"] = found
        return view

    return decorate
