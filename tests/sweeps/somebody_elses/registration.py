import uuid
from io import BytesIO

from sqlalchemy import select

from club.accounts.models import Account
from club.courses.models import Course
from club.db import db, transaction
from club.files.receiving import add_file, receive
from club.registration.inviting.models import RunInvitation
from club.registration.models import Registration, RegistrationState, RunQuota
from club.registration.nominations.models import Nomination
from club.registration.questions.models import CourseQuestion, QuestionKind, RegistrationAnswer
from club.registration.requirements.models import CourseRequirement, RequirementKind
from tests.materials.kit import PDF
from tests.support.demo import TODAY
from tests.support.factories import NOW, a_person, a_run, an_account, saved
from tests.sweeps.somebody_elses.finding import another_organisation, first, published_run


def requirement_of_a_course():
    course = first(select(Course))
    required = saved(
        CourseRequirement(course_id=course.id, kind=RequirementKind.MEMBERSHIP, added_at=NOW)
    )
    return {"code": course.code, "requirement_id": required.id}


def run_for_another_organisation():
    return {"code": another_organisation().code, "run": published_run().code}


def registration_of_another_organisation():
    """Of one that no visitor speaks for."""
    organisation, run = another_organisation(), a_run()
    made = Registration(
        run_id=run.id,
        person_id=a_person().id,
        state=RegistrationState.CONFIRMED,
        queue_number=1,
        audience=organisation.kind,
        organisation_id=organisation.id,
        registered_at=TODAY,
    )
    return {"code": organisation.code, "public_id": saved(made).public_id}


def another_nomination():
    """Of an organisation that no visitor speaks for."""
    organisation = another_organisation()
    made = Nomination(
        public_id=uuid.uuid4(),
        run_id=published_run().id,
        organisation_id=organisation.id,
        places_shown=0,
        statement="Đã đồng ý",
        at=TODAY,
        by_id=an_account().id,
    )
    return {"code": organisation.code, "public_id": saved(made).public_id}


def registration():
    people = select(Account.person_id)
    found = select(Registration).where(
        Registration.person_id.not_in(people), Registration.state == RegistrationState.CONFIRMED
    )
    return {"public_id": first(found).public_id}


def invitation_to_a_run():
    run = published_run()
    invitation = RunInvitation(run_id=run.id, email="moi@example.vn", invited_at=NOW)
    return {"code": run.code, "public_id": saved(invitation).public_id}


def request_to_another_organisation():
    return {"code": another_organisation().code} | registration()


def question_of_a_course():
    course = first(select(Course))
    return {"code": course.code, "question_id": a_question(course).id}


def file_answered():
    address = registration()
    found = first(select(Registration).where(Registration.public_id == address["public_id"]))
    question = a_question(found.run.course, kind=QuestionKind.FILE)
    received = receive(BytesIO(PDF), name="a.pdf")
    with transaction() as session:
        file = add_file(received, by=None, now=NOW)
        session.add(
            RegistrationAnswer(
                registration_id=found.id, question_id=question.id, file=file, answered_at=NOW
            )
        )
    return address | {"question_id": question.id}


def a_question(course, *, kind=QuestionKind.TEXT):
    return saved(
        CourseQuestion(
            course_id=course.id, position=1, kind=kind, wording="Hỏi gì?", required=False,
            added_at=NOW,
        )
    )  # fmt: skip


def group_of_a_run():
    run = published_run()
    found = select(RunQuota).where(RunQuota.run_id == run.id)
    group = db.session.scalars(found).first() or saved(
        RunQuota(run_id=run.id, position=1, seats=1, members_only=True)
    )
    return {"code": run.code, "position": group.position}
