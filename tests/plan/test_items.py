import re
from datetime import date

import pytest
from sqlalchemy import select

from club import clock
from club.content import CONTENT
from club.db import db
from club.files.content_error import ContentError
from club.files.plain_yaml import read_yaml
from club.knowledge.library.models import DocumentLine
from club.people.models import AudienceKind
from club.plan.items import queries
from club.plan.items.counting import Counted, figures_on
from club.plan.items.importing import sync_items
from club.plan.items.labels import PUBLIC_PAGES
from club.plan.items.models import BodyRole, ItemKind, PlanBody, SaidState
from club.plan.items.rules import ItemState, LineTarget, is_overdue, state_of
from club.plan.models import TargetKind
from club.plan.rules import TargetState
from club.records.operations import close_run
from tests.plan.kit import with_lines
from tests.records.kit import a_coordinator, a_taught_run, on_the_list, present
from tests.statistics.test_figures import a_record
from tests.support.factories import NOW, a_person, a_run
from tests.support.inspector import complaints

GIVEN = read_yaml(CONTENT / "plan" / "items.yaml")


@pytest.fixture
def lines(context):
    with_lines(now=NOW)


@pytest.fixture
def tree(lines):
    return queries.plan_tree(on=clock.today())


def test_the_plan_has_its_62_lines_in_their_order(tree):
    text = db.session.scalars(
        select(DocumentLine.line)
        .where(DocumentLine.document_id == tree.document.id, DocumentLine.heading == 0)
        .order_by(DocumentLine.position)
    ).all()
    assert [one.item.key for one in tree.lines] == list(text)
    assert len(tree.lines) == 62


def test_each_of_the_62_lines_has_an_answer(tree):
    assert sum(one.is_answered for one in tree.lines) == 62


def test_a_line_without_counts_links_and_words_has_no_answer(lines):
    item = queries.item_by_key("II.1-10")
    item.answer = None
    assert not queries.item_standing("II.1-10", on=clock.today()).is_answered


def test_the_words_stand_once(lines):
    given = (CONTENT / "plan" / "items.yaml").read_text(encoding="utf-8")
    found = queries.item_standing("II.2-2", on=clock.today())
    assert found.line.words.startswith("Tổ chức các khóa đào tạo")
    assert found.line.words[:40] not in given


def test_headings_gather_the_lines_right_below_them(tree):
    sections = {one.heading.line if one.heading else None: one.lines for one in tree.sections}
    assert [one.item.key for one in sections[None]] == ["CC-1", "CC-2", "CC-3"]
    assert [one.item.key for one in sections["I.2.b"]] == [f"I.2.b-{n}" for n in range(1, 6)]
    assert sections["II"] == []


def test_who_leads_is_told_apart_from_who_is_inferred_to(lines):
    printed = queries.item_standing("IV.2-1", on=clock.today())
    inferred = queries.item_standing("II.1-1", on=clock.today())
    assert len(printed.leads) == 6
    assert printed.leads_inferred == []
    assert inferred.leads == []
    assert [one.key for one in inferred.leads_inferred] == ["phong-kinh-te"]
    assert [one.key for one in inferred.supports] == ["so-khcn", "cq-nghien-cuu-dao-tao"]


def test_section_two_infers_every_lead_and_chapter_four_prints_them():
    for row in GIVEN["items"]:
        assert ("lead_inferred" in row) == row["line"].startswith("II."), row["line"]
        assert row["line"].startswith("IV.") <= ("lead" in row), row["line"]


def test_the_recipients_of_the_plan_are_named(lines):
    found = queries.item_standing("NN-4", on=clock.today())
    assert [one.key for one in found.receives] == ["tt-thanh-uy", "tt-hdnd"]
    assert found.state is ItemState.NOTHING_TO_DO


def test_units_that_the_house_knows_are_not_named_twice(lines):
    bodies = db.session.scalars(select(PlanBody)).all()
    assert all((body.unit_id is None) == bool(body.name) for body in bodies)
    assert sum(body.unit_id is not None for body in bodies) == 16


def test_a_second_sync_changes_nothing(lines):
    again = sync_items(CONTENT, now=NOW)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 62)


