"""Candidates about whom something was decided, and their appeals."""

from datetime import timedelta

from sqlalchemy import select

from club.accounts.models import Account
from club.certification.assessment.operations import deciding as assessments
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.candidacy.operations import admitting
from club.certification.objections.models import ComplaintAbout
from club.certification.objections.operations import appealing, complaining, handling
from club.certification.objections.operations.complaining import Grievance, Sender
from club.certification.objections.operations.handling import Question
from club.clock import local_day
from club.db import db, transaction
from tests.certification.assessment.kit import a_coordinator, judged, under_assessment
from tests.certification.candidacy.kit import applied
from tests.support.factories import NOW, a_person, an_account

WORDS = appealing.Objection("Dự án của tôi có đo trước và sau.", "Xin thẩm định lại.")


def decided(outcome=CandidateState.NOT_YET, *, level=None, account=None, assessor=None, by=None):
    """Assessed by somebody, and decided by a coordinator."""
    candidate = under_assessment(level, account)
    judged(candidate, assessor)
    by = (by or a_coordinator()).id
    return assessments.decide(candidate.id, assessments.Ruling(outcome, "Chưa đủ."), by=by, now=NOW)


def not_admitted(account=None, by=None):
    by = (by or a_coordinator()).id
    return admitting.turn_down(applied(account=account).id, remark="Chưa rõ.", by=by, now=NOW)


def recognised(account=None):
    """With a recognition that stands, as ``awards`` leaves it."""
    candidate = decided(CandidateState.CERTIFIED, account=account)
    return stepped(candidate, CandidateState.VALID, StepReason.RECOGNISED)


def suspended(account=None):
    candidate = recognised(account)
    return stepped(candidate, CandidateState.SUSPENDED, StepReason.SUSPENDED)


def recognition_withdrawn(account=None, *, suspended_before=False):
    candidate = suspended(account) if suspended_before else recognised(account)
    return stepped(candidate, CandidateState.WITHDRAWN, StepReason.RECOGNITION_WITHDRAWN)


def stepped(candidate, after, reason, now=NOW):
    with transaction():
        take(candidate, Step(after, reason, a_coordinator().id, now))
    return candidate


def appealed(candidate, *, by=None, now=NOW, paper=None, words=WORDS):
    by = by or account_of(candidate)
    return appealing.appeal(candidate.id, words, paper=paper, by=by.id, now=now)


def account_of(candidate):
    query = select(Account).where(Account.person_id == candidate.person_id)
    return db.session.scalars(query).one()


def a_sender(account=None):
    account = account or an_account()
    return Sender("vi", person_id=account.person_id, account_id=account.id)


VISITOR = Sender("vi", full_name="Trần Thị Khách", email="khach@example.vn")


def a_complaint(sender=None, **given):
    facts = {
        "about": ComplaintAbout.ASSESSOR,
        "named": "Người thẩm định",
        "words": "Người này nói về hồ sơ của tôi với người khác.",
    }
    return complaining.complain(sender or a_sender(), Grievance(**facts | given), now=NOW)


def heard(complaint, person=None, *, by=None, days=10, put="Việc này có đúng không?"):
    person = person or a_person()
    question = Question(person.id, put, local_day(NOW) + timedelta(days=days))
    return handling.hear(complaint.id, question, by=(by or a_coordinator()).id, now=NOW)
