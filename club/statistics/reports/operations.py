"""Drafting, checking, freezing and correcting reports: each function one transaction."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from club import clock
from club.audit.operations import record
from club.db import OvertakenError, snapshot, transaction
from club.periods import Cut
from club.refusal import RefusedError
from club.statistics.figures import DEFINITIONS
from club.statistics.reports import checking, contents, queries, rules
from club.statistics.reports.models import (
    FrozenReport,
    Report,
    ReportKind,
    ReportLetterhead,
    ReportStep,
    ReportVersion,
    StepKind,
    VersionState,
)
from club.statistics.reports.rules import TRANSITIONS, ReportRefusal


@dataclass(frozen=True)
class ReportFacts:
    kind: ReportKind
    cut: Cut
    first_day: date
    last_day: date
    period_name: str
    title: str
    unit_id: int | None = None


@dataclass(frozen=True)
class Letterhead:
    superior: str = ""
    issuer: str = ""
    symbol: str = ""
    place: str = ""
    signs_for: str = ""
    signer_title: str = ""
    signer_name: str = ""
    recipients: str = ""


def draft_report(facts: ReportFacts, *, by: int | None, now: datetime) -> ReportVersion:
    with transaction() as session:
        _refuse(rules.refusal_to_draft(first_day=facts.first_day, today=clock.local_day(now)))
        report = Report(**asdict(facts), created_at=now, created_by_id=by)
        version = ReportVersion(report=report, number=1, created_at=now)
        session.add(version)
        session.flush()
        _note(version, StepKind.DRAFTED, by=by, now=now)
        return version


def edit(
    version_id: int,
    *,
    texts: Mapping[str, str],
    document_number: str | None,
    revision: int,
    by: int | None,
    now: datetime,
) -> ReportVersion:
    """``revision``: the one that the writer had before them. The words before stay with the
    step.
    """
    with transaction() as session:
        version = _locked(session, version_id)
        _refuse(rules.refusal_to_step(version.state, StepKind.EDITED))
        if version.says(texts, document_number):
            return version
        _refuse(ReportRefusal.WRITTEN_OVER if version.revision != revision else None)
        before = version.reword(texts, document_number)
        _note(version, StepKind.EDITED, by=by, now=now, before=before)
        return version


def check(
    version_id: int, *, revision: int, head: str, by: int | None, now: datetime
) -> ReportVersion:
    """Somebody else than the writers has looked at words, figures and letterhead; which figures
    and which letterhead is kept. ``revision``, ``head``: the words that were on the page, and the
    digest of the letterhead. Nobody checks what they have not read.
    """
    with _snapshot() as session:
        version = _locked(session, version_id)
        _refuse(rules.refusal_to_check(version.state, by=by, writers=writers_of(version)))
        _refuse(ReportRefusal.SETTLED if version.revision != revision else None)
        content = contents.content_of(version, queries.letterhead(), as_of=now)
        _refuse(ReportRefusal.OTHER_HEAD if checking.head_digest(content) != head else None)
        kept = checking.kept_of_check(content)
        _note(version, StepKind.CHECKED, by=by, now=now, seen=kept)
        return version


def send_back(
    version_id: int, *, reason: str | None, by: int | None, now: datetime
) -> ReportVersion:
    """Let the words of a checked report be changed again."""
    return _end_with_reason(version_id, StepKind.RETURNED, reason=reason, by=by, now=now)


def discard(version_id: int, *, reason: str | None, by: int | None, now: datetime) -> ReportVersion:
    return _end_with_reason(version_id, StepKind.DISCARDED, reason=reason, by=by, now=now)


def freeze(version_id: int, *, by: int | None, now: datetime) -> FrozenReport:
    """Keep figures, the rows behind them, words and letterhead for ever, all as of one moment.

    Raises ``RefusedError``; among others when figures or letterhead are not those that were
    checked.
    """
    with _snapshot() as session:
        version = _locked(session, version_id)
        _refuse(
            rules.refusal_to_freeze(
                version.state, last_day=version.report.last_day, today=clock.local_day(now)
            )
        )
        content = contents.content_of(version, queries.letterhead(), as_of=now)
        _refuse(checking.refusal_to_freeze_unseen(checking.seen(version), content))
        kept = contents.as_bytes(content | _signed(version, by=by, now=now))
        frozen = FrozenReport(
            version_id=version_id,
            content=kept,
            sha256=contents.sha256_of(kept),
            definitions=DEFINITIONS,
            frozen_at=now,
            frozen_by_id=by,
        )
        session.add(frozen)
        _note(version, StepKind.FROZEN, by=by, now=now)
        return frozen


def correct(report_id: int, *, reason: str | None, by: int | None, now: datetime) -> ReportVersion:
    """A new version of a frozen report, which stays as it is; it begins with the same words."""
    with transaction() as session:
        report = session.get_one(Report, report_id, with_for_update=True, populate_existing=True)
        latest = [v for v in report.versions if v.state is not VersionState.DISCARDED][-1:]
        state = latest[0].state if latest else VersionState.DISCARDED
        refusal = rules.refusal_to_correct(state, reason=reason)
        if refusal:
            raise RefusedError(refusal, field=_field_of(refusal))
        version = ReportVersion(
            report=report,
            number=report.versions[-1].number + 1,
            correction_reason=reason,
            texts=latest[0].texts,
            created_at=now,
        )
        session.add(version)
        session.flush()
        _note(version, StepKind.DRAFTED, by=by, now=now, reason=reason)
        return version


def change_letterhead(facts: Letterhead, *, by: int | None, now: datetime) -> ReportLetterhead:
    """From now on; what is frozen keeps its own."""
    with transaction() as session:
        changed = ReportLetterhead(**asdict(facts), changed_at=now, changed_by_id=by)
        session.add(changed)
        session.flush()
        record(
            "statistics.change_letterhead",
            subject_kind="report_letterhead",
            subject_id=changed.id,
            by=by,
            now=now,
        )
        return changed


def writers_of(version: ReportVersion) -> set[int | None]:
    """The accounts that drafted it or changed its words."""
    return {step.by_id for step in version.steps if step.kind.is_writing}


def _end_with_reason(
    version_id: int, step: StepKind, *, reason: str | None, by: int | None, now: datetime
) -> ReportVersion:
    with transaction() as session:
        version = _locked(session, version_id)
        refusal = rules.refusal_to_step(version.state, step, reason=reason)
        if refusal:
            raise RefusedError(refusal, field=_field_of(refusal))
        _note(version, step, by=by, now=now, reason=reason)
        return version


@contextmanager
def _snapshot() -> Iterator[Session]:
    try:
        with snapshot() as session:
            yield session
    except OvertakenError as overtaken:
        raise RefusedError(ReportRefusal.SETTLED) from overtaken


def _locked(session: Session, version_id: int) -> ReportVersion:
    return session.get_one(ReportVersion, version_id, with_for_update=True, populate_existing=True)


def _signed(version: ReportVersion, *, by: int | None, now: datetime) -> dict[str, Any]:
    """Who checked and who froze, by the opaque code of the person; ``None``: the command."""
    checked = [step for step in version.steps if step.kind is StepKind.CHECKED][-1]
    people = queries.person_codes({checked.by_id, by})
    return {
        "checked": {"at": checked.at.isoformat(), "by": people.get(checked.by_id)},
        "frozen": {"at": now.isoformat(), "by": people.get(by)},
    }


def _field_of(refusal: ReportRefusal) -> str | None:
    return "reason" if refusal is ReportRefusal.REASON_MISSING else None


def _refuse(refusal: ReportRefusal | None) -> None:
    if refusal:
        raise RefusedError(refusal)


def _note(
    version: ReportVersion,
    kind: StepKind,
    *,
    by: int | None,
    now: datetime,
    reason: str | None = None,
    **kept: dict[str, Any] | None,
) -> None:
    """The step as a row, the state it leads to, and an entry in the log. ``kept``: what else the
    row keeps, such as ``seen``.
    """
    version.steps.append(ReportStep(kind=kind, at=now, by_id=by, reason=reason, **kept))
    if kind is not StepKind.DRAFTED:
        version.state = TRANSITIONS[version.state, kind]
    record(
        f"statistics.report_{kind.value}",
        subject_kind="report",
        subject_id=version.report.public_id,
        by=by,
        now=now,
        detail={"number": version.number} | ({"reason": reason} if reason else {}),
    )
