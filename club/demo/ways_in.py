"""Two runs of the demo club that nobody simply walks into: by request, and by invitation."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from club.courses.models import Course
from club.db import db
from club.demo.accounts import DemoAccounts
from club.demo.runs import DemoRun, Part
from club.demo.society import DemoPerson, Society
from club.registration.inviting.models import RunInvitation
from club.registration.models import (
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
    WayIn,
)
from club.registration.questions import operations as questions
from club.registration.questions.models import QuestionKind, RegistrationAnswer
from club.registration.questions.queries import questions_asked
from club.registration.questions.rules import Meaning
from club.registration.requirements.operations import require_membership
from club.registration.rules.terms import Terms
from club.registration.terms import set_terms

_WHY = Meaning(
    QuestionKind.TEXT,
    "Anh chị muốn giải quyết việc gì ở nơi làm việc?",
    "What do you want to solve?",
)
_YEARS = Meaning(QuestionKind.NUMBER, "Mấy năm làm việc ở vị trí hiện nay?", "Years in your job?")
_SHIFT = Meaning(
    QuestionKind.CHOICE, "Anh chị thuận ca nào?", "Which shift suits you?", ("Sáng", "Chiều")
)
_ANSWER = "Chuyền hay phải chờ vật tư (minh họa)."


def show_ways_in(
    runs: dict[Part, DemoRun], society: Society, accounts: DemoAccounts, *, now: datetime
) -> None:
    """``runs``: one of each part. Nobody is written to."""
    by = accounts.coordinator.id
    if Part.BY_REQUEST in runs:
        run = runs[Part.BY_REQUEST]
        set_terms(run.id, Terms(way_in=WayIn.ENDORSED_APPROVAL), by=by, now=now)
        _ask(run.course.id, by=by, now=now)
        firm = accounts.member_firm
        workers = [one for one in society.people if one.organisation == firm]
        others = [one for one in society.people if one.organisation is None]
        for hours, person in enumerate(
            [*_not_on_list(run, workers)[:2], *_not_on_list(run, others)[:1]]
        ):
            _ask_for_a_place(run, person, at=now - timedelta(hours=30 - hours))
    if Part.BY_INVITATION in runs:
        run = runs[Part.BY_INVITATION]
        set_terms(run.id, Terms(way_in=WayIn.INVITATION), by=by, now=now)
        require_membership(db.session.get_one(Course, run.course.id), by=by, now=now)
        member = accounts.member
        for email, person_id in (
            (member.email, member.person_id),
            ("khach.moi@vidu.example", None),
        ):
            invitation = RunInvitation(
                run_id=run.id,
                email=email,
                person_id=person_id,
                invited_at=now - timedelta(days=1),
                invited_by_id=by,
            )
            db.session.add(invitation)
        db.session.flush()


def _ask(course_id: int, *, by: int, now: datetime) -> None:
    course = db.session.get_one(Course, course_id)
    for meaning, required in ((_WHY, True), (_YEARS, False), (_SHIFT, True)):
        questions.ask(course, meaning, required=required, by=by, now=now)


def _not_on_list(run: DemoRun, people: list[DemoPerson]) -> list[DemoPerson]:
    on_list = set(
        db.session.scalars(select(Registration.person_id).where(Registration.run_id == run.id))
    )
    return [person for person in people if person.id not in on_list]


def _ask_for_a_place(run: DemoRun, person: DemoPerson, *, at: datetime) -> None:
    last = select(func.max(Registration.queue_number)).where(Registration.run_id == run.id)
    registration = Registration(
        run_id=run.id,
        person_id=person.id,
        state=RegistrationState.REQUESTED,
        queue_number=(db.session.scalar(last) or 0) + 1,
        audience=person.audience,
        organisation_id=person.organisation.id if person.organisation else None,
        registered_at=at,
    )
    registration.steps = [
        RegistrationStep(to_state=registration.state, reason=StepReason.ASKED, at=at)
    ]
    db.session.add(registration)
    db.session.flush()
    asked = questions_asked(run.course.id)
    db.session.add_all(
        RegistrationAnswer(
            registration_id=registration.id,
            question_id=question.id,
            words=question.options[0] if question.options else _ANSWER,
            answered_at=at,
        )
        for question in asked
        if question.required
    )
    db.session.flush()
