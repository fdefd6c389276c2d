"""All figures of the cases of a tool, side by side."""

import csv
import io
import re

import pytest

from club.knowledge.importing import sync_knowledge
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW
from tests.support.inspector import complaints

ADDRESS = "/knowledge/tools/lean/evidence"


def words(page):
    main = re.search(r"<main.*</main>", page.text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def a_time(before, after, **given):
    unit = {"vi": "phút", "en": "minutes"}
    return a_measure(
        about="changeover", direction="lower", unit=unit, before=before, after=after, **given
    )


def firm(name):
    return {"name": name, "name_unconfirmed": False}


@pytest.fixture
def shelf(content):
    content.write("tools/lean.md", tools=["lean", "5s"])
    for name, after in (("a", 15), ("b", 12), ("c", 24)):
        content.write(
            f"cases/{name}.md", tools=["lean"], organisation=firm(f"Xưởng {name.upper()}"),
            measures=[a_time(30, after)], year=f"201{after % 10}",
        )  # fmt: skip
    content.write("cases/only-5s.md", tools=["5s"], measures=[a_time(30, 1)])
    sync_knowledge(content.path, now=NOW)
    return content


def firms(page):
    return re.findall(r'<th scope="row">\s*<a href="/knowledge/([\w-]+)">', page.text)


def test_figures_of_one_kind_have_a_median_and_a_range(client, shelf):
    page = client.get(ADDRESS)
    assert "Mức A, càng thấp càng tốt: trung vị −50% của 3 điển hình, từ −60% đến −20%." in words(
        page
    )
    assert firms(page) == ["a", "b", "c"]
    assert "only-5s" not in page.text


def test_the_picture_says_in_words_what_it_shows(client, shelf):
    page = client.get(ADDRESS).text
    assert 'aria-label="Trước 30 phút, sau 15 phút: giảm 50%, tốt lên"' in page
    assert "style=" not in re.search(r"<main.*</main>", page, re.DOTALL)[0]
    english = client.get(f"{ADDRESS}?lang=en").text
    assert 'aria-label="Before 30 minutes, after 15 minutes: down 50%, better"' in english


def test_a_figure_that_got_worse_is_drawn_otherwise(client, shelf):
    assert "ba-worse" not in client.get(ADDRESS).text
    shelf.write("cases/d.md", tools=["lean"], measures=[a_time(30, 45)])
    sync_knowledge(shelf.path, now=NOW)
    page = client.get(ADDRESS).text
    assert "ba-worse" in page
    assert "tăng 50%, xấu đi" in page


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("c", "2 trường hợp, −60% và −50%: quá ít để tính trung vị"),
        ("bc", "1 trường hợp (−50%): không tính trung vị"),
    ],
)
def test_few_cases_have_no_median(client, shelf, gone, told):
    for name in gone:
        (shelf.path / f"cases/{name}.md").unlink()
    sync_knowledge(shelf.path, now=NOW)
    page = client.get(ADDRESS)
    assert told in words(page)
    assert "trung vị −" not in words(page)


def test_what_the_source_says_in_words_is_shown_and_not_reckoned(client, shelf):
    change = {"vi": "giảm 75%", "en": "down 75%"}
    shelf.write(
        "cases/d.md", tools=["lean"], strength="B", result_kind="reported_change",
        measures=[a_time(None, None, change=change), a_time("2–3", "1–2")],
    )  # fmt: skip
    sync_knowledge(shelf.path, now=NOW)
    seen = words(client.get(ADDRESS))
    assert "Nguồn ghi: giảm 75%" in seen
    assert seen.count("không có cặp số chính xác") == 2
    assert "của 3 điển hình" in seen
    assert "Mức B, " not in seen


