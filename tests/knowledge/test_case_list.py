"""The list of cases: in which order, how one chooses, and what choices say."""

import re

import pytest

from club.people.sectors import SECTORS
from tests.knowledge.content_folder import a_measure
from tests.knowledge.page_kit import a_change, slugs, synced, words


def test_a_firm_that_is_only_described_is_described_in_the_reader_s_language(client, content):
    firm = {"name": "Một xưởng may", "name_en": "A sewing shop", "name_unconfirmed": False}
    content.write("cases/may.md", organisation=firm)
    content.write("tools/5s.md")
    synced(content)
    for address in ("/knowledge/may", "/knowledge/tools/5s/evidence"):
        page, english = words(client.get(address)), words(client.get(f"{address}?lang=en"))
        assert ("Một xưởng may" in page, "A sewing shop" in page) == (True, False), address
        assert ("Một xưởng may" in english, "A sewing shop" in english) == (False, True), address
        client.get("/?lang=vi")
    (case,) = client.get("/api/knowledge/cases").json["items"]
    assert (case["organisation"], case["organisation_en"]) == ("Một xưởng may", "A sewing shop")
    assert (
        client.get("/knowledge/may.json").json["case"]["organisation"]["name_en"] == "A sewing shop"
    )


def test_a_case_that_names_no_country_and_no_end_says_neither(client, content):
    content.write("cases/may.md", country="ZZ", place=None, year="2003 –", sector="garment")
    content.write("cases/go.md", country="TH", place=None, year="2003", sector="wood")
    synced(content)
    listed = words(client.get("/knowledge/cases/"))
    assert "May mặc. từ 2003" in listed
    assert "Gỗ, nội thất, Thái Lan. 2003" in listed
    page = words(client.get("/knowledge/may"))
    assert "từ 2003" in page
    assert [said for said in ("không xác định", "2003 –") if said in page] == []
    assert [said for said in ("không xác định", "2003 –") if said in listed] == []
    assert "from 2003" in words(client.get("/knowledge/may?lang=en"))


def test_cases_with_before_and_after_come_first_then_changes_then_after_only(client, content):
    content.write("cases/after.md", measures=[a_measure(before=None)])
    content.write("cases/change.md", measures=[a_change()])
    content.write("cases/both.md")
    synced(content)
    assert slugs(client.get("/knowledge/cases/")) == ["both", "change", "after"]


def test_among_equals_strong_then_vietnamese_then_richly_measured_come_first(client, content):
    content.write("cases/a-weak.md", strength="B")
    content.write("cases/b-abroad.md", country="TH")
    content.write("cases/c-plain.md")
    content.write("cases/d-rich.md", measures=[a_measure(), a_measure()])
    synced(content)
    listed = slugs(client.get("/knowledge/cases/"))
    assert listed == ["d-rich", "c-plain", "b-abroad", "a-weak"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sector=wood", ["go"]),
        ("tool=tpm", ["go"]),
        ("topic=digital", ["so"]),
        ("result=company_statement", ["so"]),
        ("shape=change_only", ["so"]),
        ("sector=wood&tool=tpm", ["go"]),
        ("sector=wood&tool=lean", []),
        ("q=chuyen+may", ["may"]),
        ("q=chuyen+may&sector=wood", []),
        ("sector=nonsense", []),
        ("page=99", []),
        ("page=nonsense", ["go", "may", "so"]),
    ],
)
def test_cases_are_chosen_by_what_they_have(client, content, query, expected):
    content.write("cases/go.md", sector="wood", tools=["5s", "tpm"])
    content.write("cases/may.md", "Xếp lại chuyền may.", tools=["lean"])
    content.write(
        "cases/so.md",
        topics=["digital"],
        result_kind="company_statement",
        measures=[a_change()],
    )
    synced(content)
    assert slugs(client.get(f"/knowledge/cases/?{query}")) == expected


def test_counts_say_what_another_choice_would_leave(client, content):
    content.write("cases/a.md", sector="wood", tools=["lean"])
    content.write("cases/b.md", sector="wood", tools=["tpm"])
    content.write("cases/c.md", sector="garment", tools=["lean"])
    synced(content)
    page = client.get("/knowledge/cases/?sector=wood")
    facets = re.findall(
        r'<a href="([^"]+)"[^>]*>\s*<span>([^<]+)</span>\s*<span class="num">(\d+)</span>',
        page.text,
    )
    assert ("/knowledge/cases/?sector=garment", "May mặc", "1") in facets
    assert ("/knowledge/cases/", "Gỗ, nội thất", "2") in facets
    assert ("/knowledge/cases/?sector=wood&amp;tool=lean", "Lean", "1") in facets


def test_rare_choices_are_folded_unless_one_is_in_use(client, content):
    for sector in list(SECTORS)[:11]:
        content.write(f"cases/a-{sector.replace('_', '-')}.md", sector=sector)
    synced(content)
    page = client.get("/knowledge/cases/").text
    assert "Thêm 5 mục" in page
    assert '<details class="facet-more">' in page
    last = re.findall(r"sector=(\w+)", page.split("</details>")[0])[-1]
    assert (
        '<details class="facet-more" open>' in client.get(f"/knowledge/cases/?sector={last}").text
    )


def test_a_list_in_use_says_by_what_and_can_be_cleared(client, content):
    content.write("cases/a.md", sector="wood")
    synced(content)
    page = client.get("/knowledge/cases/?sector=wood&q=mot+bai")
    assert "“mot bai”" in page.text
    chips = re.findall(r'class="filter-chip"\s+href="([^"]+)"', page.text)
    assert chips == ["/knowledge/cases/?sector=wood", "/knowledge/cases/?q=mot+bai"]


def test_cases_come_in_pages_of_twelve(client, content):
    for number in range(14):
        content.write(f"cases/c{number:02d}.md")
    synced(content)
    assert len(slugs(client.get("/knowledge/cases/"))) == 12
    assert slugs(client.get("/knowledge/cases/?page=2")) == ["c12", "c13"]


def test_no_case_at_all_is_said(client):
    assert "Không có điển hình nào hợp mọi điều kiện" in client.get("/knowledge/cases/").text


@pytest.mark.parametrize("address", ["/knowledge/", "/knowledge/cases/", "/knowledge/tools/"])
def test_lists_ask_a_fixed_number_of_times(client, content, count_queries, address):
    def asked(number):
        for n in range(number):
            content.write(f"cases/c{n}.md", tools=["5s", "lean"])
            content.write(f"tools/t{n}.md")
        synced(content)
        with count_queries() as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    assert asked(1) == asked(12) <= 9
