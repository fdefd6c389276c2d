import json
import re
from datetime import timedelta

import pytest

from club.accounts.models import RoleName
from club.content import CONTENT
from club.identity.importing import sync_club
from club.knowledge.article_rules import is_address
from club.knowledge.importing import sync_knowledge
from club.people.sectors import SECTORS
from club.search.models import FoundKind
from club.search.operations import index_document
from club.units.importing import sync_units
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW, an_account
from tests.support.inspector import complaints


def synced(content, *, now=NOW):
    sync_knowledge(content.path, now=now)


def a_change(**given):
    change = {"vi": "tăng 23%", "en": "up 23%"}
    return a_measure(before=None, after=None, unit=None, change=change) | given


def slugs(page):
    """The articles a page lists, in order."""
    return re.findall(r'<h[23]><a href="/knowledge/([\w-]+)">', page.text)


def words(page):
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


# --- the list of cases ---


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


# --- one article ---


def test_a_case_shows_its_figures_the_vietnamese_way(client, content):
    content.write(
        "cases/a.md",
        measures=[
            a_measure(before=3814, after="< 0,5", unit={"vi": "mét", "en": "m"}),
            a_change(period={"vi": "2019 so với 2018", "en": "2019 against 2018"}),
        ],
    )
    synced(content)
    seen = words(client.get("/knowledge/a"))
    assert "Trước: 3.814 Sau: &lt; 0,5 mét" in seen
    assert "tăng 23% Nguồn chỉ nêu mức thay đổi 2019 so với 2018" in seen


def test_in_english_figures_and_facts_are_english_and_the_text_is_marked(client, content):
    content.write(
        "cases/a.md",
        "Toàn văn.",
        measures=[a_measure(before=3814, after="< 0,5", unit={"vi": "mét", "en": "m"})],
    )
    synced(content)
    page = client.get("/knowledge/a?lang=en")
    seen = words(page)
    assert "Before: 3,814 After: &lt; 0.5 m" in seen
    assert "What is not known Cost" in seen
    assert "Problem Long waits" in seen
    assert "The full text is in Vietnamese." in seen
    assert '<div class="prose" lang="vi"><p>Toàn văn.</p></div>' in page.text
    assert "<h1>A text</h1>" in page.text


def test_a_short_version_in_english_stands_before_the_text_in_english_only(client, content):
    content.write("tools/5s.md", "Toàn văn.", english="Sort **first**.\n\n- then clean\n")
    synced(content)
    short = '<div class="prose" lang="en"><p>Sort <strong>first</strong>.</p>\n<ul>'
    page = client.get("/knowledge/5s?lang=en").text
    assert 0 < page.index(short) < page.index('<div class="prose" lang="vi"><p>Toàn văn.')
    assert "This is a short version." in page
    assert "Sort" not in client.get("/knowledge/5s?lang=vi").text


def test_what_is_unknown_is_said_once_in_vietnamese(client, content):
    content.write("cases/told.md", "## Điều chưa biết\n\nChưa rõ chi phí.")
    content.write("cases/listed.md")
    synced(content)
    told, listed = client.get("/knowledge/told").text, client.get("/knowledge/listed").text
    assert told.count("Điều chưa biết</h2>") == 1
    assert "unknown-list" not in told
    assert listed.count("Điều chưa biết</h2>") == 1
    assert "<span>Chi phí</span>" in listed


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        ("A", "Mức A Nguồn cho cả số trước và số sau, hoặc nói rõ cách đo hay khoản tiết kiệm."),
        ("B", "Mức B Nguồn chỉ cho mức thay đổi, hoặc chỉ cho số sau."),
    ],
)
def test_the_evidence_is_said_in_plain_words(client, content, strength, said):
    content.write("cases/a.md", strength=strength)
    synced(content)
    assert said in words(client.get("/knowledge/a"))


@pytest.mark.parametrize(
    ("kind", "caution"),
    [
        ("simulation", "Mô phỏng, chưa đo"),
        ("projected_future_state", "Tính toán, chưa đo"),
        ("expected", "Dự kiến, chưa đo"),
        ("approved_plan", "Theo phương án, chưa đo"),
        ("study_result", "Từ nghiên cứu, chưa rõ đã áp dụng"),
        ("company_statement", "Lời kể, chưa kiểm chứng"),
    ],
)
def test_what_was_not_measured_is_never_shown_as_measured(client, content, kind, caution):
    content.write("cases/a.md", strength="C", result_kind=kind)
    synced(content)
    page = client.get("/knowledge/a")
    assert "Chưa phải kết quả đã đo" in words(page)
    assert f"Trước: 60% Sau: 84,5% {caution}" in words(page)
    assert "before-after" not in page.text
    assert "điểm phần trăm" not in words(page)
    assert f"Sau: 84,5% {caution}" in words(client.get("/knowledge/cases/"))


