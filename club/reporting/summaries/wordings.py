"""What a summary said, from when it was composed to now. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from club.reporting.summaries.models import ReportSummary, SummaryStep


@dataclass(frozen=True)
class Wording:
    #: The revision of the summary that it was.
    number: int
    #: Who wrote it, and when.
    step: SummaryStep
    #: By field of the form of words.
    words: Mapping[str, str]


def words_of(summary: ReportSummary) -> dict[str, Any]:
    """As they stand now."""
    return summary.texts | {"document_number": summary.document_number or ""}


def wordings_of(summary: ReportSummary) -> list[Wording]:
    """The first is as it was composed, the last is what stands now."""
    replaced = [step.before or {} for step in summary.steps[1:]]
    return [
        Wording(number, step, words)
        for number, (step, words) in enumerate(
            zip(summary.steps, [*replaced, words_of(summary)], strict=True), 1
        )
    ]
