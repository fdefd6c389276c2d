"""What somebody checked of a report, and whether it is still what would be frozen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from club.statistics.reports.contents import Content, as_bytes, figures_digest, sha256_of
from club.statistics.reports.models import ReportVersion, StepKind
from club.statistics.reports.rules import ReportRefusal
from club.web.language import LANGUAGES

Head = Mapping[str, str]


@dataclass(frozen=True)
class LineMoved:
    """One line of the letterhead that is not as it was checked."""

    name: str
    before: str
    now: str


def head_of(content: Content) -> Head:
    """What stands around the words on paper: the letterhead, with the unit that issues it."""
    letterhead: dict[str, str] = content["letterhead"]
    unit = content["report"]["unit"]
    return letterhead | ({"issuer": unit[LANGUAGES[0]]} if unit else {})


def head_digest(content: Content) -> str:
    return sha256_of(as_bytes(dict(head_of(content))))


def kept_of_check(content: Content) -> dict[str, Any]:
    """What the step of the check keeps of what was seen."""
    digest, head = figures_digest(content), dict(head_of(content))
    return {**content["total"], "sha256": digest, "head": head}


def seen(version: ReportVersion) -> dict[str, Any]:
    """What was seen when somebody last checked it."""
    checks = [step.seen for step in version.steps if step.kind is StepKind.CHECKED]
    return checks[-1] or {}


def refusal_to_freeze_unseen(seen: Mapping[str, Any], content: Content) -> ReportRefusal | None:
    """``content``: what would be frozen now, with its rows."""
    if figures_digest(content) != seen["sha256"]:
        return ReportRefusal.FIGURES_MOVED
    return ReportRefusal.HEAD_MOVED if seen.get("head") != head_of(content) else None


def lines_moved(seen: Mapping[str, Any], content: Content) -> Iterator[LineMoved]:
    """Nothing where the letterhead that was checked is not known: checks of before it was kept."""
    now = head_of(content)
    for name, before in (seen.get("head") or {}).items():
        if now[name] != before:
            yield LineMoved(name, before, now[name])
