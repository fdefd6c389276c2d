import unicodedata
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from club.db import db
from club.files.content_error import ContentError
from club.files.synced import SyncedWithNews
from club.knowledge.evidence.kinds import MeasureKind
from club.knowledge.importing import sync_knowledge
from club.knowledge.models import Article, CaseStudy, FigureShape, Measure, Strength, Tool
from club.search.models import SearchDocument
from club.search.queries import find
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW

TOOLS = 3


def synced(content, *, now=NOW):
    done = sync_knowledge(content.path, now=now)
    return done.added, done.changed, done.unchanged


def article(slug):
    return db.session.scalars(select(Article).where(Article.slug == slug)).one()


def faults(content):
    with pytest.raises(ContentError) as refused:
        sync_knowledge(content.path, now=NOW)
    return str(refused.value).splitlines()


def test_a_case_is_brought_in_with_its_facts_and_figures(content):
    content.write("cases/may-demo.md", "## Kết quả\n\nTốt hơn.")
    assert synced(content) == (1 + TOOLS, 0, 0)
    case = article("may-demo")
    assert (case.title, case.title_en, case.revision) == ("Một bài", "A text", 1)
    assert case.body_html == '<h2 id="h-ket-qua">Kết quả</h2>\n<p>Tốt hơn.</p>'
    assert case.checked_on == date(2026, 11, 22)
    assert case.sources == [{"title": "Nguồn", "url": "https://example.org/a", "secondary": False}]
    assert [t.key for t in case.topics] == ["improvement_tools"]
    assert [t.key for t in case.tools] == ["5s"]
    assert [c.course_code for c in case.course_links] == ["5S"]
    assert case.case.strength is Strength.A
    assert case.case.figure_shape is FigureShape.BEFORE_AND_AFTER
    assert case.case.unknown_en == ["Cost"]
    (measure,) = case.measures
    assert (measure.before_text, measure.before_number) == ("60", 60)
    assert (measure.after_text, measure.after_number) == ("84,5", 84.5)


def test_a_short_version_in_english_is_cleaned_and_found_in_english(content):
    content.write("tools/5s.md", english="Shadow boards <script>x</script> help.")
    synced(content)
    assert article("5s").body_en == "Shadow boards <script>x</script> help."
    assert "<script>" not in article("5s").body_en_html
    assert find("shadow boards", language="en").total == 1
    assert find("shadow boards", language="vi").total == 0
    content.write("tools/5s.md")
    synced(content)
    assert (article("5s").body_en, article("5s").body_en_html) == (None, None)
    assert find("shadow boards", language="en").total == 0


@pytest.mark.parametrize(
    ("english", "fault"),
    [
        (["a"], "english: is a text"),
        ("*" * 5_000, "english: has more than 4000 marks"),
        ("a " * 30_000, "english: is longer than 50000 characters"),
    ],
)
def test_a_short_version_that_cannot_be_shown_is_refused(content, english, fault):
    content.write("tools/5s.md", english=english)
    (told,) = faults(content)
    assert fault in told


def test_a_measure_says_what_it_is_about_or_counts_as_another(content):
    unsaid = {key: value for key, value in a_measure().items() if key != "about"}
    content.write("cases/a.md", measures=[a_measure(about="stock"), unsaid])
    synced(content)
    kinds = [measure.about for measure in article("a").measures]
    assert kinds == [MeasureKind.STOCK, MeasureKind.OTHER]


def test_an_unknown_kind_of_measure_is_named_with_its_file_and_line(content):
    file = content.write("cases/a.md", measures=[a_measure(), a_measure(about="luck")])
    (told,) = faults(content)
    line = file.read_text().splitlines().index("  about: luck") + 1
    assert told.startswith(f"cases/a.md:{line}: measures[2].about: is one of productivity, ")
    assert told.endswith(", other, not luck")


