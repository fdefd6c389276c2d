"""Each version of a report that a unit handed in, and what differs from the one before."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from flask_babel import gettext

from club.reporting.labels import FIGURES
from club.reporting.models import (
    DepartmentReport,
    DepartmentReportFile,
    DepartmentReportStep,
    StepKind,
)
from club.reporting.written import Activity, FigureKey, Written, from_json
from club.web.comparing import Section, compared_lines
from club.web.language import number

_DECISIONS = {StepKind.RETURNED, StepKind.ACCEPTED, StepKind.CLOSED}


@dataclass(frozen=True)
class HandedIn:
    number: int
    #: Who handed it in, and when.
    step: DepartmentReportStep
    written: Written
    #: Those that lay with it; some may have been taken out since.
    files: list[DepartmentReportFile]
    #: What was decided about it.
    decisions: list[DepartmentReportStep] = field(default_factory=list)


def versions_of(report: DepartmentReport) -> list[HandedIn]:
    """In the order in which they were handed in."""
    versions: list[HandedIn] = []
    for step in report.steps:
        if step.kind is StepKind.SUBMITTED:
            written = from_json(step.written or {})
            files = _files_with(report, step)
            versions.append(HandedIn(len(versions) + 1, step, written, files))
        elif versions and step.kind in _DECISIONS:
            versions[-1].decisions.append(step)
    return versions


def differences(before: HandedIn, after: HandedIn, *, questions: list[str]) -> list[Section]:
    """Part by part as the form has them; only what differs."""
    parts = zip(_parts(before, questions), _parts(after, questions), strict=True)
    return [
        Section(name, compared_lines(old, new)) for (name, old), (_same, new) in parts if old != new
    ]


def _files_with(report: DepartmentReport, step: DepartmentReportStep) -> list[DepartmentReportFile]:
    return [
        one
        for one in report.files
        if one.added_at <= step.at and (one.removed_at is None or one.removed_at > step.at)
    ]


def _parts(one: HandedIn, questions: list[str]) -> Iterator[tuple[str, list[str]]]:
    written = one.written
    for place, question in enumerate(questions):
        yield question, [text for text in written.answers[place : place + 1] if text]
    yield gettext("What was done"), [_activity(activity) for activity in written.activities]
    yield gettext("Figures"), list(_figures(written))
    yield gettext("Difficulties"), written.difficulties.splitlines()
    yield gettext("Proposals"), written.proposals.splitlines()
    yield gettext("Files"), [attached.file.name for attached in one.files]


def _activity(activity: Activity) -> str:
    return f"{activity.item}: {activity.words}" if activity.item else activity.words


def _figures(written: Written) -> Iterator[str]:
    for key in FigureKey:
        if key in written.figures:
            yield f"{FIGURES[key]}: {number(written.figures[key], 2)}"
    for other in written.others:
        yield f"{other.name}: {number(other.value, 2)} {other.measured_in}".rstrip()
