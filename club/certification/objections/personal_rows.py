"""Somebody's appeals and complaints, as the person may take them along; what stays of them when
the person's data is erased; and why two entries of one person cannot become one yet.
"""

from collections.abc import Iterator
from enum import StrEnum

from sqlalchemy import or_, select, update

from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.personal_rows import two_ways
from club.certification.objections.models import (
    Appeal,
    AppealPaper,
    AppealStep,
    Complaint,
    ComplaintHearing,
    ComplaintPaper,
    ComplaintStep,
)
from club.certification.objections.operations.forgetting import forget_papers
from club.db import db, transaction
from club.files.models import StoredFile
from club.files.personal_data import personal_file
from club.files.receiving import let_go
from club.web.personal_data import ERASED_NAME, Conflict, Erasure, Pair, PersonalFile, Rows, Whose


def appeals_of(whose: Whose) -> Rows:
    return (
        select(
            Appeal.public_id.label("appeal"),
            Candidate.public_id.label("candidacy"),
            Appeal.words,
            Appeal.wish,
            Appeal.state,
            Appeal.remedy,
            Appeal.made_at,
            Appeal.due_on,
            Appeal.closed_at,
        )
        .join(Candidate, Candidate.id == Appeal.candidate_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(Appeal.id)
    )


def appeal_steps_of(whose: Whose) -> Rows:
    return (
        select(
            Appeal.public_id.label("appeal"),
            AppealStep.kind,
            AppealStep.at,
            AppealStep.reason,
            AppealStep.told,
        )
        .join(Appeal, Appeal.id == AppealStep.appeal_id)
        .join(Candidate, Candidate.id == Appeal.candidate_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(AppealStep.id)
    )


def appeal_papers_of(whose: Whose) -> Rows:
    return (
        select(
            Appeal.public_id.label("appeal"),
            StoredFile.name.label("file"),
            AppealPaper.at,
        )
        .join(Appeal, Appeal.id == AppealPaper.appeal_id)
        .join(Candidate, Candidate.id == Appeal.candidate_id)
        .outerjoin(StoredFile, StoredFile.id == AppealPaper.file_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(AppealPaper.id)
    )


def appeal_files_of(whose: Whose) -> Iterator[PersonalFile]:
    return _files(_paper_files(whose))


def complaint_files_of(whose: Whose) -> Iterator[PersonalFile]:
    """What somebody handed in with complaints; not what others did with those about them."""
    return _files(
        select(ComplaintPaper.file_id)
        .join(Complaint, Complaint.id == ComplaintPaper.complaint_id)
        .where(Complaint.person_id == whose.person_id)
    )


def _files(ids: Rows) -> Iterator[PersonalFile]:
    query = select(StoredFile).where(StoredFile.id.in_(ids)).order_by(StoredFile.id)
    return map(personal_file, db.session.scalars(query))


def appeal_ids_of(whose: Whose) -> Rows:
    """By which the log knows the appeals that somebody looked at."""
    return (
        select(Appeal.public_id)
        .join(Candidate, Candidate.id == Appeal.candidate_id)
        .where(Candidate.person_id == whose.person_id)
    )


def erase(erasure: Erasure) -> None:
    """That somebody appealed, and how it ended, stays; words and papers go."""
    whose = erasure.whose
    own = select(Appeal.id).where(
        Appeal.candidate_id.in_(select(Candidate.id).where(Candidate.person_id == whose.person_id))
    )
    with transaction() as session:
        papers = session.scalars(
            select(StoredFile).where(StoredFile.id.in_(_paper_files(whose)))
        ).all()
        session.execute(
            update(Appeal).where(Appeal.id.in_(own)).values(words=ERASED_NAME, wish=ERASED_NAME)
        )
        session.execute(
            update(AppealStep).where(AppealStep.appeal_id.in_(own)).values(reason=None, told=None)
        )
        session.execute(
            update(AppealPaper).where(AppealPaper.appeal_id.in_(own)).values(file_id=None)
        )
        for paper in papers:
            let_go(paper)
        _erase_complaints(erasure)


class MergeRefusal(StrEnum):
    APPEAL_TO_DECIDE = (
        "Both are on the way to the same level, and one of them has appealed. Decide the appeal"
        " first."
    )


def conflicts(pair: Pair) -> Iterator[Conflict]:
    """Of two open ways to a level one is to be ended: not while an appeal waits in either."""
    appealed = [one for one in two_ways(pair) if one.state is CandidateState.APPEALED]
    if appealed:
        yield Conflict(MergeRefusal.APPEAL_TO_DECIDE, [one.level.name for one in appealed])


def _paper_files(whose: Whose) -> Rows:
    return (
        select(AppealPaper.file_id)
        .join(Appeal, Appeal.id == AppealPaper.appeal_id)
        .join(Candidate, Candidate.id == Appeal.candidate_id)
        .where(Candidate.person_id == whose.person_id)
    )


def complaints_of(whose: Whose) -> Rows:
    return (
        select(
            Complaint.public_id.label("complaint"),
            Complaint.about,
            Complaint.named,
            Complaint.words,
            Complaint.wish,
            Complaint.keeps_name_back,
            Complaint.state,
            Complaint.received_at,
            Complaint.acknowledge_by,
            Complaint.due_on,
            Complaint.closed_at,
        )
        .where(Complaint.person_id == whose.person_id)
        .order_by(Complaint.id)
    )


def complaint_steps_of(whose: Whose) -> Rows:
    return (
        select(
            Complaint.public_id.label("complaint"),
            ComplaintStep.kind,
            ComplaintStep.at,
            ComplaintStep.reason,
            ComplaintStep.told,
        )
        .join(Complaint, Complaint.id == ComplaintStep.complaint_id)
        .where(Complaint.person_id == whose.person_id)
        .order_by(ComplaintStep.id)
    )


def hearings_of(whose: Whose) -> Rows:
    """What was said about the person by the club, and what the person answered: not by whom."""
    return (
        select(
            ComplaintHearing.public_id.label("hearing"),
            Complaint.about,
            Complaint.state,
            ComplaintHearing.put,
            ComplaintHearing.answer_by,
            ComplaintHearing.asked_at,
            ComplaintHearing.answer,
            ComplaintHearing.answered_at,
        )
        .join(Complaint, Complaint.id == ComplaintHearing.complaint_id)
        .where(ComplaintHearing.person_id == whose.person_id)
        .order_by(ComplaintHearing.id)
    )


def complaint_ids_of(whose: Whose) -> Rows:
    """Of the complaints whose pages show the person: as the sender, or as whom it is about."""
    about = select(ComplaintHearing.complaint_id).where(
        ComplaintHearing.person_id == whose.person_id
    )
    return select(Complaint.public_id).where(
        or_(Complaint.person_id == whose.person_id, Complaint.id.in_(about))
    )


def complaint_papers_of(whose: Whose) -> Rows:
    return (
        select(
            Complaint.public_id.label("complaint"),
            StoredFile.name.label("file"),
            ComplaintPaper.at,
        )
        .join(Complaint, Complaint.id == ComplaintPaper.complaint_id)
        .outerjoin(StoredFile, StoredFile.id == ComplaintPaper.file_id)
        .where(Complaint.person_id == whose.person_id)
        .order_by(ComplaintPaper.id)
    )


def _erase_complaints(erasure: Erasure) -> None:
    """That there was a complaint, and what came of it, stays; words and names go, of both sides."""
    person_id = erasure.whose.person_id
    own = Complaint.person_id == person_id
    hearing = ComplaintHearing.person_id == person_id
    with transaction() as session:
        about = select(ComplaintHearing.complaint_id).where(hearing)
        session.execute(
            update(Complaint)
            .where(or_(own, Complaint.id.in_(about)))
            .values(named=ERASED_NAME, words=ERASED_NAME, wish=None, fingerprint=None)
        )
        session.execute(update(Complaint).where(own).values(full_name=None))
        forget_papers(session, session.scalars(select(Complaint.id).where(own)).all())
        shown = select(Complaint.id).where(or_(own, Complaint.id.in_(about)))
        session.execute(
            update(ComplaintStep)
            .where(ComplaintStep.complaint_id.in_(shown))
            .values(reason=None, told=None)
        )
        session.execute(
            update(ComplaintHearing)
            .where(ComplaintHearing.complaint_id.in_(shown))
            .values(put=ERASED_NAME)
        )
        session.execute(update(ComplaintHearing).where(hearing).values(answer=None))
