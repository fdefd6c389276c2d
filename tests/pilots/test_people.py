from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.pilots.measures import take_measure_out
from club.pilots.models import PartRole
from club.pilots.people import confirm, remove
from club.pilots.queries import measures_of, people_in
from club.pilots.rules import PilotRefusal
from club.refusal import RefusedError
from tests.pilots.kit import BEGUN, ENDED, a_project, ended, measured, taking_part
from tests.support.factories import NOW, a_person, an_account, an_employment, reload
from tests.support.inspector import complaints


def refusal(call, *given, **named):
    with pytest.raises(RefusedError) as refused:
        call(*given, **named)
    return refused.value.refusal, refused.value.field


def logged():
    return list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_coordinator_confirms_by_entering():
    part = taking_part(role=PartRole.LEADS)
    assert (part.confirmed_at, part.role) == (NOW, PartRole.LEADS)
    assert logged() == ["pilots.add", "pilots.add_person"]


def test_what_a_firm_enters_waits_for_the_club():
    part, coordinator = taking_part(by=an_account()), an_account(RoleName.COORDINATOR)
    assert part.confirmed_at is None
    confirm(part.id, by=coordinator.id, now=NOW)
    assert reload(part).confirmed_by_id == coordinator.id
    assert refusal(confirm, part.id, by=coordinator.id, now=NOW) == (PilotRefusal.SETTLED, None)


def test_nobody_confirms_an_own_part():
    coordinator = an_account(RoleName.COORDINATOR)
    part = taking_part(person=coordinator.person, by=coordinator)
    assert part.confirmed_at is None
    found = refusal(confirm, part.id, by=coordinator.id, now=NOW)
    assert found == (PilotRefusal.OWN_PART, None)


def test_nobody_stands_on_a_list_twice_until_taken_off_it():
    project, person = a_project(), a_person()
    part = taking_part(project, person)
    assert refusal(taking_part, project, person) == (PilotRefusal.ON_THE_LIST, None)
    remove(part.id, reason="Ghi nhầm", by=an_account(RoleName.COORDINATOR).id, now=NOW)
    assert people_in(project.id) == []
    again = taking_part(project, person)
    assert [one.id for one in people_in(project.id)] == [again.id]
    assert reload(part).removal_reason == "Ghi nhầm"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ({"from_day": NOW.date() + timedelta(days=1)}, (PilotRefusal.DAY_AHEAD, "from_day")),
        (
            {"from_day": BEGUN - timedelta(days=1)},
            (PilotRefusal.BEFORE_THE_PROJECT, "from_day"),
        ),
        ({"to_day": ENDED + timedelta(days=1)}, (PilotRefusal.AFTER_THE_PROJECT, "to_day")),
        (
            {"from_day": date(2025, 9, 2), "to_day": date(2025, 9, 1)},
            (PilotRefusal.ENDS_BEFORE_IT_STARTS, "to_day"),
        ),
    ],
)
def test_days_that_cannot_be_are_refused(days, expected):
    project = ended(a_project())
    assert refusal(taking_part, project, **days) == expected


def test_the_first_and_the_last_day_of_the_project_are_taken():
    part = taking_part(ended(a_project()), from_day=BEGUN, to_day=ENDED)
    assert (part.from_day, part.to_day) == (BEGUN, ENDED)


def test_a_firm_takes_back_only_what_is_not_confirmed():
    speaker = an_account()
    waiting, settled = taking_part(by=speaker), taking_part()
    remove(waiting.id, reason="Nhầm tên", by=speaker.id, now=NOW)
    found = refusal(remove, settled.id, reason="Nhầm", by=speaker.id, now=NOW)
    assert found == (PilotRefusal.CONFIRMED, None)
    again = refusal(remove, waiting.id, reason="Nữa", by=speaker.id, now=NOW)
    assert again == (PilotRefusal.SETTLED, None)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"after_on": NOW.date() + timedelta(days=1)}, (PilotRefusal.DAY_AHEAD, "after_on")),
        (
            {"before_on": date(2025, 1, 1), "after_on": BEGUN - timedelta(days=1)},
            (PilotRefusal.BEFORE_THE_PROJECT, "after_on"),
        ),
        (
            {"before_on": date(2025, 12, 20)},
            (PilotRefusal.MEASURED_BEFORE_AFTER, "after_on"),
        ),
    ],
)
def test_figures_of_days_that_cannot_be_are_refused(given, expected):
    assert refusal(measured, **given) == expected


