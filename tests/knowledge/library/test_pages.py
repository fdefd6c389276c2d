import re
from datetime import date

import pytest
import yaml
from markupsafe import escape

from club.content import CONTENT
from club.files.plain_yaml import read_yaml
from club.knowledge.library.importing import sync_documents
from tests.plan.kit import bring_in_plan
from tests.support.factories import NOW
from tests.support.inspector import complaints

PLAN = "/knowledge/documents/ke-hoach-thuan-an-2021"


@pytest.fixture(autouse=True)
def library(context):
    sync_documents(CONTENT, now=NOW)


def listed(page):
    return re.findall(r'<h2><a href="/knowledge/documents/([^"]+)"', page.text)


def test_documents_are_listed_the_latest_first_and_those_without_a_day_last(client):
    found = listed(client.get("/knowledge/documents/"))
    assert found[:2] == ["nghi-quyet-57-2024", "quyet-dinh-569-2022"]
    assert found[-4:] == [
        "iso-56000", "nghi-quyet-31-2021-qh15", "nghi-quyet-tw-7-khoa-x", "tcvn-iso-9001-2015",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=directive", ["chi-thi-07-2020"]),
        ("kind=plan&year=2021", ["ke-hoach-thuan-an-2021", "ke-hoach-2434-2021"]),
        ("issuer=Phòng Kinh tế", ["cong-van-462-2021"]),
        ("status=period_over&kind=decision", ["quyet-dinh-826-2020", "quyet-dinh-712-2010"]),
        ("q=so+huu+tri+tue&kind=decision", ["quyet-dinh-1068-2019"]),
        ("kind=nothing", []),
        ("q=%00", None),
    ],
)
def test_the_list_is_filtered(client, query, found):
    page = client.get(f"/knowledge/documents/?{query}")
    as_json = client.get(f"/knowledge/documents.json?{query}").json
    assert page.status_code == 200
    assert [one["slug"] for one in as_json["items"]] == listed(page)
    assert found is None or listed(page) == found


def test_what_nobody_knows_is_said_so(client):
    page = client.get("/knowledge/documents/nghi-quyet-tw-7-khoa-x").text
    assert page.count("chưa kiểm chứng được") >= 2
    assert "Chưa tìm được nguồn nào nói văn bản còn hiệu lực hay không." in page


def test_a_document_names_what_it_stands_on_and_what_stands_on_it(client):
    page = client.get(PLAN).text
    assert "Căn cứ vào" in page
    assert 'href="/knowledge/documents/quyet-dinh-2109-2021"' in page
    basis = client.get("/knowledge/documents/quyet-dinh-2109-2021").text
    assert "Là căn cứ của" in basis
    assert f'href="{PLAN}"' in basis


def plan_lines():
    return read_yaml(CONTENT / f"documents/{PLAN.rsplit('/', 1)[1]}.yaml")["text"]


def chapter_pages(client, lang="vi"):
    """The pages of the plan's chapters, by the name of the chapter."""
    names = [line["line"] for line in plan_lines() if line.get("heading") == 1]
    return {name: client.get(f"{PLAN}/{name}?lang={lang}").text for name in names}


def test_the_plans_text_is_there_in_its_own_words_each_line_with_an_address(client):
    pages = {"": client.get(PLAN).text, **chapter_pages(client)}
    chapter = ""
    for line in plan_lines():
        chapter = line["line"] if line.get("heading") == 1 else chapter
        assert f'id="{line["line"]}"' in pages[chapter]
        assert str(escape(line["words"])) in pages[chapter]
    assert list(pages) == ["", "I", "II", "III", "IV", "NN"]


def test_addresses_of_lines_from_when_the_text_was_one_page_lead_to_the_line(client):
    """The page has each of them still, as a link to the chapter's page."""
    page, chapter = re.sub(r"\s+", " ", client.get(PLAN).text), ""
    for line in plan_lines():
        name = line["line"]
        chapter = name if line.get("heading") == 1 else chapter
        if name == chapter:
            assert f'<a id="{name}" href="{PLAN}/{name}">' in page
        elif chapter:
            assert f'<a id="{name}" href="{PLAN}/{chapter}#{name}">' in page
        assert page.count(f'id="{name}"') == 1


def test_no_page_of_a_document_takes_more_than_eight_minutes(client):
    for page in (client.get(PLAN).text, *chapter_pages(client).values()):
        assert len(re.sub(r"<[^>]*>", " ", page.split("<main", 1)[1]).split()) <= 8.5 * 220