def test_a_file_whose_lines_are_not_those_of_the_text_is_refused(lines, tmp_path):
    text = (CONTENT / "plan" / "items.yaml").read_text(encoding="utf-8")
    (tmp_path / "plan").mkdir()
    changed = text.replace("- line: NN-9\n", "- line: NN-10\n")
    (tmp_path / "plan" / "items.yaml").write_text(changed, encoding="utf-8")
    with pytest.raises(ContentError, match="NN-10, NN-9"):
        sync_items(tmp_path, now=NOW)


def test_another_lead_in_the_file_takes_the_place_of_the_first(lines, tmp_path):
    text = (CONTENT / "plan" / "items.yaml").read_text(encoding="utf-8")
    (tmp_path / "plan").mkdir()
    changed = text.replace("lead: [hoi-dntt]", "lead: [phong-tckh]")
    (tmp_path / "plan" / "items.yaml").write_text(changed, encoding="utf-8")
    tally = sync_items(tmp_path, now=NOW)
    assert (tally.added, tally.changed, tally.unchanged) == (
        0,
        text.count("lead: [hoi-dntt]"),
        62 - text.count("lead: [hoi-dntt]"),
    )
    item = queries.item_by_key("IV.5-1")
    assert [one.body.key for one in item.roles if one.role is BodyRole.LEADS] == ["phong-tckh"]


def test_every_target_stands_in_a_line(tree):
    targets = [one.target.key for one in tree.lines if one.target]
    assert len(targets) == 11


@pytest.mark.parametrize(
    ("kind", "target", "said", "state"),
    [
        (ItemKind.REFERENCE, None, None, ItemState.NOTHING_TO_DO),
        (ItemKind.TASK, None, None, ItemState.UNSAID),
        (ItemKind.TASK, None, SaidState.DONE, ItemState.DONE),
        (ItemKind.TARGET, TargetKind.COUNTED, SaidState.DONE, ItemState.TARGET),
        (ItemKind.TARGET, TargetKind.CONTRIBUTORY, None, ItemState.TARGET),
        (ItemKind.TARGET, TargetKind.ENTERED, SaidState.UNDER_WAY, ItemState.UNDER_WAY),
        (ItemKind.TARGET, TargetKind.ENTERED, None, ItemState.UNSAID),
    ],
)
def test_what_is_counted_cannot_be_said_otherwise(kind, target, said, state):
    given = LineTarget("T", target, TargetState.BEHIND) if target else None
    assert state_of(kind, given, said) is state


def test_only_what_is_known_not_to_be_done_is_overdue():
    late = date(2026, 1, 1)
    assert is_overdue(ItemState.UNDER_WAY, 2025, on=late)
    assert not is_overdue(ItemState.UNDER_WAY, 2025, on=date(2025, 12, 31))
    assert not is_overdue(ItemState.UNSAID, 2025, on=late)
    assert not is_overdue(ItemState.DONE, 2025, on=late)
    assert not is_overdue(ItemState.UNDER_WAY, None, on=late)


def trained(number, **given):
    run = a_taught_run()
    for _ in range(number):
        present(run, on_the_list(run, a_person(**given)))
    close_run(run.id, by=a_coordinator().id, now=NOW)


def test_few_people_are_not_counted_out_to_outsiders(lines, client):
    trained(3)
    figure = figures_on(clock.today())[Counted.TRAINEES]
    assert (figure.value, figure.people, figure.is_hidden) == (3, 3, True)
    page = client.get("/plan/items/II.2-2").text
    assert "dưới 5 lượt" in page
    items = {one["line"]: one for one in client.get("/plan/items.json").json["items"]}
    figures = {one["counted"]: one["value"] for one in items["II.2-2"]["figures"]}
    assert figures == {"courses": 1, "classes": 1, "trainees": None}


def test_five_people_are_shown(lines, client):
    trained(5)
    assert not figures_on(clock.today())[Counted.TRAINEES].is_hidden


def agency(number, year):
    run = a_run()
    for _ in range(number):
        a_record(run, a_person(), audience=AudienceKind.STATE_AGENCY, day=date(year, 2, 1))


def firms(number, year):
    run = a_run()
    for _ in range(number):
        a_record(run, a_person(), day=date(year, 2, 1))


def hidden_of(source):
    return figures_on(clock.today())[source].is_hidden


