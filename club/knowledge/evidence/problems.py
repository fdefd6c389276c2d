"""Brings ``content/problems.yaml`` in, and notes which texts speak of which problem."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from club.db import db, transaction
from club.files.content_error import ContentError
from club.files.fields import Fields
from club.files.strict_yaml import StrictYaml
from club.files.synced import Synced
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.evidence.models import ArticleProblem, Problem
from club.knowledge.evidence.queries import problems_in_order
from club.knowledge.models import Article, CaseStudy, Tool

_FILE = "problems.yaml"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class _Facts:
    key: str
    name: str
    name_en: str
    position: int
    about: list[str]
    tools: list[str]
    words: list[str]


def sync_problems(folder: Path, *, now: datetime) -> Synced:  # noqa: ARG001  one shape for all rooms
    """Add and mend the problems of the file, and link all texts anew; harmless to repeat.

    A problem that the file no longer names is kept, but no longer offered or linked. Raises
    ``ContentError`` with every fault.
    """
    given = _read((folder / _FILE).read_text(encoding="utf-8"))
    tally: Counter[str] = Counter()
    with transaction() as session:
        known = {problem.key: problem for problem in session.scalars(select(Problem))}
        for facts in given:
            tally[_bring_in(session, known.pop(facts.key, None), facts)] += 1
        for gone in known.values():
            tally["changed" if not gone.retired else "unchanged"] += 1
            gone.retired = True
        session.flush()
        _link(session, problems_in_order())
    return Synced(tally["added"], tally["changed"], tally["unchanged"])


def problems_in(text: str, problems: Iterable[Problem]) -> list[Problem]:
    """Those that the text speaks of: a whole word or several, with their accents."""
    spoken = f" {' '.join(_WORD.findall(text.lower()))} "
    return [one for one in problems if any(f" {words} " in spoken for words in one.words)]


def link_problems(session: Session, article: Article, problems: Iterable[Problem]) -> None:
    """Note of which of them the text speaks, in the caller's transaction."""
    parts = [article.title, article.summary, article.case.problem if article.case else None]
    wanted = {one.id for one in problems_in(_joined(parts), problems)}
    links = select(ArticleProblem).where(ArticleProblem.article_id == article.id)
    for link in session.scalars(links) if wanted or article.revision > 1 else ():
        if link.problem_id not in wanted:
            session.delete(link)
        wanted.discard(link.problem_id)
    session.add_all(ArticleProblem(article_id=article.id, problem_id=one) for one in sorted(wanted))


def _joined(parts: Iterable[str | None]) -> str:
    return ". ".join(part or "" for part in parts)


def _read(text: str) -> list[_Facts]:
    source = StrictYaml(_FILE, text)
    tools = set(db.session.scalars(select(Tool.key)))
    given = [
        _facts(fields, position, tools)
        for position, fields in enumerate(source.fields.mappings("problems"), start=1)
    ]
    source.fields.finish()
    if source.faults:
        raise ContentError(source.faults)
    return given


def _facts(fields: Fields, position: int, tools: set[str]) -> _Facts:
    facts = _Facts(
        key=fields.text("key", needed=True) or "",
        name=fields.text("vi", needed=True) or "",
        name_en=fields.text("en", needed=True) or "",
        position=position,
        about=fields.texts("about"),
        tools=fields.texts("tools"),
        words=fields.texts("words"),
    )
    for key, given, known in (
        ("about", facts.about, set(MeasureKind)),
        ("tools", facts.tools, tools),
    ):
        for one in given:
            if one not in known:
                fields.fault(key, f"{one[:40]} is not one of {', '.join(sorted(known))}")
    fields.finish()
    return facts


def _bring_in(session: Session, problem: Problem | None, facts: _Facts) -> str:
    stated = asdict(facts) | {"retired": False}
    if problem is None:
        session.add(Problem(**stated))
        return "added"
    if stated == {name: getattr(problem, name) for name in stated}:
        return "unchanged"
    for name, value in stated.items():
        setattr(problem, name, value)
    return "changed"


def _link(session: Session, problems: list[Problem]) -> None:
    texts = session.execute(
        select(Article.id, Article.title, Article.summary, CaseStudy.problem).outerjoin(
            CaseStudy, CaseStudy.article_id == Article.id
        )
    )
    wanted = {
        (article_id, problem.id)
        for article_id, *parts in texts
        for problem in problems_in(_joined(parts), problems)
    }
    links = select(ArticleProblem.article_id, ArticleProblem.problem_id)
    there = {(row.article_id, row.problem_id) for row in session.execute(links)}
    for article_id, problem_id in there - wanted:
        session.execute(
            delete(ArticleProblem).where(
                ArticleProblem.article_id == article_id, ArticleProblem.problem_id == problem_id
            )
        )
    session.add_all(
        ArticleProblem(article_id=article_id, problem_id=problem_id)
        for article_id, problem_id in sorted(wanted - there)
    )
