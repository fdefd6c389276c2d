"""Texts that are being written, for tests."""

from contextlib import contextmanager
from uuid import UUID

import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.db import db
from club.knowledge.editing.models import ArticleRevision, Draft
from club.knowledge.editing.operations import drafting
from club.knowledge.models import Article
from tests.support.factories import NOW, a_person, an_account


@contextmanager
def at(moment):
    with time_machine.travel(moment, tick=False):
        yield


def an_editor(name="Lê Thị Hoa"):
    return an_account(RoleName.COORDINATOR, person=a_person(full_name=name))


def a_trainer(name="Trần Văn Dạy"):
    return an_account(RoleName.TRAINER, person=a_person(full_name=name))


def article(slug):
    return db.session.scalars(select(Article).where(Article.slug == slug)).one()


def draft(public_id):
    db.session.expire_all()
    return db.session.scalars(select(Draft).where(Draft.public_id == UUID(str(public_id)))).one()


def drafts():
    return db.session.scalars(select(Draft).order_by(Draft.id)).all()


def revisions(slug):
    query = select(ArticleRevision).join(Article, Article.id == ArticleRevision.article_id)
    ordered = query.where(Article.slug == slug).order_by(ArticleRevision.number)
    return db.session.scalars(ordered).all()


def a_change(slug, by, *, body="Chữ mới.", note="Viết lại", now=NOW):
    """A saved draft of a published text."""
    found = drafting.begin_change(slug, by=by.id, now=now)
    facts = found.facts | {"body": body}
    return drafting.save(found.id, facts, note=note, seen=found.version, by=by.id, now=now)


def handed_in(slug, by, **given):
    found = a_change(slug, by, **given)
    drafting.hand_in(found.id, by=by.id, now=given.get("now", NOW))
    return found
