import pytest

from club.search.models import FoundKind
from club.search.operations import forget
from tests.search.test_queries import known


def suggested(client, typed):
    answer = client.get("/search/suggestions.json", query_string={"q": typed})
    assert answer.status_code == 200
    return [item["title"] for item in answer.json["items"]]


@pytest.mark.parametrize("typed", ["nang", "năng su", "nang suat", "Năng Suất X", "NANG"])
def test_what_is_being_typed_is_suggested(client, typed):
    known("tool:a", "Năng suất xanh", kind=FoundKind.TOOL)
    known("case:b", "Một xưởng gỗ", "năng suất xanh")
    assert suggested(client, typed) == (["Năng suất xanh"] if typed != "năng su" else [])


def test_a_suggestion_names_its_page_and_kind(client):
    known("tool:a", "Kaizen <b>là gì</b>", kind=FoundKind.TOOL)
    answer = client.get("/search/suggestions.json?q=kaiz")
    assert answer.json == {
        "items": [
            {"title": "Kaizen <b>là gì</b>", "url": "/tool:a", "kind": "tool", "label": "Công cụ"}
        ],
        "told": "1 gợi ý",
    }
    assert "private" in answer.headers["Cache-Control"]


def test_there_are_at_most_eight(client):
    for n in range(12):
        known(f"case:{n}", f"Kaizen {n}")
    assert len(suggested(client, "kaiz")) == 8


def test_what_is_not_public_any_more_is_not_suggested(client):
    known("case:a", "Kaizen kín")
    forget("case:a")
    assert suggested(client, "kaizen") == []


@pytest.mark.parametrize(
    "typed", ["", "k", "%", "_", '"', "kai*", "' OR 1=1", "x" * 100_000, "\x00"]
)
def test_whatever_is_typed_is_answered(client, typed):
    known("case:a", "Lean")
    assert suggested(client, typed) == []


def test_suggesting_asks_a_fixed_number_of_times(client, count_queries):
    def asked(number):
        for n in range(number):
            known(f"case:{n}", "Kaizen")
        with count_queries() as seen:
            suggested(client, "kaiz")
        return len(seen)

    assert asked(1) <= 5
    assert asked(8) == asked(16) <= 4
