"""Somebody's appeals, as the person may take them along; what stays of them when the person's data
is erased; and why two entries of one person cannot become one yet.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial

from sqlalchemy import select, update

from club.certification.candidacy.models import Candidate, CandidateState
from club.certification.candidacy.personal_rows import two_ways
from club.certification.objections.models import Appeal, AppealPaper, AppealStep
from club.db import db, transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.files.storage import storage
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


def files_of(whose: Whose) -> Iterator[PersonalFile]:
    query = select(StoredFile).where(StoredFile.id.in_(_paper_files(whose)))
    for file in db.session.scalars(query.order_by(StoredFile.id)):
        yield PersonalFile(file.name, file.size, partial(storage().pieces, file.key))


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