def test_what_was_not_measured_stands_apart_and_counts_nowhere(client, shelf):
    shelf.write(
        "cases/d.md", tools=["lean"], strength="C", result_kind="simulation",
        organisation=firm("Xưởng Mô Phỏng"), measures=[a_time(30, 1)],
    )  # fmt: skip
    sync_knowledge(shelf.path, now=NOW)
    page = client.get(ADDRESS)
    assert "của 3 điển hình, từ −60% đến −20%" in words(page)
    assert "d" not in firms(page)
    assert re.search(
        "Đề xuất, mô phỏng và lời kể chưa kiểm chứng.*Xưởng Mô Phỏng.*Mô phỏng, chưa đo",
        words(page),
    )


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["a", "b", "c"]),
        ("?sort=change", ["b", "a", "c"]),
        ("?sort=year", ["a", "c", "b"]),
        ("?sort=name", ["a", "b", "c"]),
        ("?sort=nonsense", ["a", "b", "c"]),
    ],
)
def test_figures_are_sorted(client, shelf, sort, expected):
    assert firms(client.get(ADDRESS + sort)) == expected
    lines = client.get(f"{ADDRESS}.csv{sort}").data.decode("utf-8-sig")
    assert [row["case"] for row in csv.DictReader(io.StringIO(lines))] == expected


def test_the_file_has_every_figure_and_what_was_reckoned(client, shelf):
    shelf.write("cases/d.md", tools=["lean"], strength="C", result_kind="simulation")
    sync_knowledge(shelf.path, now=NOW)
    answer = client.get(f"{ADDRESS}.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="lean-evidence.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    told = [(r["about"], r["before"], r["after"], r["change_percent"], r["way"]) for r in rows]
    assert told[0] == ("changeover", "30", "15", "-50.0", "better")
    assert told[-1] == ("productivity", "60", "84.5", "", "")


def test_a_tool_that_no_case_used_says_so(client, shelf):
    shelf.write("tools/tpm.md", tools=["tpm"])
    sync_knowledge(shelf.path, now=NOW)
    page = client.get("/knowledge/tools/tpm/evidence")
    assert "Chưa điển hình nào của công cụ này có kết quả đã đo." in words(page)


def test_a_tool_s_page_leads_to_its_evidence(client, shelf):
    assert f'href="{ADDRESS}"' in client.get("/knowledge/lean").text


@pytest.mark.parametrize("slug", ["a", "nothing"])
def test_only_tools_have_evidence(client, shelf, slug):
    assert client.get(f"/knowledge/tools/{slug}/evidence").status_code == 404
    assert client.get(f"/knowledge/tools/{slug}/evidence.csv").status_code == 404


def test_the_evidence_of_a_retired_tool_answers_like_its_page(client, shelf):
    (shelf.path / "tools/lean.md").unlink()
    sync_knowledge(shelf.path, now=NOW)
    page = client.get("/knowledge/lean")
    for address in (ADDRESS, f"{ADDRESS}.csv"):
        answer = client.get(address)
        assert (answer.status_code, words(answer)) == (410, words(page))


def test_the_table_costs_a_fixed_number_of_questions(client, content, count_queries):
    content.write("tools/lean.md", tools=["lean"])

    def asked(number):
        for n in range(number):
            content.write(f"cases/c{n}.md", tools=["lean"], measures=[a_measure()] * 3)
        sync_knowledge(content.path, now=NOW)
        with count_queries() as seen:
            assert client.get(ADDRESS).status_code == 200
        return len(seen)

    assert asked(1) == asked(20) <= 6


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_is_well_made(client, shelf, language):
    assert complaints(client.get(f"{ADDRESS}?lang={language}").text) == []


def test_a_range_stays_in_words_and_the_page_says_that_it_is_not_drawn(client, content):
    content.write("tools/lean.md", tools=["lean"])
    content.write("cases/a.md", tools=["lean"], measures=[a_time("20–30", "8–10")])
    sync_knowledge(content.path, now=NOW)
    page = client.get(ADDRESS)
    assert "8–10" in page.text
    assert 'class="before-after' not in page.text
    assert "Khoảng như 2–3" in words(page)


def test_a_text_says_what_those_beside_it_were_chosen_by(client, shelf):
    assert "Chỉ trùng chữ thì không tính" in client.get("/knowledge/a").text
    shelf.write("articles/rieng.md", tools=[], topics=[])
    sync_knowledge(shelf.path, now=NOW)
    assert "Chỉ trùng chữ thì không tính" not in client.get("/knowledge/rieng").text