def test_what_was_not_measured_comes_last_and_is_a_choice_of_its_own(client, content):
    content.write("cases/a-study.md", strength="C", result_kind="study_result")
    content.write("cases/b-after.md", measures=[a_measure(before=None)])
    synced(content)
    assert slugs(client.get("/knowledge/cases/")) == ["b-after", "a-study"]
    assert slugs(client.get("/knowledge/cases/?shape=not_measured")) == ["a-study"]
    assert slugs(client.get("/knowledge/cases/?shape=before_and_after")) == []


def test_what_it_cost_and_how_long_it_took_are_facts(client, content):
    content.write(
        "cases/a.md",
        cost={"vi": "5,2 tỷ đồng", "en": "VND 5.2 billion"},
        duration={"vi": "10 tuần", "en": "10 weeks"},
    )
    synced(content)
    assert "Làm trong bao lâu 10 tuần Chi phí 5,2 tỷ đồng" in words(client.get("/knowledge/a"))
    english = words(client.get("/knowledge/a?lang=en"))
    assert "How long it took 10 weeks Cost VND 5.2 billion" in english


def test_sources_say_how_they_were_read(client, content):
    sources = [
        {"title": "Bài gốc", "url": "https://example.org/a", "secondary": False},
        {"title": "Bản chép", "url": "https://example.org/b", "secondary": True},
        {"title": "Kế hoạch", "url": None, "secondary": False},
    ]
    content.write("cases/a.md", sources=sources)
    synced(content)
    page = client.get("/knowledge/a")
    seen = words(page)
    assert "Bài gốc đọc trực tiếp ở nguồn" in seen
    assert "Bản chép đọc qua bản chép hoặc bài thuật lại" in seen
    assert "Kế hoạch đọc trực tiếp ở nguồn" in seen
    assert page.text.count('rel="noopener nofollow"') == 2
    assert (
        "Kiểm tra lần cuối 22/11/2026, do chính người viết. Chưa có người khác kiểm tra lại."
        in seen
    )


def test_an_unconfirmed_name_and_a_foreign_place_are_said(client, content):
    content.write(
        "cases/a.md", organisation={"name": "Tuong Van", "name_unconfirmed": True}, country="TH"
    )
    synced(content)
    seen = words(client.get("/knowledge/a"))
    assert "cách viết có dấu chưa được xác nhận" in seen
    assert "Bình Dương, Thái Lan" in seen


def test_courses_are_named_when_the_catalogue_has_them(client, content):
    index_document(
        kind=FoundKind.COURSE,
        ref="course:5S",
        language="vi",
        title="5S tại xưởng",
        body="",
        url="/courses/5s-tai-xuong",
        now=NOW,
    )
    content.write("cases/a.md", courses=["5S", "LSS-YB"])
    synced(content)
    text = client.get("/knowledge/a").text
    assert '<a href="/courses/5s-tai-xuong">5S tại xưởng</a>' in text
    assert '<a href="/courses/?q=LSS-YB">Khóa LSS-YB</a>' in text


def test_a_tools_page_leads_to_the_cases_that_used_it(client, content):
    content.write("tools/lean.md", tools=["lean", "5s"])
    content.write("cases/a.md", tools=["lean"])
    content.write("cases/b.md", tools=["5s"])
    synced(content)
    aside = client.get("/knowledge/lean").text.split("<aside")[-1]
    assert re.findall(r'<a href="/knowledge/([\w-]+)">', aside) == ["a"]
    assert 'href="/knowledge/cases/?tool=lean"' in aside
    tags = re.findall(r'<a class="tag"\s+href="([^"]+)">([^<]+)', client.get("/knowledge/a").text)
    assert tags == [("/knowledge/lean", "Lean")]


def test_search_engines_are_told_what_the_text_is(client, content):
    content.write("cases/a.md", title={"vi": "Một </script>", "en": "One"})
    synced(content)
    page = client.get("/knowledge/a")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    data = json.loads(found[1])
    assert (data["@type"], data["headline"]) == ("Article", "Một </script>")
    assert data["url"] == "http://localhost/knowledge/a"
    source = {"@type": "CreativeWork", "name": "Nguồn", "url": "https://example.org/a"}
    assert data["citation"] == [source]
    assert '<link rel="canonical" href="http://localhost/knowledge/a">' in page.text


@pytest.mark.parametrize("role", [RoleName.MEMBER, RoleName.TRAINER, RoleName.COORDINATOR], ids=str)
def test_an_article_asks_at_most_eight_times_of_whoever_is_signed_in(
    sign_in, content, count_queries, role
):
    sync_units(CONTENT, now=NOW)
    sync_club(CONTENT, now=NOW)
    content.write("tools/5s.md")
    for number in range(5):
        content.write(f"cases/c{number}.md", courses=["5S", "LEAN"], measures=[a_measure()] * 6)
    synced(content)
    client = sign_in(an_account(role))
    client.get("/knowledge/c0")
    for address in ("/knowledge/c1", "/knowledge/5s"):
        with count_queries() as drawn:
            assert client.get(address).status_code == 200
        with count_queries() as kept:
            client.get(address)
        assert len(drawn) <= 8, "\n".join(
            re.sub(r"\s+", " ", one)[:110] + " ... " + one[-90:].replace("\n", " ") for one in drawn
        )
        assert len(kept) <= 8


