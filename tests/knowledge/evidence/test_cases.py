"""The list of cases with its choices, as a page and as data."""

import re

import pytest

from club.files.content_error import ContentError
from club.knowledge.importing import sync_knowledge
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW, a_unit
from tests.support.inspector import complaints


def slugs(page):
    return re.findall(r'<h2><a href="/knowledge/([\w-]+)">', page.text)


def choices(page):
    """Label → (address, number) of every choice beside the list."""
    links = re.findall(
        r'<a href="([^"]+)"[^>]*>\s*<span>([^<]+)</span>\s*<span class="num">(\d+)</span>',
        page.text,
    )
    return {label: (href.replace("&amp;", "&"), int(number)) for href, label, number in links}


@pytest.fixture
def shelf(content):
    content.write(
        "cases/go.md",
        sector="wood",
        size={"vi": "Hơn 1.000 lao động; lập năm 2006", "en": "Over 1,000 people"},
        place="Tân Uyên, Bình Dương",
        year="2015 – 2019",
        measures=[a_measure(about="changeover"), a_measure(about="stock")],
    )
    content.write(
        "cases/may.md",
        "Xếp lại chuyền may.",
        size=None,
        place=None,
        year=None,
        strength="B",
        measures=[a_measure(about="stock")],
    )
    content.write(
        "cases/thai.md",
        size={"vi": "742 người bệnh trong mẫu đo", "en": "742 patients"},
        country="TH",
        place="Chiang Rai",
        year="2008 –",
        strength="C",
        result_kind="simulation",
    )
    sync_knowledge(content.path, now=NOW)


EVERY_QUERY = [
    ("size=over_1000", ["go"]),
    ("size=unknown", ["may", "thai"]),
    ("about=stock", ["go", "may"]),
    ("about=stock&about=changeover", ["go", "may"]),
    ("about=changeover", ["go"]),
    ("place=binh-duong", ["go"]),
    ("place=tan-uyen", ["go"]),
    ("place=vn", ["go", "may"]),
    ("place=th", ["thai"]),
    ("place=unknown", ["may"]),
    ("strength=A", ["go"]),
    ("strength=C", ["thai"]),
    ("from=2019", ["go"]),
    ("from=2020", []),
    ("to=2008", ["thai"]),
    ("from=2008&to=2015", ["go", "thai"]),
    ("period=unknown", ["may"]),
    ("period=2010-2014", []),
    ("period=2015-2019&about=stock&size=over_1000&place=binh-duong&strength=A", ["go"]),
    ("q=chuyen+may&about=stock", ["may"]),
    ("size=nonsense", []),
]


@pytest.mark.parametrize(("query", "expected"), EVERY_QUERY)
def test_page_and_data_choose_alike(client, shelf, query, expected):
    assert slugs(client.get(f"/knowledge/cases/?{query}")) == expected
    data = client.get(f"/api/knowledge/cases?{query}").json
    assert [case["code"] for case in data["items"]] == expected
    assert (data["total"], data["next"]) == (len(expected), None)


def test_choices_count_what_they_leave_under_the_others(client, shelf):
    found = choices(client.get("/knowledge/cases/?about=stock"))
    assert found["Trên 1.000 người"] == ("/knowledge/cases/?about=stock&size=over_1000", 1)
    assert found["Chưa rõ quy mô"] == ("/knowledge/cases/?about=stock&size=unknown", 1)
    assert found["Thời gian chuyển đổi"] == ("/knowledge/cases/?about=changeover", 1)
    assert found["Bình Dương"] == ("/knowledge/cases/?about=stock&place=binh-duong", 1)
    assert found["Việt Nam"][1] == 2
    assert found["Chưa rõ năm"] == ("/knowledge/cases/?about=stock&period=unknown", 1)
    assert "Thái Lan" not in found
    data = client.get("/api/knowledge/cases?about=stock").json
    assert data["counts"]["size"] == {"over_1000": 1, "unknown": 1}
    assert data["counts"]["about"] == {"stock": 2, "changeover": 1, "productivity": 1}


def test_years_are_typed_or_taken_at_a_click_but_not_both(client, shelf):
    page = client.get("/knowledge/cases/?from=2014&to=2018&sector=wood")
    assert slugs(page) == ["go"]
    assert 'name="from"' in page.text
    assert 'value="2014"' in page.text
    assert "2014 – 2018" in page.text
    assert choices(page)["2015 – 2019"][0] == "/knowledge/cases/?sector=wood&period=2015-2019"


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("from=20x8", "Hãy ghi năm bằng bốn chữ số, ví dụ 2018."),
        ("to=18", "Hãy ghi năm bằng bốn chữ số, ví dụ 2018."),
        ("from=2019&to=2015", "Năm đầu muộn hơn năm cuối. Hãy đổi chỗ hai năm."),
    ],
)
def test_a_year_that_is_none_is_said_and_kept(client, shelf, query, fault):
    page = client.get(f"/knowledge/cases/?{query}&about=stock")
    assert page.status_code == 422
    assert fault in page.text
    assert f'value="{query.split("=")[1].split("&")[0]}"' in page.text
    assert slugs(page) == ["go", "may"]
    data = client.get(f"/api/knowledge/cases?{query}")
    assert (data.status_code, data.json["advice"]) == (422, fault)


