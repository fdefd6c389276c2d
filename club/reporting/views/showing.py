"""What every page about a report shows of it."""

from typing import Any

from flask import abort, render_template

from club.reporting import queries
from club.reporting.handed_in import differences, versions_of
from club.reporting.models import DepartmentReport, StepKind
from club.reporting.written import FigureKey, from_json


def shown(report: DepartmentReport) -> dict[str, Any]:
    """``remarks``: with which it was last returned; ``lines``: the words of the plan by line."""
    returned = [step.reason for step in report.steps if step.kind is StepKind.RETURNED]
    return {
        "versions": versions_of(report),
        "written": from_json(report.written),
        "figure_keys": list(FigureKey),
        "files": [one for one in report.files if one.removed_at is None],
        "remarks": returned[-1] if returned else None,
        "lines": {one.line: one.words for one in queries.plan_lines()},
    }


def version_page(
    report: DepartmentReport, number: int, *, here: str, trail: list[tuple[str, str]]
) -> str:
    """What was handed in as version ``number``. ``here``: the address of the report; ``trail``:
    names and addresses of what lies above the page.
    """
    context = shown(report)
    versions = context["versions"]
    if not 1 <= number <= len(versions):
        abort(404)
    version, before = versions[number - 1], versions[number - 2] if number > 1 else None
    return render_template(
        "reporting/version.html",
        report=report,
        version=version,
        newest=len(versions),
        sections=differences(before, version, questions=report.request.questions) if before else [],
        here=here,
        trail=trail,
        **context
        | {
            "written": version.written,
            "files": [one for one in version.files if one.removed_at is None],
            "taken_out": [one for one in version.files if one.removed_at is not None],
        },
    )