def test_a_text_figure_has_no_number(content):
    content.write("cases/a.md", measures=[a_measure(before="2–3", after="< 0,5")])
    synced(content)
    (measure,) = article("a").measures
    assert (measure.before_text, measure.before_number) == ("2–3", None)
    assert (measure.after_text, measure.after_number) == ("< 0,5", None)


def test_a_change_alone_is_a_shape_of_its_own(content):
    change = {"vi": "+52%", "en": "+52%"}
    content.write(
        "cases/a.md", measures=[a_measure(before=None, after=None, unit=None, change=change)]
    )
    content.write("cases/b.md", measures=[a_measure(before=None)])
    synced(content)
    assert article("a").case.figure_shape is FigureShape.CHANGE_ONLY
    assert article("b").case.figure_shape is FigureShape.AFTER_ONLY


def test_nothing_happens_the_second_time(content):
    content.write("cases/a.md")
    content.write("tools/5s.md")
    synced(content)
    assert synced(content, now=NOW + timedelta(days=1)) == (0, 0, 2 + TOOLS)
    assert article("a").modified_at == NOW


def test_an_unchanged_folder_costs_a_few_queries(content, count_queries):
    for number in range(10):
        content.write(f"cases/c{number}.md")
    synced(content)
    with count_queries() as seen:
        synced(content)
    assert len(seen) <= 6


def test_a_changed_file_changes_its_article_alone(content):
    content.write("cases/a.md", measures=[a_measure(), a_measure(after=90)])
    content.write("cases/b.md")
    synced(content)
    content.write("cases/a.md", title={"vi": "Mới", "en": "New"}, measures=[a_measure(after=70)])
    assert synced(content, now=NOW + timedelta(days=1)) == (0, 1, 1 + TOOLS)
    assert (article("a").title, article("a").revision) == ("Mới", 2)
    assert [m.after_number for m in article("a").measures] == [70]
    assert db.session.scalar(select(func.count(Measure.id))) == 2
    assert article("b").revision == 1


def test_a_vanished_file_retires_its_article_and_keeps_it(content):
    file = content.write("cases/a.md")
    synced(content)
    file.unlink()
    assert synced(content) == (0, 1, TOOLS)
    assert article("a").retired_at == NOW
    assert find("một bài", language="vi").total == 0


def test_a_file_that_comes_back_brings_its_article_back(content):
    file = content.write("cases/a.md")
    synced(content)
    file.unlink()
    synced(content)
    content.write("cases/a.md")
    assert synced(content) == (0, 1, TOOLS)
    assert article("a").retired_at is None
    assert find("một bài", language="vi").total == 1


def test_a_file_that_moves_to_another_folder_keeps_its_address(content):
    content.write("articles/a.md")
    synced(content)
    (content.path / "articles/a.md").unlink()
    content.write("tools/a.md")
    assert synced(content) == (0, 1, TOOLS)
    assert [one.ref for one in find("một bài", language="vi").results] == ["tool:a"]


def test_a_case_that_becomes_an_article_loses_its_figures(content):
    content.write("cases/a.md")
    synced(content)
    (content.path / "cases/a.md").unlink()
    content.write("articles/a.md")
    synced(content)
    assert db.session.scalar(select(func.count(CaseStudy.article_id))) == 0
    assert db.session.scalar(select(func.count(Measure.id))) == 0


def test_articles_are_found_by_their_words_in_both_languages(content):
    content.write("cases/a.md", "Xưởng đo lại quãng đường.")
    synced(content)
    assert [one.ref for one in find("quang duong", language="vi").results] == ["case:a"]
    assert [one.ref for one in find("long waits", language="en").results] == ["case:a"]
    assert [one.url for one in find("efficiency", language="en").results] == ["/knowledge/a"]


