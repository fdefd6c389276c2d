"""What reports say when units end, and people belong to several organisations."""

import json
from datetime import UTC, date, datetime, timedelta

import time_machine

from club.accounts.models import RoleName
from club.db import transaction
from club.people.models import AudienceKind
from club.records.attendance.models import Mark
from club.records.attendance.operations import mark_attendance
from club.records.operations import close_run
from club.statistics.reports.letter import letter_of
from club.units.models import UnitKind, UnitSuccession
from tests.people.merging_kit import joined
from tests.records.kit import a_taught_run, on_the_list
from tests.statistics.reports.kit import (
    LATER,
    NOW,
    a_closed_run,
    a_draft,
    an_official,
    facts,
    frozen,
)
from tests.support.factories import a_person, a_unit, an_account, an_organisation, saved

ENDS = datetime(2026, 3, 10, 9, tzinfo=UTC)


def content_of(kept):
    return json.loads(kept.content)


def rows_of(content, *by):
    [table] = [one for one in content["tables"] if one["by"] == list(by)]
    return {row["keys"][0]: (row["turns"], row["people"]) for row in table["rows"] if row["turns"]}


def a_class_for(person, firm):
    """Held and closed in March, with the person from the firm."""
    run = a_taught_run(sessions=1, starts_at=ENDS - timedelta(hours=4))
    on_the_list(run, person, organisation_id=firm.id, audience=AudienceKind.ENTERPRISE)
    for session in run.sessions:
        mark_attendance(session.id, person.id, mark=Mark.PRESENT, minutes=None, by=None, now=ENDS)
    close_run(run.id, by=None, now=NOW - timedelta(days=2), accepting_unmarked=[])


def test_a_person_of_two_organisations_is_one_person_with_two_turns(context):
    person, elsewhere = a_person(), a_unit()
    a_class_for(person, an_organisation(sector="wood", ward_id=a_unit().id))
    a_class_for(person, an_organisation(sector="food", ward_id=elsewhere.id))
    content = content_of(frozen())
    assert (content["total"]["turns"], content["total"]["people"]) == (2, 1)
    assert rows_of(content, "sector") == {"wood": (1, 1), "food": (1, 1)}
    assert len(rows_of(content, "unit")) == 2
    assert len({row["person"] for row in content["rows"]}) == 1
    assert len({row["organisation"] for row in content["rows"]}) == 2
    of_a_ward = content_of(frozen(a_draft(facts(unit_id=elsewhere.id), by=an_official().id)))
    assert (of_a_ward["total"]["turns"], of_a_ward["total"]["people"]) == (1, 1)


def test_persons_merged_after_freezing_are_one_in_the_correction_alone(context):
    one, other = a_person(), a_person()
    a_closed_run(one)
    a_closed_run(other)
    kept = frozen()
    before = bytes(kept.content)
    joined(one, other, reason="Cùng một người", now=LATER)
    again = frozen(a_draft(by=an_official().id, now=LATER), now=LATER)
    assert (content_of(kept)["total"]["people"], content_of(again)["total"]["people"]) == (2, 1)
    assert kept.content == before


def test_a_department_that_is_dissolved_while_its_report_is_open_still_reports(context):
    department = a_unit(kind=UnitKind.DEPARTMENT, name="Phòng Sắp Giải Thể")
    a_closed_run(a_person())
    version = a_draft(facts(unit_id=department.id), by=an_official().id)
    with transaction():
        department.valid_to = date(2026, 4, 1)
    content = content_of(frozen(version, now=LATER))
    assert content["total"]["turns"] == 1
    assert content["report"]["unit"]["vi"] == "Phòng Sắp Giải Thể"
    assert letter_of(content).issuer == "Phòng Sắp Giải Thể"


def test_a_ward_that_was_split_reports_its_own_days_and_its_successors_theirs(context):
    ward, north, south = a_unit(name="Phường Cũ"), a_unit(name="Bắc"), a_unit(name="Nam")
    a_closed_run(a_person(ward_id=ward.id))
    with transaction():
        ward.valid_to = date(2026, 3, 31)
    for successor in (north, south):
        saved(
            UnitSuccession(
                predecessor_id=ward.id,
                successor_id=successor.id,
                on_day=date(2026, 4, 1),
                in_part=True,
            )
        )
    turns = {
        unit.name: content_of(frozen(a_draft(facts(unit_id=unit.id), by=an_official().id)))[
            "total"
        ]["turns"]
        for unit in (ward, north, south)
    }
    assert turns == {"Phường Cũ": 1, "Bắc": 0, "Nam": 0}
    everybody = content_of(frozen(a_draft(facts(), by=an_official().id)))
    assert rows_of(everybody, "unit") == {ward.key: (1, 1)}


def test_no_small_cell_of_a_report_reaches_whoever_is_no_reader(client, sign_in):
    """Cells of few people stand in reports whole: so nobody outside gets any file of them."""
    a_closed_run(a_person())
    version = frozen().version
    address = f"/office/reports/{version.report.public_id}/{version.number}"
    pages = [address, f"{address}/rows.csv", f"{address}/beside.csv"]
    pages += [f"{address}.{kind}" for kind in ("json", "csv", "xlsx", "docx", "pdf")]
    with time_machine.travel(LATER, tick=False):
        member = sign_in(an_account(RoleName.MEMBER))
        for page in pages:
            assert client.get(page).status_code in (302, 401)
            assert member.get(page).status_code == 403
        told = client.get("/statistics/trainees.json?period=2026&cut=calendar&by=sex").json
    assert told["total"]["turns"] is None
    assert all(row["turns"] is None for row in told["rows"])
