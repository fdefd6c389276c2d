from club.knowledge import queries, text_queries
from club.knowledge.importing import sync_knowledge
from tests.knowledge.content_folder import a_measure
from tests.support.factories import NOW


def test_cases_with_figures_take_one_of_each_sector_first(content):
    content.write("cases/a.md", sector="garment")
    content.write("cases/b.md", sector="garment")
    content.write("cases/c.md", sector="wood")
    content.write("cases/text.md", sector="metal", measures=[a_measure(before="2–3")])
    sync_knowledge(content.path, now=NOW)
    rows = queries.cases_with_figures(3)
    assert [row.slug for row in rows] == ["a", "c", "b"]
    assert (rows[0].figure.before, rows[0].figure.after) == (60, 84.5)
    assert [row.slug for row in queries.cases_with_figures(1)] == ["a"]


def test_the_clearest_case_of_a_course(content):
    content.write("cases/a.md", courses=["5S", "LEAN"], strength="B")
    content.write("cases/b.md", courses=["5S"])
    sync_knowledge(content.path, now=NOW)
    assert queries.case_for_course("5S").slug == "b"
    assert queries.case_for_course("LEAN").slug == "a"
    assert queries.case_for_course("TPM") is None


def test_what_was_not_measured_advertises_nothing(content):
    content.write("cases/a.md", courses=["5S"], strength="C", result_kind="simulation")
    sync_knowledge(content.path, now=NOW)
    assert queries.cases_with_figures(3) == []
    assert queries.case_for_course("5S") is None


def test_tools_say_how_many_cases_used_them(content):
    content.write("tools/lean.md", tools=["lean", "5s"])
    content.write("cases/a.md", tools=["lean"])
    content.write("cases/b.md", tools=["5s", "lean"])
    sync_knowledge(content.path, now=NOW)
    (tool,) = text_queries.tools()
    assert (tool.slug, tool.tool_key, tool.cases) == ("lean", "lean", 2)


def test_tools_stand_with_the_first_field_they_belong_to(content):
    content.write("tools/5s.md", tools=["5s"], topics=["digital"])
    content.write("tools/lean.md", tools=["lean"], topics=["digital", "improvement_tools"])
    content.write("tools/tpm.md", tools=["tpm"], topics=[])
    sync_knowledge(content.path, now=NOW)
    listed = [(tool.slug, tool.topic_en) for tool in text_queries.tools()]
    assert listed == [("lean", "Improvement tools"), ("5s", "Digital"), ("tpm", None)]


def test_a_tool_without_a_page_has_no_address(content):
    content.write("tools/lean.md", tools=["lean", "5s"])
    content.write("cases/a.md", tools=["5s", "lean"])
    sync_knowledge(content.path, now=NOW)
    (row,) = queries.new_cases(5)
    assert [(tag.key, tag.slug) for tag in row.tools] == [("5s", None), ("lean", "lean")]
