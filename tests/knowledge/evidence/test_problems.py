"""The problems of firms, and which texts speak of them."""

import pytest
import yaml
from sqlalchemy import select

from club.content import CONTENT
from club.db import db
from club.files.content_error import ContentError
from club.files.synced import Synced
from club.knowledge.evidence.models import ArticleProblem, Problem
from club.knowledge.evidence.problems import sync_problems
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article
from club.knowledge.topic_importing import sync_topics
from tests.support.factories import NOW


def a_problem(key="changeover", **given):
    return {
        "key": key,
        "vi": "Đổi mã lâu",
        "en": "Changing over takes long",
        "about": ["changeover"],
        "tools": ["lean"],
        "words": ["thay khuôn"],
    } | given


@pytest.fixture
def problems(content):
    content.write("cases/title.md", title={"vi": "Thay khuôn còn 10 phút", "en": "Quick"})
    content.write("cases/stated.md", problem={"vi": "Mất giờ vì thay khuôn", "en": "Slow"})
    content.write("cases/neither.md", "Thay khuôn chỉ có trong bài.")
    content.write("cases/part.md", summary={"vi": "Thay khuônh.", "en": "No."})
    sync_knowledge(content.path, now=NOW)

    def brought_in(*given):
        text = yaml.safe_dump({"problems": list(given)}, allow_unicode=True, sort_keys=False)
        (content.path / "problems.yaml").write_text(text, encoding="utf-8")
        return sync_problems(content.path, now=NOW)

    return brought_in


def speaking_of(key):
    query = (
        select(Article.slug)
        .join(ArticleProblem, ArticleProblem.article_id == Article.id)
        .join(Problem, Problem.id == ArticleProblem.problem_id)
        .where(Problem.key == key)
        .order_by(Article.slug)
    )
    return list(db.session.scalars(query))


def test_a_text_speaks_of_a_problem_in_its_title_summary_or_stated_problem(problems):
    assert problems(a_problem()) == Synced(added=1, changed=0, unchanged=0)
    assert speaking_of("changeover") == ["stated", "title"]


def test_other_words_link_texts_anew_and_the_same_ones_change_nothing(problems):
    problems(a_problem())
    assert problems(a_problem()) == Synced(added=0, changed=0, unchanged=1)
    assert problems(a_problem(words=["còn 10 phút"])) == Synced(added=0, changed=1, unchanged=0)
    assert speaking_of("changeover") == ["title"]


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (
            {"tools": ["hammer"]},
            "problems.yaml:16: problems[2].tools: hammer is not one of 5s, lean, tpm",
        ),
        (
            {"about": ["luck"]},
            "problems.yaml:14: problems[2].about: luck is not one of accidents, ",
        ),
        ({"en": None}, "problems.yaml:13: problems[2].en: is missing"),
        (
            {"colour": "red"},
            "problems.yaml:20: problems[2].colour: is not a key that this file may have",
        ),
    ],
)
def test_a_fault_names_its_line_and_brings_nothing_in(problems, wrong, fault):
    with pytest.raises(ContentError) as refused:
        problems(a_problem("first"), a_problem("second", **wrong))
    (told,) = str(refused.value).splitlines()
    assert told.startswith(fault)
    assert db.session.scalars(select(Problem)).all() == []


@pytest.mark.slow
def test_the_problems_that_come_with_the_house_can_be_brought_in():
    sync_topics(CONTENT, now=NOW)
    sync_knowledge(CONTENT, now=NOW)
    assert sync_problems(CONTENT, now=NOW).added == 15
    problems = db.session.scalars(select(Problem)).all()
    assert [problem.key for problem in problems if not speaking_of(problem.key)] == []


def test_a_problem_that_the_file_no_longer_names_is_offered_to_nobody(client, problems):
    waiting = a_problem("wait", vi="Chờ hàng", en="Waiting", words=["chờ"])
    problems(waiting, a_problem())
    asked = "/knowledge/fits?sector=garment&size=any"
    assert "Đổi mã lâu" in client.get(asked).text
    assert problems(waiting).changed == 1
    assert "Đổi mã lâu" not in client.get(asked).text
    assert "Chờ hàng" in client.get(f"{asked}&problem=changeover").text
    assert speaking_of("changeover") == []
    problems(waiting, a_problem())
    assert speaking_of("changeover") == ["stated", "title"]