def test_a_fault_in_one_file_brings_in_none(content):
    content.write("cases/a.md")
    content.write("cases/b.md", sector="spaceships")
    assert len(faults(content)) == 1
    assert db.session.scalar(select(func.count(Article.id))) == 0


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fetc%2fpasswd", "..\\..\\app.py", "....", "\uff0e\uff0e\uff0fx", "a\u202egnp.exe",
        "Tài liệu buổi 1 – bản cuối (2)", unicodedata.normalize("NFD", "tài-liệu"), "ế" * 80,
        "a;b", "a\"b'c", "a\\r\\nSet-Cookie: x=1", "<img src=x onerror=window.__x=1>", "-rf", " ",
        "a.", "A", "a.pdf%00", "báo cáo\u200b", "=cmd", "tools", "documents",
    ],
)  # fmt: skip
def test_a_file_whose_name_is_no_address_is_named_and_nothing_comes_in(content, name):
    content.write("cases/good.md")
    content.write(f"cases/{name}.md")
    said = "the file's name is its address: small letters a-z, digits and hyphens"
    assert faults(content) == [f"cases/{name}.md: {said}"]
    assert db.session.scalar(select(func.count(Article.id))) == 0


def test_keys_that_nobody_knows_are_named_with_file_and_line_and_nothing_comes_in(content):
    content.write("cases/good.md")
    content.write("cases/a.md", colour="red", consents=[{"firm": "x"}])
    content.write("tools/5s.md", sources=[{"title": "a", "url": None, "secondary": False, "x": 1}])
    lines = {key: line_of(content, "cases/a.md", key) for key in ("colour", "consents")}
    unknown = "is not a key that this file may have"
    assert faults(content)[:2] == [
        f"cases/a.md:{lines['colour']}: colour: {unknown}",
        f"cases/a.md:{lines['consents']}: consents: {unknown}",
    ]
    assert faults(content)[2].endswith(f"sources[1].x: {unknown}")
    assert db.session.scalar(select(func.count(Article.id))) == 0
    assert db.session.scalar(select(func.count(SearchDocument.id))) == 0


def test_all_faults_of_all_files_are_named_with_file_and_line(content):
    content.write_raw(
        "tools/x.md", "---\nkind: tool\ntitle: {vi: a, en: b}\ncolour: red\n---\ntext\n"
    )
    content.write("cases/b.md", strength="D")
    line = line_of(content, "cases/b.md", "strength")
    assert faults(content) == [
        f"cases/b.md:{line}: strength: is one of A, B, C, not D",
        "tools/x.md:2: summary: is missing",
        "tools/x.md:2: checked_on: is missing",
        "tools/x.md:4: colour: is not a key that this file may have",
    ]


