"""Brings the texts of ``content/`` in: all files or, where one has a fault, none."""

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePath

from sqlalchemy import select

from club.db import db, transaction
from club.files.content_error import ContentError, Fault
from club.files.plain_yaml import read_yaml
from club.files.synced import SyncedWithNews
from club.knowledge.article_file import read_article_file
from club.knowledge.article_rules import FOLDERS, Known
from club.knowledge.editing.arriving import Arrival
from club.knowledge.facts import ArticleFacts
from club.knowledge.models import Article, Tool
from club.knowledge.pictures.beside_files import PicturesBesideFiles
from club.knowledge.pictures.keeping import add_picture
from club.knowledge.queries import known_keys


@dataclass(frozen=True)
class _File:
    """A file as it lies there."""

    path: str
    text: str
    hash: str


def sync_knowledge(folder: Path, *, now: datetime) -> SyncedWithNews:
    """Add, mend and retire what the files below ``folder`` say; harmless to repeat.

    A file whose hash is known is not read again. An article whose file is gone is retired:
    kept, but no longer listed, shown or found. What was written on the site is never written
    over: the file's words become a draft beside it. Raises ``ContentError`` with every fault.
    """
    tally = _sync_tools(folder)
    pictures = PicturesBesideFiles(folder)
    files = _files(folder, pictures)
    known = _hashes()
    changed = [file for file in files if known.get(file.path) != file.hash]
    read = _checked(changed, files, pictures)
    with transaction() as session:
        for stored in pictures.stored.values():
            add_picture(session, stored, by=None, now=now)
        stems = {PurePath(file.path).stem for file in files}
        arrival = Arrival(session, [facts for _file, facts in read], files=stems, now=now)
        tally += arrival.bring_in((file.path, file.hash, facts) for file, facts in read)
        tally["changed"] += arrival.retire_missing({file.path for file in files})
        arrival.draw_anew()
    tally["unchanged"] += len(files) - len(changed)
    return SyncedWithNews(
        tally["added"], tally["changed"], tally["unchanged"], told=tuple(arrival.told)
    )


def _sync_tools(folder: Path) -> Counter[str]:
    given = read_yaml(folder / "tool_names.yaml")["tools"]
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


def _files(folder: Path, pictures: PicturesBesideFiles) -> list[_File]:
    files = []
    for kind in FOLDERS:
        for path in sorted((folder / kind).glob("*.md")):
            raw = path.read_bytes()
            text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n").lstrip("\ufeff")
            name, seen = f"{kind}/{path.name}", hashlib.sha256(raw)
            for picture in pictures.contents(name, text):
                seen.update(picture)
            files.append(_File(name, text, seen.hexdigest()))
    return files


def _hashes() -> dict[str, str]:
    """The hash of what was brought in of each file, unless it was retired since."""
    query = select(Article.content_path, Article.content_hash).where(Article.retired_at.is_(None))
    return {row.content_path: row.content_hash for row in db.session.execute(query)}


def _checked(
    changed: list[_File], every: list[_File], pictures: PicturesBesideFiles
) -> list[tuple[_File, ArticleFacts]]:
    known = known_keys() if changed else Known((), ())
    read, faults = [], _same_names(every)
    taken = {PurePath(one.path).stem for one in every}
    for file in changed:
        text, missing = pictures.taken_in(file.path, file.text)
        there = replace(known, pictures={*(known.pictures or ()), *pictures.stored})
        facts, wrong = read_article_file(file.path, text, known=there)
        faults += missing or wrong
        if facts:
            read.append((file, facts))
            faults += _taken_names(file, facts, taken)
    if faults:
        raise ContentError(faults)
    return read


def _taken_names(file: _File, facts: ArticleFacts, taken: set[str]) -> list[Fault]:
    """An address that the text had before belongs to nobody else: else two would lead in a ring."""
    return [
        Fault(file.path, None, "was", f"{old} is the address of another file")
        for old in facts.was
        if old in taken
    ]


def _same_names(files: list[_File]) -> list[Fault]:
    often = Counter(PurePath(file.path).stem for file in files)
    return [
        Fault(file.path, None, "", "another file has the same address")
        for file in files
        if often[PurePath(file.path).stem] > 1
    ]