def test_an_article_asks_at_most_eight_times(client, content, count_queries):
    sync_units(CONTENT, now=NOW)
    sync_club(CONTENT, now=NOW)
    content.write("tools/5s.md")
    for number in range(5):
        content.write(f"cases/c{number}.md", courses=["5S", "LEAN"], measures=[a_measure()] * 6)
    synced(content)
    for address in ("/knowledge/c1", "/knowledge/5s"):
        with count_queries() as seen:
            client.get(address)
        assert len(seen) <= 8


@pytest.mark.parametrize(
    "address", ["/knowledge/nothing", "/knowledge/Winners-Vina", "/knowledge/%00"]
)
def test_an_unknown_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_lists_without_their_slash_lead_to_it(client):
    assert client.get("/knowledge/cases").headers["Location"].endswith("/knowledge/cases/")


def test_a_retired_article_is_gone_and_listed_nowhere(client, content):
    file = content.write("cases/a.md")
    synced(content)
    file.unlink()
    synced(content)
    page = client.get("/knowledge/a")
    assert page.status_code == 410
    assert "Bài này đã được rút" in page.text
    assert "Nội dung" not in words(page)
    assert slugs(client.get("/knowledge/cases/")) == slugs(client.get("/knowledge/")) == []


# --- not fetching again what is known ---


def test_a_known_page_is_not_made_again(client, content, count_queries):
    content.write("cases/a.md")
    synced(content)
    first = client.get("/knowledge/a")
    with count_queries() as seen:
        again = client.get("/knowledge/a", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Last-Modified"] == "Tue, 03 Mar 2026 02:00:00 GMT"
    assert first.headers["Vary"] == "Cookie"
    assert len(seen) <= 5


def test_a_changed_text_another_language_or_a_sibling_is_a_new_page(client, content):
    content.write("cases/a.md")
    synced(content)
    etags = [client.get("/knowledge/a").headers["ETag"]]
    etags.append(client.get("/knowledge/a?lang=en").headers["ETag"])
    client.get("/knowledge/a?lang=vi")
    content.write("cases/b.md")
    synced(content, now=NOW + timedelta(days=1))
    etags.append(client.get("/knowledge/a").headers["ETag"])
    content.write("cases/a.md", strength="B")
    synced(content, now=NOW + timedelta(days=2))
    etags.append(client.get("/knowledge/a").headers["ETag"])
    assert len(set(etags)) == 4


def test_whoever_is_signed_in_gets_a_page_of_their_own(client, content, sign_in):
    content.write("cases/a.md")
    synced(content)
    etag = client.get("/knowledge/a").headers["ETag"]
    theirs = sign_in(an_account()).get("/knowledge/a", headers={"If-None-Match": etag})
    assert theirs.status_code == 200
    assert "ETag" not in theirs.headers


# --- all of it ---


def test_the_start_shows_tools_new_cases_and_articles(client, content):
    content.write("tools/5s.md")
    content.write("cases/a.md")
    content.write("articles/how.md")
    synced(content)
    page = client.get("/knowledge/")
    assert slugs(page) == ["a", "how"]
    assert "Công cụ cải tiến 5S" in words(page)
    assert 'href="/knowledge/5s"' in page.text
    assert "1 điển hình" in words(client.get("/knowledge/tools/"))


def test_tools_are_listed_field_by_field(client, content):
    content.write("tools/aaa.md", tools=["5s"], topics=["digital"])
    content.write("tools/bbb.md", tools=["tpm"])
    synced(content)
    page = client.get("/knowledge/tools/?lang=en")
    assert slugs(page) == ["bbb", "aaa"]
    fields = re.findall(r'<h2 id="tools-\d">([^<]+)</h2>', page.text)
    assert fields == ["Improvement tools", "Digital"]


def test_tools_stand_in_the_order_of_their_file(client, content):
    content.write("tools/aaa.md", tools=["tpm"])
    content.write("tools/bbb.md", tools=["lean"])
    content.write("tools/ccc.md", tools=["5s"])
    synced(content)
    assert slugs(client.get("/knowledge/tools/")) == ["ccc", "bbb", "aaa"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_are_well_made(client, content, language):
    content.write("tools/5s.md", "# Một\n\n|a|b|\n|-|-:|\n|1|2|\n\n[^1]\n\n[^1]: Ghi chú.")
    content.write("cases/a.md", measures=[a_measure(), a_change()])
    content.write("articles/how.md", sources=[])
    synced(content)
    for path in ("", "cases/", "cases/?sector=wood", "tools/", "5s", "a", "how"):
        page = client.get(
            f"/knowledge/{path}", query_string={"lang": language} if "?" not in path else None
        )
        assert complaints(page.text) == [], path


def test_no_text_has_the_address_of_another_page(app):
    below = re.compile(r"/knowledge/([a-z-]+)/?")
    named = {found[1] for rule in app.url_map.iter_rules() if (found := below.fullmatch(rule.rule))}
    assert named >= {"cases", "fits", "questions"}
    assert [one for one in sorted(named) if is_address(one)] == []
