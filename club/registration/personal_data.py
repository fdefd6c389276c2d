"""What this room keeps about a person."""

from collections.abc import Iterator

from flask_babel import lazy_gettext
from sqlalchemy import select

from club.courses.models import Course, Run
from club.db import db
from club.files.models import StoredFile
from club.files.personal_data import personal_file
from club.people.models import Organisation
from club.registration.changes.models import RunTelling, RunTellingReader
from club.registration.erasing import erase, hindrance
from club.registration.inviting.models import RunInvitation
from club.registration.merging import MOVES, conflicts
from club.registration.models import CourseInterest, Offer, Registration, RegistrationStep
from club.registration.nominations.models import Nomination, Nominee
from club.registration.questions.models import CourseQuestion, RegistrationAnswer
from club.web.personal_data import Kept, PersonalFile, PersonalPart, Rows, Whose


def _registrations(whose: Whose) -> Rows:
    return (
        select(
            Registration.public_id.label("registration"),
            Run.code.label("run"),
            Course.title.label("course"),
            Registration.state,
            Registration.audience,
            Organisation.name.label("organisation"),
            Registration.queue_number,
            Registration.registered_at,
            Registration.takes_late_place,
            Registration.any_run,
        )
        .join(Run, Run.id == Registration.run_id)
        .join(Course, Course.id == Run.course_id)
        .outerjoin(Organisation, Organisation.id == Registration.organisation_id)
        .where(Registration.person_id == whose.person_id)
        .order_by(Registration.id)
    )


def _steps(whose: Whose) -> Rows:
    return (
        select(
            Registration.public_id.label("registration"),
            RegistrationStep.from_state,
            RegistrationStep.to_state,
            RegistrationStep.reason,
            RegistrationStep.remark,
            RegistrationStep.at,
        )
        .join(Registration, Registration.id == RegistrationStep.registration_id)
        .where(Registration.person_id == whose.person_id)
        .order_by(RegistrationStep.id)
    )


def _answers(whose: Whose) -> Rows:
    return (
        select(
            Registration.public_id.label("registration"),
            CourseQuestion.wording.label("question"),
            RegistrationAnswer.words,
            RegistrationAnswer.number,
            StoredFile.name.label("file"),
            RegistrationAnswer.answered_at,
            RegistrationAnswer.replaced_at,
        )
        .join(Registration, Registration.id == RegistrationAnswer.registration_id)
        .join(CourseQuestion, CourseQuestion.id == RegistrationAnswer.question_id)
        .outerjoin(StoredFile, StoredFile.id == RegistrationAnswer.file_id)
        .where(Registration.person_id == whose.person_id)
        .order_by(RegistrationAnswer.id)
    )


def _offers(whose: Whose) -> Rows:
    return (
        select(
            Registration.public_id.label("registration"),
            Offer.made_at,
            Offer.expires_at,
            Offer.answer,
            Offer.answered_at,
        )
        .join(Registration, Registration.id == Offer.registration_id)
        .where(Offer.person_id == whose.person_id)
        .order_by(Offer.id)
    )


def _nominations(whose: Whose) -> Rows:
    return (
        select(
            Organisation.name.label("organisation"),
            Run.code.label("run"),
            Nominee.full_name,
            Nominee.outcome,
            Nominee.refusal,
            Nomination.at,
        )
        .join(Nomination, Nomination.id == Nominee.nomination_id)
        .join(Organisation, Organisation.id == Nomination.organisation_id)
        .join(Run, Run.id == Nomination.run_id)
        .where(Nominee.person_id == whose.person_id)
        .order_by(Nominee.id)
    )


def _invitations(whose: Whose) -> Rows:
    return (
        select(
            Run.code.label("run"),
            RunInvitation.email,
            RunInvitation.invited_at,
            RunInvitation.withdrawn_at,
            RunInvitation.reminded_at,
        )
        .join(Run, Run.id == RunInvitation.run_id)
        .where(RunInvitation.person_id == whose.person_id)
        .order_by(RunInvitation.id)
    )


def _interests(whose: Whose) -> Rows:
    return (
        select(Course.title.label("course"), CourseInterest.since, CourseInterest.ended_at)
        .join(Course, Course.id == CourseInterest.course_id)
        .where(CourseInterest.person_id == whose.person_id)
        .order_by(CourseInterest.id)
    )


def _tellings(whose: Whose) -> Rows:
    return (
        select(Run.code.label("run"), RunTelling.at)
        .join(RunTelling, RunTelling.run_id == Run.id)
        .join(RunTellingReader, RunTellingReader.telling_id == RunTelling.id)
        .where(RunTellingReader.person_id == whose.person_id)
        .order_by(RunTellingReader.id)
    )


def _answer_files(whose: Whose) -> Iterator[PersonalFile]:
    """Those handed in as answers, whoever handed them in."""
    query = (
        select(StoredFile)
        .join(RegistrationAnswer, RegistrationAnswer.file_id == StoredFile.id)
        .join(Registration, Registration.id == RegistrationAnswer.registration_id)
        .where(Registration.person_id == whose.person_id)
        .order_by(StoredFile.id)
    )
    return map(personal_file, db.session.scalars(query))


def _own_ids(whose: Whose) -> Rows:
    return select(Registration.public_id).where(Registration.person_id == whose.person_id)


def _runs(whose: Whose) -> Rows:
    return (
        select(Run.code, Registration.registered_at)
        .join(Run, Run.id == Registration.run_id)
        .where(Registration.person_id == whose.person_id)
    )


PERSONAL_DATA = PersonalPart(
    "registration",
    lazy_gettext("Classes you registered for"),
    [
        Kept(
            lazy_gettext(
                "Registrations with every step, places offered to you, nominations, invitations,"
                " and courses you want to hear of"
            ),
            lazy_gettext("To give out places fairly, and to be able to show how it was done"),
            lazy_gettext("Without end; after erasure without your name and words"),
            lazy_gettext(
                "You, the club's coordinators, trainers of the class, and the organisation that"
                " sends you"
            ),
        ),
        Kept(
            lazy_gettext("What you answered to the questions of a course, and files you handed in"),
            lazy_gettext("To prepare the class and to decide about places"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You and the club's coordinators"),
        ),
    ],
    rows={
        "registration": _registrations,
        "registration_step": _steps,
        "registration_answer": _answers,
        "offer": _offers,
        "nominee": _nominations,
        "run_invitation": _invitations,
        "course_interest": _interests,
        "run_telling_reader": _tellings,
    },
    acted=(
        "course_question.added_by_id",
        "course_requirement.added_by_id",
        "nomination.by_id",
        "registration_step.by_id",
        "reminder_plan.by_id",
        "run_invitation.invited_by_id",
        "run_message.by_id",
        "run_telling.by_id",
    ),
    files={"registration_answer.file_id": _answer_files},
    seen_as={"registration": _own_ids},
    listed_in={"run": _runs},
    erase=erase,
    hinders=hindrance,
    moves=MOVES,
    conflicts=conflicts,
)
