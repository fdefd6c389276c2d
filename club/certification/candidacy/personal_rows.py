"""Somebody's candidacies and evidence, as the person may take them along; and what stays of them
when the person's data is erased.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import partial

from sqlalchemy import select, update

from club.certification.candidacy.models import (
    OPEN_STATES,
    Candidate,
    CandidateStep,
    Evidence,
    EvidenceUse,
    ShownProject,
)
from club.certification.models import CertificationScheme
from club.certification.schemes.models import Requirement
from club.db import db, transaction
from club.files.models import StoredFile
from club.files.receiving import let_go
from club.files.storage import storage
from club.people.models import Organisation
from club.pilots.models import PilotProject
from club.web.personal_data import (
    ERASED_NAME,
    Conflict,
    Erasure,
    Pair,
    PersonalFile,
    Rows,
    Whose,
)


class MergeRefusal(StrEnum):
    TWO_WAYS = (
        "Both are on the way to the same level, and nobody goes it twice. End the candidacy of one"
        " of the two first, with a reason."
    )
    RECOGNISED_TWICE = (
        "Both are recognised for the same level, and one person holds one recognition of it. The"
        " holder gives one of the two up, on the page of that candidacy; where nobody can do that"
        " any more, one coordinator proposes to withdraw it there and another one agrees."
    )


def candidacies_of(whose: Whose) -> Rows:
    return (
        select(
            Candidate.public_id.label("candidacy"),
            CertificationScheme.name.label("scheme"),
            Candidate.level_key.label("level"),
            Candidate.state,
            Candidate.state_since,
            Candidate.begun_at,
            Organisation.name.label("nominated_for"),
            Candidate.motivation,
        )
        .join(CertificationScheme, CertificationScheme.id == Candidate.scheme_id)
        .outerjoin(Organisation, Organisation.id == Candidate.nominated_for_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(Candidate.id)
    )


def steps_of(whose: Whose) -> Rows:
    return (
        select(
            Candidate.public_id.label("candidacy"),
            CandidateStep.from_state,
            CandidateStep.to_state,
            CandidateStep.reason,
            CandidateStep.remark,
            CandidateStep.told,
            CandidateStep.progress,
            CandidateStep.at,
        )
        .join(Candidate, Candidate.id == CandidateStep.candidate_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(CandidateStep.id)
    )


def evidence_of(whose: Whose) -> Rows:
    return (
        select(
            Evidence.public_id.label("evidence"),
            Evidence.kind,
            Evidence.title,
            Evidence.note,
            StoredFile.name.label("file"),
            Evidence.handed_in_at,
            Evidence.withdrawn_at,
            Evidence.withdrawal_reason,
        )
        .outerjoin(StoredFile, StoredFile.id == Evidence.file_id)
        .where(Evidence.person_id == whose.person_id)
        .order_by(Evidence.id)
    )


def uses_of(whose: Whose) -> Rows:
    return (
        select(
            Evidence.public_id.label("evidence"),
            Candidate.public_id.label("candidacy"),
            Requirement.name.label("requirement"),
            EvidenceUse.amount,
            EvidenceUse.day,
            EvidenceUse.to_day,
            EvidenceUse.category,
            EvidenceUse.claimed_at,
            EvidenceUse.state,
            EvidenceUse.decided_at,
            EvidenceUse.accepted_at,
            EvidenceUse.undone_because,
            EvidenceUse.remark,
        )
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .join(Candidate, Candidate.id == EvidenceUse.candidate_id)
        .join(Requirement, Requirement.id == EvidenceUse.requirement_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(EvidenceUse.id)
    )


def projects_of(whose: Whose) -> Rows:
    return (
        select(
            Evidence.public_id.label("evidence"),
            ShownProject.phase,
            ShownProject.measured,
            ShownProject.unit,
            ShownProject.before,
            ShownProject.before_on,
            ShownProject.after,
            ShownProject.after_on,
            PilotProject.title.label("pilot_project"),
        )
        .join(EvidenceUse, EvidenceUse.id == ShownProject.use_id)
        .join(Evidence, Evidence.id == EvidenceUse.evidence_id)
        .join(Candidate, Candidate.id == EvidenceUse.candidate_id)
        .outerjoin(PilotProject, PilotProject.id == ShownProject.pilot_id)
        .where(Candidate.person_id == whose.person_id)
        .order_by(EvidenceUse.id)
    )


def files_of(whose: Whose) -> Iterator[PersonalFile]:
    """The papers themselves, also those that were taken back."""
    handed_in = select(Evidence.file_id).where(Evidence.person_id == whose.person_id)
    query = select(StoredFile).where(StoredFile.id.in_(handed_in)).order_by(StoredFile.id)
    for file in db.session.scalars(query):
        yield PersonalFile(file.name, file.size, partial(storage().pieces, file.key))


def erase(erasure: Erasure) -> None:
    """How somebody went the way still counts in the figures; words and papers go."""
    whose = erasure.whose
    own = select(Candidate.id).where(Candidate.person_id == whose.person_id)
    with transaction() as session:
        session.execute(update(Candidate).where(Candidate.id.in_(own)).values(motivation=None))
        session.execute(
            update(CandidateStep)
            .where(CandidateStep.candidate_id.in_(own))
            .values(remark=None, told=None, progress=None)
        )
        session.execute(
            update(EvidenceUse).where(EvidenceUse.candidate_id.in_(own)).values(remark=None)
        )
        undone = update(EvidenceUse).where(
            EvidenceUse.candidate_id.in_(own), EvidenceUse.undone_because.is_not(None)
        )
        session.execute(undone.values(undone_because=ERASED_NAME))
        used = select(EvidenceUse.id).where(EvidenceUse.candidate_id.in_(own))
        shown = update(ShownProject).where(ShownProject.use_id.in_(used))
        session.execute(shown.values(unit=None))
        session.execute(
            shown.where(ShownProject.measured.is_not(None)).values(measured=ERASED_NAME)
        )
        theirs = Evidence.person_id == whose.person_id
        papers = session.scalars(
            select(StoredFile).where(StoredFile.id.in_(select(Evidence.file_id).where(theirs)))
        ).all()
        session.execute(
            update(Evidence)
            .where(theirs)
            .values(title=ERASED_NAME, note=None, file_id=None, withdrawal_reason=None)
        )
        for paper in papers:
            let_go(paper)


def ids_of(whose: Whose) -> Rows:
    """By which the log knows the candidacies that somebody looked at."""
    return select(Candidate.public_id).where(Candidate.person_id == whose.person_id)


def evidence_ids_of(whose: Whose) -> Rows:
    return select(Evidence.public_id).where(Evidence.person_id == whose.person_id)


def two_ways(pair: Pair) -> list[Candidate]:
    """Those of both that are open and lead to one level."""
    query = select(Candidate).where(
        Candidate.person_id.in_(pair.both), Candidate.state.in_(OPEN_STATES)
    )
    ways = db.session.scalars(query.order_by(Candidate.id)).all()
    levels = [_level_of(one) for one in ways]
    return [one for one, level in zip(ways, levels, strict=True) if levels.count(level) > 1]


def conflicts(pair: Pair) -> Iterator[Conflict]:
    """Which of the two goes on is somebody's decision, and a step like any other."""
    ways = two_ways(pair)
    ends = {_level_of(one) for one in ways if not one.state.is_recognised}
    for refusal, of_it in (
        (MergeRefusal.TWO_WAYS, [one for one in ways if _level_of(one) in ends]),
        (MergeRefusal.RECOGNISED_TWICE, [one for one in ways if _level_of(one) not in ends]),
    ):
        if of_it:
            yield Conflict(refusal, sorted({one.level.name for one in of_it}))


def _level_of(candidate: Candidate) -> tuple[int, str]:
    """Whichever version it is on."""
    return candidate.scheme_id, candidate.level_key
