"""What becomes of somebody's proposals when the person's data is erased."""

from sqlalchemy import delete, select, update

from club.clock import local_day
from club.db import transaction
from club.knowledge.editing.documents import blank
from club.knowledge.editing.models import Draft, DraftCopy, DraftStep, TextState
from club.knowledge.models import ArticleKind
from club.knowledge.pictures.models import DraftPicture
from club.web.personal_data import ERASED_NAME, Erasure


def erase(erasure: Erasure) -> None:
    """A published case stays, and nothing of it leads to the person. Of everything else the words
    go, and what was open ends.
    """
    theirs = Draft.proposer_id == erasure.whose.person_id
    with transaction() as session:
        unpublished = select(Draft).where(theirs, Draft.state != TextState.PUBLISHED)
        for draft in session.scalars(unpublished.with_for_update()).all():
            if draft.is_open:
                draft.state = TextState.DISCARDED
                step = DraftStep(draft_id=draft.id, to_state=draft.state, at=erasure.now)
                session.add(step)
            empty = blank(ArticleKind.CASE, today=local_day(erasure.now))
            draft.facts = empty | {"title": {"vi": ERASED_NAME, "en": ""}}
            draft.note, draft.version = None, draft.version + 1
            draft.organisation_id = None
            session.execute(delete(DraftCopy).where(DraftCopy.draft_id == draft.id))
            # The files themselves go with the next tidying: no draft wants them any more.
            session.execute(delete(DraftPicture).where(DraftPicture.draft_id == draft.id))
        session.flush()
        session.execute(update(Draft).where(theirs).values(proposer_id=None, names_proposer=False))
