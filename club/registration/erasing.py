"""What stays of somebody's registrations when the person's data is erased: that there was one, and
what became of it.
"""

import uuid
from enum import StrEnum

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from club.courses.models import Run, RunState
from club.db import db, transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.registration.inviting.models import RunInvitation
from club.registration.models import (
    ACTIVE_STATES,
    CourseInterest,
    Registration,
    RegistrationStep,
)
from club.registration.nominations.models import Nominee
from club.registration.questions.models import RegistrationAnswer
from club.web.personal_data import ERASED_NAME, Erasure, Whose


class ErasureRefusal(StrEnum):
    ON_A_LIST = (
        "This person is on the list of classes that are not closed yet. Take the registration off,"
        " or close the class, first."
    )


def hindrance(whose: Whose) -> ErasureRefusal | None:
    """Seats and figures have to be right first: only their own rooms can see to that."""
    on_a_list = exists().where(
        Registration.person_id == whose.person_id,
        Registration.state.in_(ACTIVE_STATES),
        Registration.run_id == Run.id,
        Run.state.not_in([RunState.CLOSED, RunState.CANCELLED]),
    )
    return ErasureRefusal.ON_A_LIST if db.session.scalar(select(on_a_list)) else None


def erase(erasure: Erasure) -> None:
    person_id = erasure.whose.person_id
    own = select(Registration.id).where(Registration.person_id == person_id)
    with transaction() as session:
        session.execute(
            update(RegistrationStep)
            .where(RegistrationStep.registration_id.in_(own))
            .values(remark=None)
        )
        _erase_answers(session, person_id)
        session.execute(
            update(Nominee)
            .where(or_(Nominee.person_id == person_id, Nominee.registration_id.in_(own)))
            .values(full_name=ERASED_NAME)
        )
        session.execute(delete(CourseInterest).where(CourseInterest.person_id == person_id))
        _erase_invitations(session, erasure)


def _erase_answers(session: Session, person_id: int) -> None:
    own = select(Registration.id).where(Registration.person_id == person_id)
    given = RegistrationAnswer.registration_id.in_(own)
    handed_in = select(RegistrationAnswer.file_id).where(
        given, RegistrationAnswer.file_id.is_not(None)
    )
    files = session.scalars(select(StoredFile).where(StoredFile.id.in_(handed_in))).all()
    session.execute(delete(RegistrationAnswer).where(given))
    for file in files:
        let_go(file)


def _erase_invitations(session: Session, erasure: Erasure) -> None:
    """They let nobody in any more."""
    invited = select(RunInvitation).where(
        or_(
            RunInvitation.person_id == erasure.whose.person_id,
            RunInvitation.email.in_(erasure.addresses),
        )
    )
    for invitation in session.scalars(invited):
        invitation.email = f"{uuid.uuid4().hex}@forgotten.invalid"
        invitation.withdrawn_at = invitation.withdrawn_at or erasure.now
    session.flush()
