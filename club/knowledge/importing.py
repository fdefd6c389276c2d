"""Brings the texts of ``content/`` in: all files or, where one has a fault, none."""

import hashlib
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from club.db import db, transaction
from club.files.content_error import ContentError, Fault
from club.files.synced import Synced
from club.knowledge import rendering
from club.knowledge.article_file import read_article_file
from club.knowledge.article_rules import FOLDERS, Known, facts_in
from club.knowledge.editing.models import ArticleRevision
from club.knowledge.editing.publishing import (
    FROM_A_FILE,
    publish_again,
    publish_new,
    show_again,
    take_out,
)
from club.knowledge.facts import ArticleFacts, Document, document_of
from club.knowledge.models import Article, Tool
from club.knowledge.queries import known_keys
from club.knowledge.writing import Library


@dataclass(frozen=True)
class _File:
    """A file as it lies there."""

    path: str
    text: str
    hash: str


def sync_knowledge(folder: Path, *, now: datetime) -> Synced:
    """Add, mend and retire what the files below ``folder`` say; harmless to repeat.

    A file whose hash is known is not read again. An article whose file is gone is retired:
    kept, but no longer listed, shown or found. Raises ``ContentError`` with every fault.
    """
    tally = _sync_tools(folder)
    files = _files(folder)
    known = _hashes()
    changed = [file for file in files if known.get(file.path) != file.hash]
    read = _checked(changed, files)
    with transaction() as session:
        published = _published(session, {facts.slug for _file, facts in read})
        library = Library(session)
        for file, facts in read:
            tally[_bring_in(library, file, facts, published.get(facts.slug), now)] += 1
        tally["changed"] += _retire_missing(session, {file.path for file in files}, now)
        _draw_anew(library, now)
    tally["unchanged"] += len(files) - len(changed)
    return Synced(tally["added"], tally["changed"], tally["unchanged"])


def _sync_tools(folder: Path) -> Counter[str]:
    given = yaml.safe_load((folder / "tool_names.yaml").read_text(encoding="utf-8"))["tools"]
    tally: Counter[str] = Counter()
    with transaction() as session:
        known = {tool.key: tool for tool in session.scalars(select(Tool))}
        for position, row in enumerate(given, start=1):
            facts = {"name": row["vi"], "name_en": row["en"], "position": position}
            tool = known.get(row["key"])
            if tool is None:
                session.add(Tool(key=row["key"], **facts))
            elif facts != {name: getattr(tool, name) for name in facts}:
                for name, value in facts.items():
                    setattr(tool, name, value)
            else:
                tally["unchanged"] += 1
                continue
            tally["changed" if tool else "added"] += 1
    return tally


def _files(folder: Path) -> list[_File]:
    files = []
    for kind in FOLDERS:
        for path in sorted((folder / kind).glob("*.md")):
            raw = path.read_bytes()
            text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n").lstrip("\ufeff")
            files.append(_File(f"{kind}/{path.name}", text, hashlib.sha256(raw).hexdigest()))
    return files


def _hashes() -> dict[str, str]:
    """The hash of what was brought in of each file, unless it was retired since."""
    query = select(Article.content_path, Article.content_hash).where(Article.retired_at.is_(None))
    return {row.content_path: row.content_hash for row in db.session.execute(query)}


def _checked(changed: list[_File], every: list[_File]) -> list[tuple[_File, ArticleFacts]]:
    known = known_keys() if changed else Known((), ())
    read, faults = [], _same_names(every)
    for file in changed:
        facts, wrong = read_article_file(file.path, file.text, known=known)
        faults += wrong
        if facts:
            read.append((file, facts))
    if faults:
        raise ContentError(faults)
    return read


def _same_names(files: list[_File]) -> list[Fault]:
    often = Counter(PurePath(file.path).stem for file in files)
    return [
        Fault(file.path, None, "", "another file has the same address")
        for file in files
        if often[PurePath(file.path).stem] > 1
    ]


def _published(session: Session, slugs: Collection[str]) -> dict[str, tuple[Article, Document]]:
    """The texts with these addresses, and what each says to its readers, by address."""
    if not slugs:
        return {}
    query = (
        select(Article, ArticleRevision.facts)
        .join(ArticleRevision, ArticleRevision.article_id == Article.id)
        .where(ArticleRevision.number == Article.revision, Article.slug.in_(slugs))
    )
    return {article.slug: (article, facts) for article, facts in session.execute(query)}


def _bring_in(
    library: Library,
    file: _File,
    facts: ArticleFacts,
    published: tuple[Article, Document] | None,
    now: datetime,
) -> str:
    if published is None:
        article, outcome = publish_new(library, facts, FROM_A_FILE, now=now), "added"
    else:
        article, said = published
        outcome = _bring_again(library, article, facts, said, now)
    article.content_path, article.content_hash = file.path, file.hash
    return outcome


def _bring_again(
    library: Library, article: Article, facts: ArticleFacts, said: Document, now: datetime
) -> str:
    if document_of(facts) != said:
        publish_again(library, article, facts, FROM_A_FILE, now=now)
    elif article.retired_at:
        show_again(library, article, facts, now=now)
    else:
        return "unchanged"
    return "changed"


def _retire_missing(session: Session, paths: set[str], now: datetime) -> int:
    listed = select(Article).where(Article.content_path.is_not(None), Article.retired_at.is_(None))
    gone = [article for article in session.scalars(listed) if article.content_path not in paths]
    for article in gone:
        take_out(article, now=now)
    return len(gone)


def _draw_anew(library: Library, now: datetime) -> None:
    """What an older ``rendering`` drew: texts written on the site as well as those of files."""
    query = (
        select(Article, ArticleRevision.facts)
        .join(ArticleRevision, ArticleRevision.article_id == Article.id)
        .where(
            ArticleRevision.number == Article.revision,
            Article.rendering != rendering.VERSION,
            Article.retired_at.is_(None),
        )
    )
    for article, said in library.session.execute(query).all():
        show_again(library, article, facts_in(said)[0], now=now)
