"""What waits for a coordinator, told by the same states by which each desk lists it. Two
statements, however much it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    SQLColumnExpression,
    String,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from club import clock
from club.accounts.models import RoleName
from club.certification.candidacy.models import Candidate, CandidateState, WaitsFor
from club.certification.helping.models import HelpRequest, HelpState
from club.certification.models import ExpertCertificate, ExpertCertificateState
from club.certification.objections.models import Appeal, AppealState, Complaint, ComplaintState
from club.courses.models import Run, RunState
from club.db import db
from club.knowledge.editing.models import Draft, TextState
from club.knowledge.models import Article
from club.knowledge.questions.models import WAITING, MemberQuestion
from club.membership.models import ApplicationState, MembershipApplication
from club.outbox.models import Letter, LetterState
from club.pilots.models import PilotPart
from club.privacy.requests.models import PrivacyRequest, RequestState
from club.records.outside.models import OutsideState, OutsideTraining
from club.registration.models import Offer, Registration, RegistrationState
from club.reporting.models import DepartmentReport, ReportRequest
from club.reporting.queries import is_late, waits_to_be_read
from club.statistics.reports.models import Report, ReportVersion, VersionState

#: Offers that run out so soon are worth a telephone call.
_SOON = timedelta(hours=24)


class Errand(StrEnum):
    """What somebody has to decide or to do."""

    CLOSE_RUN = "close_run"
    DECIDE_PLACES = "decide_places"
    OFFERS_END = "offers_end"
    APPLICATIONS = "applications"
    PRIVACY = "privacy"
    APPEALS = "appeals"
    COMPLAINTS = "complaints"
    CANDIDATES = "candidates"
    CERTIFICATES = "certificates"
    HELP = "help"
    OUTSIDE = "outside"
    PILOT_PARTS = "pilot_parts"
    QUESTIONS = "questions"
    TEXTS = "texts"
    TEXTS_DUE = "texts_due"
    LETTERS = "letters"
    REPORTS_CHECK = "reports_check"
    REPORTS_FREEZE = "reports_freeze"
    DEPARTMENTS_LATE = "departments_late"
    DEPARTMENTS_CHECK = "departments_check"


#: What only one role can do.
OF_ONE_ROLE = {
    Errand.DEPARTMENTS_LATE: RoleName.COORDINATOR,
    Errand.DEPARTMENTS_CHECK: RoleName.COORDINATOR,
    Errand.REPORTS_CHECK: RoleName.OFFICIAL,
    Errand.REPORTS_FREEZE: RoleName.OFFICIAL,
}


@dataclass(frozen=True)
class Waiting:
    errand: Errand
    number: int
    #: Since when the oldest of them waits, or when the first offer runs out.
    since: datetime | None
    #: The last day on which the most urgent can be done in time.
    due_on: date | None
    #: Of a class: its code.
    run: str = ""

    def is_overdue(self, today: date) -> bool:
        return self.due_on is not None and self.due_on < today


def waiting_today(*, now: datetime) -> list[Waiting]:
    """What is overdue first, then what waits longest."""
    today = clock.local_day(now)
    found = [
        *(Waiting(Errand(errand), *rest) for errand, *rest in _rows(_everywhere(today))),
        *(Waiting(Errand(errand), *rest) for errand, *rest in _rows(_by_run(now))),
    ]
    here = [one for one in found if one.number]
    return sorted(here, key=lambda one: (not one.is_overdue(today), _begin(one)))


def _begin(one: Waiting) -> datetime:
    """Of what has only a last day: that day."""
    return one.since or clock.instant_of(one.due_on or date.max)


def _rows(selects: Iterable[Select[*tuple[Any, ...]]]) -> Iterable[Any]:
    return db.session.execute(union_all(*selects)).all()


def _everywhere(today: date) -> list[Select[*tuple[Any, ...]]]:
    states = [state for state in CandidateState if state.waits_for is WaitsFor.COORDINATOR]
    complaints = [state for state in ComplaintState if state.is_open]
    return [
        # Has both days: the first select says of what kind the columns of all are.
        _all(Errand.PRIVACY, PrivacyRequest.asked_at, PrivacyRequest.due_on).where(
            PrivacyRequest.state == RequestState.OPEN
        ),
        _all(Errand.APPEALS, Appeal.made_at, Appeal.due_on).where(Appeal.state == AppealState.OPEN),
        _all(Errand.COMPLAINTS, Complaint.received_at, Complaint.due_on).where(
            Complaint.state.in_(complaints)
        ),
        _all(Errand.APPLICATIONS, MembershipApplication.applied_at).where(
            MembershipApplication.state == ApplicationState.PENDING
        ),
        _all(Errand.CANDIDATES, Candidate.state_since).where(Candidate.state.in_(states)),
        _all(Errand.CERTIFICATES, ExpertCertificate.recorded_at).where(
            ExpertCertificate.state == ExpertCertificateState.RECORDED
        ),
        _all(Errand.HELP, HelpRequest.state_since).where(HelpRequest.state == HelpState.WITH_CLUB),
        _all(Errand.OUTSIDE, OutsideTraining.changed_at).where(
            OutsideTraining.state == OutsideState.WAITING
        ),
        _all(Errand.PILOT_PARTS, PilotPart.entered_at).where(
            PilotPart.confirmed_at.is_(None), PilotPart.removed_at.is_(None)
        ),
        _all(Errand.QUESTIONS, MemberQuestion.state_since).where(MemberQuestion.state.in_(WAITING)),
        _all(Errand.TEXTS, Draft.modified_at).where(Draft.state == TextState.IN_REVIEW),
        _all(Errand.TEXTS_DUE, cast(null(), Letter.created_at.type), Article.review_by).where(
            Article.retired_at.is_(None), Article.review_by <= today
        ),
        _all(Errand.LETTERS, Letter.created_at).where(Letter.state == LetterState.FAILED),
        *_reports(today),
    ]


def _reports(today: date) -> list[Select[*tuple[Any, ...]]]:
    due = ReportVersion.state == VersionState.CHECKED, Report.last_day < today
    return [
        _all(Errand.REPORTS_CHECK, ReportVersion.created_at).where(
            ReportVersion.state == VersionState.DRAFT
        ),
        _all(Errand.REPORTS_FREEZE, ReportVersion.created_at)
        .join(Report, Report.id == ReportVersion.report_id)
        .where(*due),
        _all(Errand.DEPARTMENTS_LATE, cast(null(), Letter.created_at.type), ReportRequest.due_on)
        .join(DepartmentReport, DepartmentReport.request_id == ReportRequest.id)
        .where(*is_late(today)),
        _all(Errand.DEPARTMENTS_CHECK, DepartmentReport.state_since).where(waits_to_be_read()),
    ]


def _by_run(now: datetime) -> list[Select[*tuple[Any, ...]]]:
    awaiting = [state for state in RegistrationState if state.awaits_decision]
    return [
        _each_run(Errand.CLOSE_RUN, Run.ends_at).where(
            Run.state == RunState.PUBLISHED, Run.ends_at <= now
        ),
        _each_run(Errand.DECIDE_PLACES, Registration.registered_at)
        .join(Registration, Registration.run_id == Run.id)
        .where(Registration.state.in_(awaiting)),
        _each_run(Errand.OFFERS_END, Offer.expires_at)
        .join(Registration, Registration.run_id == Run.id)
        .join(Offer, Offer.registration_id == Registration.id)
        .where(Offer.answered_at.is_(None), Offer.expires_at <= now + _SOON),
    ]


def _all(
    errand: Errand, since: SQLColumnExpression[Any], due_on: SQLColumnExpression[Any] | None = None
) -> Select[*tuple[Any, ...]]:
    due = cast(null(), Date) if due_on is None else due_on
    return select(literal(errand.value, String), func.count(), func.min(since), func.min(due))


def _each_run(errand: Errand, since: SQLColumnExpression[Any]) -> Select[*tuple[Any, ...]]:
    no_day = cast(null(), Date)
    return (
        select(literal(errand.value, String), func.count(), func.min(since), no_day, Run.code)
        .select_from(Run)
        .group_by(Run.code)
    )
