"""Brings the texts of ``content/`` in: all files or, where one has a fault, none."""

import hashlib
from collections import Counter
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
from club.knowledge.article_file import FOLDERS, ArticleFile, read_article_file
from club.knowledge.indexing import index_article, name_of
from club.knowledge.models import Article, Tool, Topic
from club.knowledge.writing import describe
from club.search.operations import forget


@dataclass(frozen=True)
class _Found:
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
    found = _files(folder)
    known = _hashes()
    changed = _checked([file for file in found if known.get(file.path) != file.hash], found)
    hashes = {file.path: file.hash for file in found}
    with transaction() as session:
        tally["unchanged"] += len(found) - len(changed)
        for facts in changed:
            tally[_bring_in(session, facts, hashes[facts.path], now)] += 1
        tally["changed"] += _retire_missing(session, set(hashes), now)
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


def _files(folder: Path) -> list[_Found]:
    files = []
    for kind in FOLDERS:
        for path in sorted((folder / kind).glob("*.md")):
            raw = path.read_bytes()
            digest = hashlib.sha256(b"%d\n" % rendering.VERSION + raw).hexdigest()
            text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n").lstrip("\ufeff")
            files.append(_Found(f"{kind}/{path.name}", text, digest))
    return files


def _hashes() -> dict[str, str]:
    """The hash of what was brought in of each file, unless it was retired since."""
    query = select(Article.content_path, Article.content_hash).where(Article.retired_at.is_(None))
    return {row.content_path: row.content_hash for row in db.session.execute(query)}


def _checked(files: list[_Found], among: list[_Found]) -> list[ArticleFile]:
    topics = set(db.session.scalars(select(Topic.key)))
    tools = set(db.session.scalars(select(Tool.key)))
    read, faults = [], _same_names(among)
    for file in files:
        facts, wrong = read_article_file(file.path, file.text, topics=topics, tools=tools)
        read.append(facts)
        faults += wrong
    if faults:
        raise ContentError(faults)
    return read


def _same_names(files: list[_Found]) -> list[Fault]:
    often = Counter(PurePath(file.path).stem for file in files)
    return [
        Fault(file.path, None, "", "another file has the same address")
        for file in files
        if often[PurePath(file.path).stem] > 1
    ]


def _bring_in(session: Session, facts: ArticleFile, digest: str, now: datetime) -> str:
    article = session.scalars(select(Article).where(Article.slug == facts.slug)).one_or_none()
    is_new = article is None
    if article is None:
        article = Article(slug=facts.slug, revision=1, published_at=now)
    else:
        article.revision += 1
        if article.kind is not facts.kind:
            forget(name_of(article))
    words = describe(session, article, facts)
    article.content_path, article.content_hash = facts.path, digest
    article.modified_at, article.retired_at = now, None
    session.add(article)
    session.flush()
    index_article(article, words=words, now=now)
    return "added" if is_new else "changed"


def _retire_missing(session: Session, paths: set[str], now: datetime) -> int:
    listed = select(Article).where(Article.content_path.is_not(None), Article.retired_at.is_(None))
    gone = [article for article in session.scalars(listed) if article.content_path not in paths]
    for article in gone:
        article.retired_at = article.modified_at = now
        article.revision += 1
        forget(name_of(article))
    return len(gone)
