"""A figure can have a source, a level and a way of measuring of its own, and others beside it."""

import csv
from io import StringIO

import pytest

from club.files.content_error import ContentError
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import FigureShape
from tests.knowledge.content_folder import a_measure
from tests.knowledge.editing.kit import an_editor, article, at, draft, revisions
from tests.knowledge.editing.test_drafts import form_at
from tests.support.factories import NOW

TWO = [
    {"title": "Báo A", "url": "https://example.org/a", "secondary": False},
    {"title": "Luận văn B", "url": None, "secondary": True},
]
OWN = {
    "strength": "B",
    "how_measured": {"vi": "Bấm giờ ba ca", "en": "Timed over three shifts"},
    "source": 2,
    "conflicts": [
        {
            "before": "50,67–56,86",
            "after": None,
            "change": None,
            "where": {"vi": "Bảng 2 của báo A", "en": "Table 2 of A"},
        },
        {
            "before": 61,
            "after": 85,
            "change": {"vi": "tăng 24 điểm", "en": "up 24 points"},
            "where": {"vi": "Tóm tắt", "en": "Abstract"},
        },
    ],
}


@pytest.fixture
def case(content):
    content.write("tools/5s.md")
    measures = [a_measure(), a_measure(**OWN, metric={"vi": "Giờ chờ", "en": "Waiting"})]
    content.write("cases/may.md", sources=TWO, measures=measures)
    sync_knowledge(content.path, now=NOW)
    return content


def test_the_page_shows_them_side_by_side(client, case):
    page = client.get("/knowledge/may").text
    for words in (
        "Bấm giờ ba ca",
        "Mức B.",
        "Nguồn: <a",
        "Bảng 2 của báo A:",
        "trước 50,67–56,86",
        "61% → 85%",
        "tăng 24 điểm",
    ):
        assert words in squeezed(page) or words.replace(": <a", ":") in squeezed(page), words
    english = squeezed(client.get("/knowledge/may?lang=en").text)
    assert "Table 2 of A: before 50.67–56.86" in english
    assert "Timed over three shifts" in english


def squeezed(page):
    return " ".join(page.split())


def test_evidence_puts_the_figure_at_its_own_level(client, case):
    page = squeezed(client.get("/knowledge/tools/5s/evidence").text)
    assert ("Mức A" in page, "Mức B" in page) == (True, True)
    assert "Nguồn còn ghi:" in page
    rows = list(csv.DictReader(StringIO(client.get("/knowledge/tools/5s/evidence.csv").text)))
    assert [(row["strength"], row["how_measured"], row["source"]) for row in rows] == [
        ("A", "", ""),
        ("B", "Bấm giờ ba ca", "Luận văn B"),
    ]
    assert rows[1]["conflicting"] == (
        "Bảng 2 của báo A: 50,67–56,86; Tóm tắt: 61 → 85, tăng 24 điểm"
    )


def test_data_says_them(client, case):
    (one,) = client.get("/api/knowledge/cases").json["items"]
    first, second = one["measures"]
    assert (first["strength"], first["source"], first["conflicts"]) == ("A", None, [])
    assert (second["strength"], second["source"]) == ("B", 2)
    assert second["conflicts"] == OWN["conflicts"]
    text = client.get("/knowledge/may.json").json["case"]["measures"][1]
    assert {name: text[name] for name in OWN} == OWN


def test_a_headline_that_nobody_measured_is_no_measured_case(client, content):
    measures = [a_measure(strength="C"), a_measure()]
    content.write("cases/may.md", measures=measures)
    sync_knowledge(content.path, now=NOW)
    facts = article("may").case
    assert (facts.figure_shape, facts.exact_pairs) == (FigureShape.NOT_MEASURED, 1)
    assert "Lời kể, chưa kiểm chứng" in client.get("/knowledge/cases/").text


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"source": 2}, "measures[1].source: is the number of one of the text's sources"),
        ({"source": "một"}, "measures[1].source: is the number of one of the text's sources"),
        ({"strength": "D"}, "measures[1].strength: is one of A, B, C"),
        ({"conflicts": [{"before": 1}]}, "measures[1].conflicts[1].where: is missing"),
        (
            {"conflicts": [{"where": {"vi": "Bảng", "en": "Table"}}]},
            "measures[1].conflicts[1].before: or a change is needed",
        ),
        (
            {"conflicts": [{"before": "1 giờ", "where": {"vi": "Bảng", "en": "Table"}}]},
            "measures[1].conflicts[1].before: is read in both languages",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(content, given, fault):
    content.write("cases/may.md", measures=[a_measure(**given)])
    with pytest.raises(ContentError) as told:
        sync_knowledge(content.path, now=NOW)
    assert fault in str(told.value)


def test_nobody_measured_a_figure_of_what_was_only_reckoned(content):
    measures = [a_measure(strength="A")]
    content.write("cases/may.md", measures=measures, strength="C", result_kind="simulation")
    with pytest.raises(ContentError) as told:
        sync_knowledge(content.path, now=NOW)
    assert "measures[1].strength: is C where result_kind is simulation" in str(told.value)


def test_the_form_keeps_them_and_takes_others(sign_in, case):
    with at(NOW):
        client = sign_in(an_editor())
        address = client.post("/office/knowledge/texts/may/change").location
        typed = form_at(client, address)
        client.post(address, data=typed)
        found = draft(address.rsplit("/", 1)[1])
        assert found.facts == revisions("may")[0].facts
        own = "measures-0-"
        client.post(
            address,
            data=form_at(client, address)
            | {
                f"{own}source": "1",
                f"{own}strength": "B",
                f"{own}how_measured_vi": "Đếm",
                f"{own}how_measured_en": "Counted",
            },
        )
        first = draft(address.rsplit("/", 1)[1]).facts["measures"][0]
        assert (first["source"], first["strength"], first["how_measured"]) == (
            1,
            "B",
            {"vi": "Đếm", "en": "Counted"},
        )
        assert "conflicts" not in first
        wrong = form_at(client, address) | {f"{own}source": "7", "note": "Sửa", "then": "hand_in"}
        answer = client.post(address, data=wrong)
        assert answer.status_code == 422
        assert "Ghi số thứ tự của một nguồn, từ 1 đến 2." in answer.text
