"""How the log of decisions calls the things of all rooms, which lie above its own."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from club.accounts.models import RoleName
from club.accounts.queries import names_of
from club.audit.names import LogNames, TitleSource
from club.certification.assessment.models import AssessorTask
from club.certification.awards.certificates.models import AwardCertificate
from club.certification.candidacy.models import Candidate, Evidence
from club.certification.figures.lists import CANDIDACIES, EXPERTS
from club.certification.helping.models import HelpRequest
from club.certification.models import CertificationScheme, ExpertCertificate, WithdrawalKind
from club.certification.objections.models import Appeal, Complaint
from club.certification.schemes.models import SchemeVersion
from club.courses.models import Course, Run
from club.db import db
from club.identity.models import ClubProfile
from club.indicators.models import Observation, ObservationSeries, ObservationStatus
from club.knowledge.agreements.models import Agreement
from club.knowledge.editing.models import Draft
from club.knowledge.finding.models import PromotedAnswer
from club.knowledge.library.models import Document
from club.knowledge.models import Article
from club.knowledge.questions.models import MemberQuestion
from club.materials.models import Material, Visibility
from club.membership.models import Membership, MembershipApplication
from club.outbox.models import Letter
from club.people.merging.models import PersonMerge
from club.people.models import Organisation, Person, SizeClass
from club.pilots.models import PilotOutcome, PilotProject
from club.plan.budget.models import MoneySource
from club.plan.items.models import PlanItem
from club.plan.items.rules import ItemState
from club.privacy.requests.models import PrivacyRequest
from club.records.certificates.models import CertificateDesign, CompletionCertificate, SigningKey
from club.records.earlier.models import EarlierBatch
from club.records.outside.models import OutsideState, OutsideTraining
from club.registration.messages.models import Group
from club.registration.models import Registration, RegistrationState, WayIn
from club.registration.requirements.models import RequirementKind
from club.reporting.models import DepartmentReport
from club.reporting.summaries.models import ReportSummary
from club.statistics.elsewhere.models import ReportedTraining
from club.statistics.reports.models import Report, ReportLetterhead
from club.units.labels import unit_name
from club.units.models import Unit
from club.web.language import day, said


def _titles(
    key: InstrumentedAttribute[Any],
    title: Callable[[Any], str],
    *options: ORMOption,
    read: Callable[[str], object] = str,
) -> TitleSource:
    """Titles of a table's rows by what the log keeps of them, in one query.

    ``read`` turns what is kept into the type of the column ``key``.
    """

    def titles_of(kept: Collection[str]) -> dict[str, str]:
        query = select(key.class_).where(key.in_([read(text) for text in kept]))
        rows = db.session.scalars(query.options(*options))
        return {str(getattr(row, key.key)): title(row) for row in rows}

    return titles_of


def _series(series: ObservationSeries) -> str:
    return said(series.name, series.name_en)


def _course(course: Course) -> str:
    return f"{said(course.title, course.title_en)} ({course.code})"


def _run(run: Run) -> str:
    return f"{said(run.course.title, run.course.title_en)} ({run.code})"


def _holder(held: Membership | MembershipApplication) -> str:
    if held.organisation:
        return held.organisation.name
    return held.person.full_name if held.person else ""


def _observation(observation: Observation) -> str:
    return f"{_series(observation.series)}, {day(observation.as_of)}"


def _lists_of_experts(kept: Collection[str]) -> dict[str, str]:
    words = {
        EXPERTS: gettext("Certified experts"),
        CANDIDACIES: gettext("Candidates for expert certification"),
    }
    return {name: words[name] for name in kept if name in words}


def _lists_of_months(kept: Collection[str]) -> dict[str, str]:
    """Months such as 2026-03, as they are written here."""
    months = (month.split("-") for month in kept)
    return {f"{year}-{month}": f"{month}/{year}" for year, month in months}


def _candidacy(candidate: Candidate) -> str:
    return f"{candidate.person.full_name}, {said(candidate.level.name, candidate.level.name_en)}"


LOG_NAMES = LogNames(
    accounts=names_of,
    kept_back={
        "appeal",
        "assessor_task",
        "candidate",
        "complaint",
        "evidence",
        "help_request",
        "member_question",
    },
    titles={
        "agreement": _titles(Agreement.public_id, lambda a: a.organisation_name, read=UUID),
        "appeal": _titles(
            Appeal.public_id,
            lambda a: _candidacy(a.candidate),
            joinedload(Appeal.candidate).joinedload(Candidate.person),
            joinedload(Appeal.candidate).joinedload(Candidate.level),
            read=UUID,
        ),
        "assessor_task": _titles(
            AssessorTask.public_id,
            lambda t: _candidacy(t.candidate),
            joinedload(AssessorTask.candidate).joinedload(Candidate.person),
            joinedload(AssessorTask.candidate).joinedload(Candidate.level),
            read=UUID,
        ),
        "candidate": _titles(
            Candidate.public_id,
            _candidacy,
            joinedload(Candidate.person),
            joinedload(Candidate.level),
            read=UUID,
        ),
        "club_profile": _titles(
            ClubProfile.valid_from, lambda p: said(p.name, p.name_en), read=date.fromisoformat
        ),
        "award_certificate": _titles(
            AwardCertificate.number, lambda c: f"{c.holder_name}, {c.number}"
        ),
        "complaint": _titles(Complaint.public_id, lambda c: c.number, read=UUID),
        "completion_certificate": _titles(
            CompletionCertificate.number, lambda c: f"{c.holder_name}, {c.number}"
        ),
        "course": _titles(Course.code, _course),
        "earlier_batch": _titles(EarlierBatch.public_id, lambda b: b.source, read=UUID),
        "evidence": _titles(
            Evidence.public_id,
            lambda e: f"{e.person.full_name}, {e.title}",
            joinedload(Evidence.person),
            read=UUID,
        ),
        "expert_certificate": _titles(
            ExpertCertificate.public_id,
            lambda c: f"{c.person.full_name}, {c.number}",
            joinedload(ExpertCertificate.person),
            read=UUID,
        ),
        "expert_figures": _lists_of_experts,
        "trainee_figures": _lists_of_months,
        "unused_places": _lists_of_months,
        "help_request": _titles(
            HelpRequest.public_id,
            lambda request: request.person.full_name,
            joinedload(HelpRequest.person),
            read=UUID,
        ),
        "letter": _titles(Letter.public_id, lambda letter: letter.subject, read=UUID),
        "article": _titles(Article.slug, lambda text: said(text.title, text.title_en)),
        "document": _titles(Document.slug, lambda one: said(one.name, one.name_en)),
        "observation_series": _titles(
            ObservationSeries.key, lambda one: said(one.name, one.name_en)
        ),
        "text_draft": _titles(Draft.public_id, lambda draft: draft.title, read=UUID),
        "material": _titles(Material.public_id, lambda material: material.title, read=UUID),
        "member_question": _titles(MemberQuestion.public_id, lambda q: q.title, read=UUID),
        "membership": _titles(
            Membership.id,
            _holder,
            joinedload(Membership.person),
            joinedload(Membership.organisation),
            read=int,
        ),
        "membership_application": _titles(
            MembershipApplication.public_id,
            _holder,
            joinedload(MembershipApplication.person),
            joinedload(MembershipApplication.organisation),
            read=UUID,
        ),
        "observation": _titles(
            Observation.public_id, _observation, joinedload(Observation.series), read=UUID
        ),
        "organisation": _titles(Organisation.code, lambda o: f"{o.name} ({o.code})"),
        "outside_training": _titles(
            OutsideTraining.public_id,
            lambda t: f"{t.person.full_name}, {t.title}",
            joinedload(OutsideTraining.person),
            read=UUID,
        ),
        "person": _titles(Person.public_id, lambda person: person.full_name, read=UUID),
        "person_merge": _titles(
            PersonMerge.public_id,
            lambda merged: merged.kept.full_name,
            joinedload(PersonMerge.kept),
            read=UUID,
        ),
        "pilot_project": _titles(
            PilotProject.public_id,
            lambda p: f"{p.title}, {p.organisation.name}",
            joinedload(PilotProject.organisation),
            read=UUID,
        ),
        "plan_item": _titles(PlanItem.key, lambda item: item.key),
        "promoted_answer": _titles(PromotedAnswer.public_id, lambda a: f"“{a.words}”", read=UUID),
        "privacy_request": _titles(
            PrivacyRequest.public_id,
            lambda asked: asked.person.full_name,
            joinedload(PrivacyRequest.person),
            read=UUID,
        ),
        "registration": _titles(
            Registration.public_id,
            lambda r: f"{r.person.full_name}, {_run(r.run)}",
            joinedload(Registration.person),
            joinedload(Registration.run).joinedload(Run.course),
            read=UUID,
        ),
        "report": _titles(Report.public_id, lambda report: report.title, read=UUID),
        "report_summary": _titles(ReportSummary.public_id, lambda one: one.title, read=UUID),
        "department_report": _titles(
            DepartmentReport.public_id,
            lambda one: f"{unit_name(one.unit)}, {one.request.title}",
            joinedload(DepartmentReport.unit),
            joinedload(DepartmentReport.request),
            read=UUID,
        ),
        "reported_training": _titles(ReportedTraining.public_id, lambda r: r.source, read=UUID),
        "report_letterhead": _titles(ReportLetterhead.id, lambda head: head.issuer, read=int),
        "run": _titles(Run.code, _run, joinedload(Run.course)),
        "scheme": _titles(CertificationScheme.key, lambda s: said(s.name, s.name_en)),
        "scheme_trial": _titles(Person.public_id, lambda person: person.full_name, read=UUID),
        "scheme_version": _titles(
            SchemeVersion.id,
            lambda v: f"{said(v.scheme.name, v.scheme.name_en)}, {v.label}",
            joinedload(SchemeVersion.scheme),
            read=int,
        ),
        "series": _titles(ObservationSeries.key, _series),
        "certificate_design": _titles(
            CertificateDesign.version, lambda d: f"{d.version}: {d.title}", read=int
        ),
        "signing_key": _titles(SigningKey.fingerprint, lambda k: k.fingerprint[:16]),
        "unit": _titles(Unit.key, unit_name),
    },
    things={
        "course": "course",
        "organisation": "organisation",
        "person": "person",
        "run": "run",
        "series": "series",
        "successor": "unit",
        "unit": "unit",
    },
    choices={
        "acting_as": RoleName,
        "decision": OutsideState,
        "given": RoleName,
        "kind": WithdrawalKind,
        "money_from": MoneySource,
        "needs": RequirementKind,
        "outcome": PilotOutcome,
        "readers": Group,
        "roles": RoleName,
        "size_class": SizeClass,
        "stands": ItemState,
        "state": RegistrationState,
        "status": ObservationStatus,
        "taken": RoleName,
        "visibility": Visibility,
        "way_in": WayIn,
    },
)
