"""Fields taken one by one, whatever they came in: each is known and of its kind, or a fault."""

import re
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar

from club.files.content_error import Wrong
from club.vietnamese import nfc, tidy_line

Path = tuple[str | int, ...]
#: Characters in a text of one line.
LONGEST_LINE = 2_000
E = TypeVar("E", bound=StrEnum)


class FieldRule(StrEnum):
    """What any field may break, in words for who edits files."""

    UNKNOWN_KEY = "is not a key that this file may have"
    MISSING = "is missing"
    NO_TEXT = "is a text"
    TOO_LONG = "is longer than {most} characters"
    NO_LIST_OF_TEXTS = "is a list of texts"
    UNEVEN = "has as many entries in one language as in the other"
    NO_CHOICE = "is one of {known}, not {given}"
    NO_FLAG = "is true or false"
    NO_DAY = "is a day such as 2026-11-22"
    NO_NUMBER = "is a number, or a text with one such as 2–3"
    NO_LIST = "is a list"
    NO_MAPPING = "is a set of keys with values"


class Complaints(Protocol):
    """Takes what is wrong with fields, and where."""

    def fault(self, at: Path, message: str) -> None: ...


class Said(NamedTuple):
    """A text in both languages."""

    vi: str
    en: str


class Fields:
    """One mapping, whose keys are taken one by one; what is left over is unknown."""

    def __init__(self, source: Complaints, at: Path, given: dict[str, Any]) -> None:
        self._source = source
        self._at = at
        self._given = given
        self._left = list(given)

    def finish(self) -> None:
        for key in self._left:
            self.fault(str(key), Wrong(FieldRule.UNKNOWN_KEY))

    def fault(self, key: str, message: str) -> None:
        self._source.fault((*self._at, key), message)

    def take(self, key: str, *, needed: bool = False) -> Any:
        if key in self._left:
            self._left.remove(key)
        value = self._given.get(key)
        if needed and (value is None or value == ""):
            self.fault(key, Wrong(FieldRule.MISSING))
        return value

    def text(self, key: str, *, needed: bool = False) -> str | None:
        value = self.take(key, needed=needed)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.fault(key, Wrong(FieldRule.NO_TEXT))
            return None
        if len(str(value)) > LONGEST_LINE:
            self.fault(key, Wrong(FieldRule.TOO_LONG, most=LONGEST_LINE))
        return tidy_line(str(value))

    def prose(self, key: str) -> str | None:
        """A text of several lines, its lines kept."""
        value = self.take(key)
        if value is None or isinstance(value, str):
            return nfc(value).strip() or None if value else None
        self.fault(key, Wrong(FieldRule.NO_TEXT))
        return None

    def said(self, key: str, *, needed: bool = False) -> Said | None:
        value = self.take(key, needed=needed)
        if value is None:
            return None
        inner = self._inner(key, value)
        pair = Said(inner.text("vi", needed=True) or "", inner.text("en", needed=True) or "")
        inner.finish()
        return pair

    def texts(self, key: str) -> list[str]:
        value = self.take(key) or []
        if not isinstance(value, list) or not all(isinstance(v, str | int) for v in value):
            self.fault(key, Wrong(FieldRule.NO_LIST_OF_TEXTS))
            return []
        return [tidy_line(str(one)) for one in value]

    def texts_said(self, key: str) -> tuple[list[str], list[str]]:
        """Lists in both languages, as long as each other."""
        value = self.take(key)
        if value is None:
            return [], []
        inner = self._inner(key, value)
        vietnamese, english = inner.texts("vi"), inner.texts("en")
        inner.finish()
        if len(vietnamese) != len(english):
            self.fault(key, Wrong(FieldRule.UNEVEN))
        return vietnamese, english

    def peek(self, key: str) -> Any:
        return self._given.get(key)

    def choice(self, key: str, members: type[E], *, unsaid: E | None = None) -> E:
        """The first member where the value is none; the fault is kept. Where nothing is said,
        it is ``unsaid``, if there is one.
        """
        value = self.take(key, needed=unsaid is None)
        if value is None and unsaid is not None:
            return unsaid
        known = {member.value: member for member in members}
        if value is not None and value not in known:
            wrong = Wrong(FieldRule.NO_CHOICE, known=", ".join(known), given=str(value)[:40])
            self.fault(key, wrong)
        return known.get(value, next(iter(members)))

    def flag(self, key: str) -> bool:
        value = self.take(key)
        if value is not None and not isinstance(value, bool):
            self.fault(key, Wrong(FieldRule.NO_FLAG))
        return value is True

    def day(self, key: str) -> date:
        """The first day there is where the value is none; the fault is kept."""
        return self.day_or_none(key, needed=True) or date.min

    def day_or_none(self, key: str, *, needed: bool = False) -> date | None:
        value = self.take(key, needed=needed)
        if type(value) is date:
            return value
        if value not in {None, ""}:
            self.fault(key, Wrong(FieldRule.NO_DAY))
        return None

    def number_or_text(self, key: str) -> float | str | None:
        """A number, or a text around one, such as ``2–3``."""
        value = self.take(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        if isinstance(value, str) and re.search(r"\d", value):
            return nfc(value).strip()
        self.fault(key, Wrong(FieldRule.NO_NUMBER))
        return None

    def mapping(self, key: str) -> "Fields":
        return self._inner(key, self.take(key, needed=True) or {})

    def mappings(self, key: str) -> list["Fields"]:
        value = self.take(key) or []
        if not isinstance(value, list):
            self.fault(key, Wrong(FieldRule.NO_LIST))
            return []
        return [self._inner_at((*self._at, key, i), one) for i, one in enumerate(value)]

    def _inner(self, key: str, value: Any) -> "Fields":
        return self._inner_at((*self._at, key), value)

    def _inner_at(self, at: Path, value: Any) -> "Fields":
        if not isinstance(value, dict):
            self._source.fault(at, Wrong(FieldRule.NO_MAPPING))
            value = {}
        return Fields(self._source, at, value)
