from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from club.db import db
from club.files.models import StoredFile
from club.knowledge.agreements.models import Agreement
from club.knowledge.editing.models import OPEN, ArticleRevision, Draft, DraftCopy
from club.knowledge.models import Article
from club.knowledge.pictures.addresses import PictureAddress, codes_in
from club.knowledge.pictures.models import (
    DraftPicture,
    Picture,
    PictureVersion,
    RevisionPicture,
)


@dataclass(frozen=True)
class FoundVersion:
    file: StoredFile
    picture_id: int
    #: Whether it stands in a text that readers find.
    is_published: bool
    #: Whether it stands there because a firm agreed, as long as it does.
    is_agreed_to: bool


def version_at(address: PictureAddress) -> FoundVersion | None:
    """``None`` where the picture is not kept in that width."""
    published = (
        select(RevisionPicture.picture_id)
        .join(ArticleRevision, ArticleRevision.id == RevisionPicture.revision_id)
        .join(Article, Article.id == ArticleRevision.article_id)
        .where(
            RevisionPicture.picture_id == Picture.id,
            Article.retired_at.is_(None),
            ArticleRevision.withheld.is_(False),
        )
        .correlate(Picture)
        .exists()
    )
    agreed_to = (
        select(RevisionPicture.picture_id)
        .join(ArticleRevision, ArticleRevision.id == RevisionPicture.revision_id)
        .join(Agreement, Agreement.article_id == ArticleRevision.article_id)
        .where(RevisionPicture.picture_id == Picture.id)
        .correlate(Picture)
        .exists()
    )
    query = (
        select(StoredFile, Picture.id, published, agreed_to)
        .join(PictureVersion, PictureVersion.file_id == StoredFile.id)
        .join(Picture, Picture.id == PictureVersion.picture_id)
        .where(Picture.code == address.code, PictureVersion.width == address.width)
    )
    row = db.session.execute(query).one_or_none()
    return FoundVersion(*row) if row else None


def drafts_with(picture_id: int) -> Sequence[Draft]:
    """The drafts that it lies ready for."""
    query = (
        select(Draft)
        .join(DraftPicture, DraftPicture.draft_id == Draft.id)
        .where(DraftPicture.picture_id == picture_id)
    )
    return db.session.scalars(query).all()


def draft_again(draft_id: int) -> Draft:
    """As it stands now, after an operation of its own transaction."""
    return db.session.get_one(Draft, draft_id)


def pictures_of(draft_id: int) -> Sequence[DraftPicture]:
    """What lies ready for a draft, the latest last."""
    query = (
        select(DraftPicture)
        .options(joinedload(DraftPicture.picture))
        .where(DraftPicture.draft_id == draft_id)
        .order_by(DraftPicture.added_at, DraftPicture.picture_id)
    )
    return db.session.scalars(query).all()


def pictures_coded(codes: Collection[str]) -> dict[str, Picture]:
    """Those that there are, by code."""
    if not codes:
        return {}
    query = select(Picture).where(Picture.code.in_(codes))
    return {one.code: one for one in db.session.scalars(query)}


def unused_since(day: datetime) -> list[Picture]:
    """Pictures that stand in no revision and that no draft has wanted since that moment."""
    in_revisions = select(RevisionPicture.picture_id)
    ready = (
        select(DraftPicture.picture_id)
        .join(Draft, Draft.id == DraftPicture.draft_id)
        .where(or_(Draft.state.in_(OPEN), Draft.modified_at > day))
    )
    query = select(Picture).where(
        Picture.added_at <= day, Picture.id.not_in(in_revisions), Picture.id.not_in(ready)
    )
    found = list(db.session.scalars(query.order_by(Picture.id)))
    typed = _codes_in_open_drafts() if found else set()
    return [one for one in found if one.code not in typed]


def _codes_in_open_drafts() -> set[str]:
    drafts = select(Draft.facts).where(Draft.state.in_(OPEN))
    copies = (
        select(DraftCopy.facts)
        .join(Draft, Draft.id == DraftCopy.draft_id)
        .where(Draft.state.in_(OPEN))
    )
    return {
        code
        for query in (drafts, copies)
        for facts in db.session.scalars(query)
        for code in codes_in(facts["body"], facts["english"])
    }