def test_an_empty_list_says_which_condition_is_in_the_way(client, shelf):
    page = client.get("/knowledge/cases/?sector=wood&about=stock&strength=B")
    told = re.findall(
        r'<a href="([^"]+)"\s+rel="nofollow">Bỏ “([^”]+)”</a>\s*(\d+) điển hình', page.text
    )
    assert told == [
        ("/knowledge/cases/?about=stock&amp;strength=B", "Ngành: Gỗ, nội thất", "1"),
        (
            "/knowledge/cases/?sector=wood&amp;about=stock",
            "Mức bằng chứng: B: chỉ có mức thay đổi hoặc số sau",
            "1",
        ),
    ]
    nothing = client.get("/knowledge/cases/?sector=metal&strength=B&place=th")
    assert "Bỏ riêng điều kiện nào cũng chưa đủ" in nothing.text


def test_what_nobody_has_heard_of_can_be_taken_away(client, shelf):
    page = client.get("/knowledge/cases/?size=huge")
    assert re.findall(r'class="filter-chip"\s+href="([^"]+)"', page.text) == ["/knowledge/cases/"]


def test_data_carry_the_figures_with_their_numbers(client, shelf):
    (case,) = client.get("/api/knowledge/cases?size=over_1000").json["items"]
    assert (case["size_band"], case["year_first"], case["year_last"]) == ("over_1000", 2015, 2019)
    figures = [(m["about"], m["before_number"], m["after"]) for m in case["measures"]]
    assert figures == [("changeover", 60, "84,5"), ("stock", 60, "84,5")]


def test_data_cost_a_fixed_number_of_questions(client, content, count_queries):
    def asked(number):
        for n in range(number):
            content.write(f"cases/c{n}.md", tools=["5s", "lean"], measures=[a_measure()] * 3)
        sync_knowledge(content.path, now=NOW)
        with count_queries() as seen:
            assert client.get("/api/knowledge/cases").status_code == 200
        return len(seen)

    assert asked(1) == asked(20) <= 6


@pytest.mark.parametrize("query", ["", "?from=x", "?size=huge", "?about=stock&lang=en"])
def test_the_list_is_well_made(client, shelf, query):
    assert complaints(client.get(f"/knowledge/cases/{query}").text) == []


def test_cases_are_chosen_by_ward_where_they_name_one(client, content):
    a_unit(key="phuong-a", name="Phường A", name_en="A ward")
    a_unit(key="phuong-b", name="Phường B")
    content.write("cases/mot.md", unit="phuong-a")
    content.write("cases/hai.md", unit="phuong-a", sector="wood")
    content.write("cases/ba.md", unit="phuong-b")
    content.write("cases/bon.md")
    sync_knowledge(content.path, now=NOW)
    page = client.get("/knowledge/cases/")
    assert choices(page)["Phường A"] == ("/knowledge/cases/?unit=phuong-a", 2)
    chosen = client.get("/knowledge/cases/?unit=phuong-a")
    assert sorted(slugs(chosen)) == ["hai", "mot"]
    assert "Phường: Phường A" in chosen.text
    data = client.get("/api/knowledge/cases?unit=phuong-b").json
    assert [(one["code"], one["unit"]) for one in data["items"]] == [("ba", "phuong-b")]
    assert data["counts"]["unit"] == {"phuong-a": 2, "phuong-b": 1}
    assert "Phường A" in client.get("/knowledge/mot").text
    assert ">A ward<" in client.get("/knowledge/cases/?lang=en").text


def test_a_ward_without_a_case_is_called_by_its_name(client, content):
    a_unit(key="phuong-a", name="Phường A", name_en="A ward")
    content.write("cases/mot.md")
    sync_knowledge(content.path, now=NOW)
    page = client.get("/knowledge/cases/?unit=phuong-a")
    assert choices(page)["Phường A"] == ("/knowledge/cases/", 0)
    assert "Phường: Phường A" in page.text
    assert "Ward: A ward" in client.get("/knowledge/cases/?unit=phuong-a&lang=en").text


def test_a_ward_that_the_site_does_not_have_is_refused(content):
    content.write("cases/mot.md", unit="phuong-la")
    with pytest.raises(ContentError) as told:
        sync_knowledge(content.path, now=NOW)
    assert "cases/mot.md" in str(told.value)
    assert "unit: phuong-la is not one of" in str(told.value)


def test_without_a_ward_no_choice_of_wards_is_offered(client, shelf):
    assert 'aria-label="Phường"' not in client.get("/knowledge/cases/").text