def line_of(content, path, key):
    lines = (content.path / path).read_text().splitlines()
    return next(n for n, line in enumerate(lines, start=1) if line.startswith(f"{key}:"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"strength": "C"},
            "strength: C was not measured, but result_kind is measured_before_after",
        ),
        (
            {"result_kind": "simulation"},
            "strength: is C where result_kind is simulation: nobody measured it",
        ),
        ({"kind": "tool"}, "kind: is case in this folder"),
        ({"kind": "poem"}, "kind: is one of case, tool, article, not poem"),
        ({"title": {"vi": "a"}}, "title.en: is missing"),
        (
            {"title": {"vi": "a", "en": "b", "fr": "c"}},
            "title.fr: is not a key that this file may have",
        ),
        ({"title": "a"}, "title: is a set of keys with values"),
        ({"topics": ["magic"]}, "topics: magic is not one of digital, improvement_tools"),
        ({"tools": ["5s", "5s"]}, "tools: names something twice"),
        ({"tools": "5s"}, "tools: is a list of texts"),
        ({"checked_on": "hôm qua"}, "checked_on: is a day such as 2026-11-22"),
        ({"year": "khoảng 2020"}, "year: is read in both languages: signs such as ≈ or <"),
        ({"country": "Việt Nam"}, "country: is a code of two letters, such as VN"),
        ({"organisation": {"name_unconfirmed": True}}, "organisation.name: is missing"),
        (
            {"organisation": {"name": "A", "name_unconfirmed": "no"}},
            "organisation.name_unconfirmed: is true or false",
        ),
        ({"measures": []}, "measures: has at least one figure"),
        ({"measures": [a_measure(after=None)]}, "measures[1].after: or a change is needed"),
        (
            {"measures": [a_measure(before=True)]},
            "measures[1].before: is a number, or a text with one such as 2–3",
        ),
        (
            {"measures": [a_measure(), a_measure(direction="up")]},
            "measures[2].direction: is one of higher, lower, not up",
        ),
        (
            {"unknown": {"vi": ["a", "b"], "en": ["a"]}},
            "unknown: has as many entries in one language as in the other",
        ),
        (
            {"sources": [{"title": "x", "url": "javascript:alert(1)"}]},
            "sources[1].url: begins with http:// or https://",
        ),
        ({"result_kind": ...}, "result_kind: is missing"),
        ({"sector": "spaceships"}, "sector: is one of garment"),
    ],
)
def test_a_fault_says_what_to_mend(content, given, said):
    content.write("cases/a.md", **given)
    lines = faults(content)
    assert any(said in line and line.startswith("cases/a.md:") for line in lines), lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kein Kopf", "cases/a.md:1: begins with front matter between ---"),
        ("---\na: [1\n---\nx\n", "cases/a.md:3: is not YAML: did not find expected ',' or ']'"),
        (
            "---\na: 1\nb: 2\na: 3\n---\nx\n",
            "cases/a.md:4: is not YAML: the key a stands here a second time",
        ),
        ("---\n- a\n---\nx\n", "cases/a.md:2: is a set of keys with values"),
        ("", "cases/a.md:1: begins with front matter between ---"),
    ],
)
def test_a_broken_head_names_its_line(content, text, said):
    content.write_raw("cases/a.md", text)
    assert faults(content) == [said]


def test_a_text_is_needed_and_may_not_be_endless(content):
    content.write("cases/a.md", "")
    content.write("cases/b.md", "chữ " * 30_000)
    content.write("cases/c.md", "- chữ\n" * 1_100)
    assert faults(content) == [
        "cases/a.md: has no text below the front matter",
        "cases/b.md: is longer than 50000 characters",
        "cases/c.md: has more than 4000 marks such as * or [, or 1000 lines",
    ]


@pytest.mark.parametrize("name", ["Bai-Viet.md", "bài-viết.md", "a_b.md", "cases.md"])
def test_a_name_that_cannot_be_an_address_is_refused(content, name):
    content.write(f"articles/{name}")
    assert faults(content) == [
        f"articles/{name}: the file's name is its address: small letters a-z, digits and hyphens"
    ]


def test_two_files_may_not_share_an_address(content):
    content.write("cases/a.md")
    content.write("tools/a.md")
    assert faults(content) == [
        "cases/a.md: another file has the same address",
        "tools/a.md: another file has the same address",
    ]


def test_tools_follow_their_file(content):
    content.write("cases/a.md")
    synced(content)
    names = (content.path / "tool_names.yaml").read_text().replace("vi: TPM", "vi: Bảo trì")
    (content.path / "tool_names.yaml").write_text(names)
    assert sync_knowledge(content.path, now=NOW) == SyncedWithNews(0, 1, 3, told=())
    assert db.session.scalars(select(Tool.name).where(Tool.key == "tpm")).one() == "Bảo trì"


def test_a_file_holds_only_cases_that_everybody_can_read_elsewhere(content):
    content.write("cases/may-demo.md", consent="agreement")
    content.write("cases/may-khac.md", consent="published_source", sources=[])
    content.write("cases/may-la.md", consent="said so")
    told = "\n".join(faults(content))
    assert "cases/may-demo.md" in told
    assert "consent: is written on the site, where the firm's agreement is kept" in told
    assert "sources: names where everybody can read it" in told
    assert "consent: is one of published_source, agreement, not said so" in told