def test_a_short_text_and_one_with_a_single_chapter_are_one_page(client, tmp_path):
    (tmp_path / "documents").mkdir()
    line = {"line": "I", "heading": 1, "words": "I. Chung"}
    text = [line, {"line": "I-1", "words": "Một câu."}]
    facts = {
        "kind": "plan", "name": {"vi": "Kế hoạch", "en": "Plan"}, "number": None, "date": None,
        "title": {"vi": "Về năng suất", "en": "On productivity"}, "status": "unknown",
        "about": {"vi": "Thử", "en": "Trial"}, "text": text, "checked_on": date(2026, 2, 1),
        "sources": [{"title": "Công báo", "url": None, "secondary": False}],
    }  # fmt: skip
    (tmp_path / "documents/mot.yaml").write_text(yaml.safe_dump(facts), encoding="utf-8")
    sync_documents(tmp_path, now=NOW)
    assert "Một câu." in client.get("/knowledge/documents/mot").text
    assert client.get("/knowledge/documents/mot/I").status_code == 404


def test_a_chapter_leads_to_those_beside_it_and_to_the_whole(client):
    pages = chapter_pages(client)
    assert re.findall(rf'text-action" href="({PLAN}[^"]*)"', pages["II"]) == [
        f"{PLAN}/I", PLAN, f"{PLAN}/III",
    ]  # fmt: skip
    assert client.get(f"{PLAN}/V").status_code == 404
    assert client.get("/knowledge/documents/nothing/I").status_code == 404


def test_targets_and_text_lead_to_each_other(client):
    bring_in_plan(now=NOW)
    targets = read_yaml(CONTENT / "plan.yaml")["targets"]
    text = {line["line"]: line for line in plan_lines()}
    plan, chapter = client.get("/plan/").text, chapter_pages(client)["I"]
    for target in targets:
        assert text[target["line"]]["words"] == target["words"]["vi"]
        assert f'href="{PLAN}/I#{target["line"]}"' in plan
        assert f'href="/plan/#{target["key"]}"' in chapter
        assert f'id="{target["key"]}"' in plan


def test_every_line_of_the_plan_leads_to_how_far_it_is(client):
    pages = client.get(PLAN).text + "".join(chapter_pages(client).values())
    lines = [line["line"] for line in plan_lines() if not line.get("heading")]
    assert [line for line in lines if f'href="/plan/items/{line}"' not in pages] == []


def test_lines_of_other_documents_have_no_page_of_their_own(client, tmp_path):
    facts = read_yaml(CONTENT / "documents/ke-hoach-thuan-an-2021.yaml")
    del facts["lines_at"], facts["based_on"]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents/mot.yaml").write_text(yaml.safe_dump(facts), encoding="utf-8")
    sync_documents(tmp_path, now=NOW)
    assert "/plan/items/" not in client.get("/knowledge/documents/mot/II").text


def test_english_readers_get_the_vietnamese_words_and_a_short_rendering(client):
    page = chapter_pages(client, "en")["I"]
    assert "By 2030, contribute to" in page
    assert '<p lang="vi">Góp phần đạt mục tiêu tăng năng suất lao động' in page


def test_a_document_as_json_has_its_text_and_relations(client):
    found = client.get(f"{PLAN}.json").json
    assert {"kind": "based_on", "document": "ke-hoach-thuan-an-2021", "other": "quyet-dinh-2109-2021"} in found["relations"]  # fmt: skip
    target = next(line for line in found["text"] if line["line"] == "I.2.b-4")
    assert target["leads_to"][0].endswith("/plan/#T30-4")


def test_a_retired_document_is_gone_but_its_page_says_so(client, tmp_path):
    (tmp_path / "documents").mkdir()
    sync_documents(tmp_path, now=NOW)
    gone = client.get(PLAN)
    assert (gone.status_code, "đã rút khỏi danh sách" in gone.text) == (410, True)
    assert client.get(f"{PLAN}/II").status_code == 410
    assert client.get(f"{PLAN}.json").status_code == 404
    assert client.get("/knowledge/documents/").status_code == 200
    assert client.get("/knowledge/documents/nothing").status_code == 404


def test_pages_ask_a_fixed_number_of_questions(client, count_queries):
    client.get("/knowledge/documents/")
    with count_queries() as of_list:
        client.get("/knowledge/documents/")
    with count_queries() as of_plan:
        client.get(PLAN)
    with count_queries() as of_chapter:
        client.get(f"{PLAN}/II")
    assert len(of_list) <= 3
    assert len(of_plan) <= 6
    assert len(of_chapter) <= 5


def test_the_pages_are_well_made(client):
    for address in (
        "/knowledge/documents/",
        PLAN,
        f"{PLAN}/II",
        "/knowledge/documents/?kind=nothing",
    ):
        assert complaints(client.get(address).text) == []