def test_all_years_together_do_not_tell_of_a_group_that_a_year_hides(lines, client):
    agency(3, 2025)
    firms(9, 2025)
    agency(10, 2026)
    firms(9, 2026)
    told = client.get("/statistics/trainees.json?period=2025&by=audience").json
    assert [(row["audience"], row["turns"]) for row in told["rows"]] == [("joined", 12)]
    assert hidden_of(Counted.AGENCY_TRAINEES)
    assert not hidden_of(Counted.TRAINEES)
    items = {one["line"]: one for one in client.get("/plan/items.json").json["items"]}
    counted = [figure for one in items.values() for figure in one["figures"]]
    assert {f["value"] for f in counted if f["counted"] == "agency_trainees"} == {None}
    line = next(key for key, one in items.items() if "agency_trainees" in str(one["figures"]))
    page = client.get(f"/plan/items/{line}").text
    assert "con số sẽ làm lộ nhóm dưới 5 người nên không hiện" in page
    assert "dưới 5 lượt" not in page


def test_all_years_together_do_not_tell_of_a_year_of_few(lines):
    firms(3, 2025)
    firms(10, 2026)
    assert hidden_of(Counted.TRAINEES)


def test_years_that_are_told_one_by_one_are_told_together(lines):
    for year in (2025, 2026):
        agency(5, year)
        firms(6, year)
    figures = figures_on(clock.today())
    assert (figures[Counted.AGENCY_TRAINEES].value, figures[Counted.TRAINEES].value) == (10, 22)
    assert not hidden_of(Counted.AGENCY_TRAINEES)
    assert not hidden_of(Counted.TRAINEES)


def test_few_people_with_many_turns_are_not_the_rest_of_a_sum(lines):
    agency(9, 2026)
    two = [a_person(), a_person()]
    for _ in range(4):
        run = a_run()
        for person in two:
            a_record(run, person, day=date(2026, 2, 1))
    assert hidden_of(Counted.AGENCY_TRAINEES)


def test_every_figure_has_a_page_that_is_there(lines, client):
    assert set(PUBLIC_PAGES) == set(Counted)
    for address in set(PUBLIC_PAGES.values()):
        assert client.get(address).status_code == 200, address


def test_the_tree_shows_the_lines_and_leads_to_each(lines, client):
    page = client.get("/plan/items/").text
    assert len(re.findall(r'<li class="tree-line', page)) == 62
    assert 'href="/plan/items/II.1-4"' in page
    assert "(suy ra)" in page


def test_every_line_has_a_page(lines, client):
    for row in GIVEN["items"]:
        answer = client.get(f"/plan/items/{row['line']}")
        assert answer.status_code == 200
        assert complaints(answer.text) == [], row["line"]


def test_a_line_that_the_plan_has_not_is_not_found(lines, client):
    assert client.get("/plan/items/II.9-9").status_code == 404


def test_a_unit_that_has_ended_says_so(lines, client):
    assert "(đến 30/06/2025)" in client.get("/plan/items/IV.3-1").text


def test_parts_of_a_list_lead_to_each_other(lines, client):
    assert 'href="/plan/items/II.1-8"' in client.get("/plan/items/II.1-4").text
    assert 'href="/plan/items/II.1-4"' in client.get("/plan/items/II.1-8").text


def test_the_data_says_what_the_page_says(lines, client):
    items = client.get("/plan/items.json").json["items"]
    assert len(items) == 62
    first = {one["line"]: one for one in items}["II.1-5"]
    assert first["below"] == "II.1-4"
    assert first["by"] == 2025
    assert first["leads"] == []
    assert first["leads_inferred"] == ["phong-kinh-te"]


def test_the_pages_are_well_made_in_both_languages(lines, client):
    for address in ("/plan/items/", "/plan/items/II.1-10"):
        for language in ("vi", "en"):
            assert complaints(client.get(f"{address}?lang={language}").text) == []


def test_without_content_the_tree_says_so(client):
    assert "Chưa nạp nội dung kế hoạch" in client.get("/plan/items/").text
    assert client.get("/plan/items.json").json == {"items": [], "next": None}


def test_the_tree_takes_as_many_statements_with_figures_as_without(lines, client, count_queries):
    client.get("/plan/items/")
    with count_queries() as empty:
        client.get("/plan/items/")
    trained(5)
    with count_queries() as full:
        client.get("/plan/items/")
    assert len(full) == len(empty) <= 20
