import pytest
from sqlalchemy import select

from club.db import db
from club.search.models import SearchSpelling
from club.search.operations import forget, forget_words
from club.search.queries import meant
from club.search.spelling import distance, meanings, readings
from club.search.words import question
from tests.search.test_queries import known


def meant_by(typed, language="vi"):
    return meant(question(typed), language=language)


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        ("kaizen", "kaizen", 0),
        ("kaizn", "kaizen", 1),
        ("kaiizen", "kaizen", 1),
        ("kaisen", "kaizen", 1),
        ("kiazen", "kaizen", 1),
        ("kizaen", "kaizen", 2),
        ("", "lean", 4),
    ],
)
def test_a_swap_is_one_mistake(one, other, steps):
    assert distance(one, other) == distance(other, one) == steps


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("kaizn", "kaizen"),
        ("kiazen", "kaizen"),
        ("kaizenn", "kaizen"),
        ("kaisen", "kaizen"),
        ("nagn suat", "nang suat"),
        ("năng suaat", "nang suat"),
        ("tinh gonj", "tinh gon"),
        ("PRODUCTIVTY", None),
    ],
)
def test_what_was_mistyped_is_asked_back(typed, wanted):
    known("a", "Kaizen", "Năng suất, chất lượng; ngân sách; sản xuất tinh gọn.")
    assert meant_by(typed) == wanted


def test_of_two_meanings_words_that_stand_side_by_side_win():
    known("a", "Dãn ra", "nâng lên, dẫn đầu")
    known("b", "Dây chuyền", "cân bằng chuyền")
    known("c", "Cân", "bang, chuyên")
    assert meant_by("can bangg chuyen") == "can bang chuyen"


@pytest.mark.parametrize("typed", ["kaizen", "lean", "xyzxyz", "kaizen 12345", "la", "may"])
def test_nothing_is_asked_back_where_nothing_is_mistyped_or_nothing_comes_near(typed):
    known("a", "Kaizen", "máy")
    assert meant_by(typed) is None


def test_only_words_that_one_text_has_together_are_offered():
    known("a", "Kaizen")
    known("b", "Kanban")
    assert meant_by("kaizn") == "kaizen"
    assert meant_by("kaizn kanban") is None


def test_words_of_the_other_language_are_not_offered():
    known("a", "Balancing", language="en")
    assert meant_by("balancng") is None
    assert meant_by("balancng", "en") == "balancing"


def test_words_that_no_text_has_any_more_are_offered_no_longer():
    known("a", "Kaizen ở xưởng kín")
    known("b", "Xưởng gỗ")
    forget("a")
    assert meant_by("kaizn") is None
    assert forget_words() == 2
    words = set(db.session.scalars(select(SearchSpelling.word)))
    assert words == {"xuong", "go"}
    known("a", "Kaizen")
    assert meant_by("kaizn") == "kaizen"


def test_asking_back_takes_two_questions(count_queries):
    known("a", "Kaizen")
    with count_queries() as seen:
        meant_by("kaizn")
    assert len(seen) == 2


def test_a_question_of_many_mistyped_words_is_left_alone():
    words = tuple(f"word{n}" for n in range(5))
    assert readings(words, {word: ["a", "b", "c"] for word in words}) == []
    assert meanings("kaizen", {"kaizen", "kanban"}) == ["kaizen"]