def test_figures_are_taken_out_with_a_reason_and_stay_in_the_table():
    measure, by = measured(), an_account(RoleName.COORDINATOR).id
    take_measure_out(measure.id, reason="Đo sai", by=by, now=NOW)
    assert measures_of(measure.project_id) == []
    assert reload(measure).removal_reason == "Đo sai"
    found = refusal(take_measure_out, measure.id, reason="Đo sai", by=by, now=NOW)
    assert found == (PilotRefusal.SETTLED, None)


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def test_a_coordinator_finds_somebody_and_puts_them_on_the_list(coordinator):
    project, person = a_project(), a_person(full_name="Lê Thị Lan")
    here = f"/office/pilots/{project.public_id}"
    found = coordinator.get(f"{here}/people/new?q=lan").text
    assert f"{here}/people/new?person={person.public_id}" in found
    sent = {"person": str(person.public_id), "role": "leads", "from_day": "2025-07-01"}
    answer = coordinator.post(f"{here}/people/new", data=sent)
    assert answer.location == f"{here}#people"
    page = coordinator.get(here)
    assert "Lê Thị Lan" in page.text
    assert "Phụ trách dự án" in page.text
    assert complaints(page.text) == []


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_lost(coordinator):
    project, person = a_project(), a_person()
    sent = {
        "person": str(person.public_id),
        "role": "",
        "from_day": "2025-01-01",
        "to_day": "2025-01-02",
    }
    answer = coordinator.post(f"/office/pilots/{project.public_id}/people/new", data=sent)
    assert answer.status_code == 422
    assert answer.text.count("Dự án bắt đầu sau ngày này.") == 4
    assert 'value="2025-01-01"' in answer.text
    assert people_in(project.id) == []


def test_who_is_on_the_list_already_is_refused_with_409(coordinator):
    part = taking_part()
    sent = {"person": str(part.person.public_id), "role": "member"}
    address = f"/office/pilots/{part.project.public_id}/people/new"
    answer = coordinator.post(address, data=sent)
    assert answer.status_code == 409
    assert "đã có trong danh sách của dự án" in answer.text


def test_figures_before_and_after_are_entered_and_shown(coordinator):
    project = a_project()
    here = f"/office/pilots/{project.public_id}"
    sent = {
        "name": "Thời gian chờ", "unit": "phút", "before": "42,5", "before_on": "2025-07-02",
        "after": "17", "after_on": "2025-12-20",
    }  # fmt: skip
    wrong = coordinator.post(f"{here}/measures/new", data=sent | {"after": "x", "before_on": ""})
    assert wrong.status_code == 422
    assert 'value="42,5"' in wrong.text
    assert coordinator.post(f"{here}/measures/new", data=sent).location == f"{here}#measures"
    (measure,) = measures_of(project.id)
    assert (measure.before, measure.after) == (Decimal("42.5"), 17)
    page = coordinator.get(here).text
    assert "42,5" in page
    assert "Đo ngày 02/7/2025 và ngày 20/12/2025" in page or "Đo ngày" in page
    gone = f"/office/pilots/measures/{measure.public_id}/removal"
    empty = coordinator.post(gone, data={"reason": ""})
    assert (empty.status_code, "Bỏ số đo này" in empty.text) == (422, True)
    coordinator.post(gone, data={"reason": "Đo sai chỗ"})
    assert measures_of(project.id) == []


def test_a_firm_names_its_people_and_the_club_confirms(sign_in, coordinator):
    project, speaker, colleague = a_project(), an_account(), a_person(full_name="Lê Thị Lan")
    firm = project.organisation
    an_employment(speaker.person, firm, represents=True)
    an_employment(colleague, firm)
    client, here = sign_in(speaker), f"/organisations/{firm.code}/pilots"
    assert "Chưa có ai trong danh sách." in client.get(here).text
    assert here in client.get(f"/organisations/{firm.code}/").text
    address = f"{here}/{project.public_id}/people"
    stranger = {"person": str(a_person().public_id), "role": "member"}
    assert client.post(address, data=stranger).status_code == 422
    sent = {"person": str(colleague.public_id), "role": "member"}
    assert client.post(address, data=sent).location == here
    (part,) = people_in(project.id)
    page = client.get(here)
    removal = f"{here}/people/{part.public_id}/removal"
    assert removal in page.text
    assert "Đưa ra khỏi danh sách</button>" in client.get(removal).text
    assert complaints(page.text) == []
    confirmed = coordinator.post(f"/office/pilots/people/{part.public_id}/confirmation")
    assert confirmed.status_code == 302
    assert "removal" not in client.get(here).text
    kept = client.post(f"{here}/people/{part.public_id}/removal", data={"reason": "Nhầm"})
    assert kept.status_code == 409


def test_another_firms_project_is_none_of_ones_own(sign_in):
    project, speaker, other = a_project(), an_account(), a_project()
    an_employment(speaker.person, project.organisation, represents=True)
    address = f"/organisations/{project.organisation.code}/pilots/{other.public_id}/people"
    assert sign_in(speaker).get(address).status_code == 404


def test_a_page_costs_the_same_however_many_take_part(coordinator, count_queries):
    project = a_project()
    taking_part(project)
    here = f"/office/pilots/{project.public_id}"
    with count_queries() as for_one:
        coordinator.get(here)
    for _ in range(9):
        taking_part(project)
    with count_queries() as for_ten:
        coordinator.get(here)
    assert len(for_one) == len(for_ten)


def test_an_official_reads_the_list_and_changes_nothing(sign_in):
    part = taking_part()
    official = sign_in(an_account(RoleName.OFFICIAL))
    page = official.get(f"/office/pilots/{part.project.public_id}").text
    assert part.person.full_name in page
    assert "removal" not in page
    assert "people/new" not in page
