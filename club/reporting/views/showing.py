"""What every page about a report shows of it."""

from typing import Any

from club.reporting import queries
from club.reporting.models import DepartmentReport, StepKind
from club.reporting.written import FigureKey, from_json


def shown(report: DepartmentReport) -> dict[str, Any]:
    """``remarks``: with which it was last returned; ``lines``: the words of the plan by line."""
    returned = [step.reason for step in report.steps if step.kind is StepKind.RETURNED]
    return {
        "written": from_json(report.written),
        "figure_keys": list(FigureKey),
        "files": [one for one in report.files if one.removed_at is None],
        "remarks": returned[-1] if returned else None,
        "lines": {one.line: one.words for one in queries.plan_lines()},
    }
