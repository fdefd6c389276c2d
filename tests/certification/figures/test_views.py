import csv
from datetime import date, timedelta
from io import BytesIO, StringIO

import pytest
import time_machine
from python_calamine import CalamineWorkbook

from club.accounts.models import RoleName
from club.certification.candidacy.models import CandidateState as S
from club.certification.candidacy.models import StepReason as R
from club.db import transaction
from club.people.models import Person
from tests.certification.figures.kit import (
    NOMINATED,
    a_level_of,
    an_award,
    at,
    on_the_way,
    step,
)
from tests.certification.kit import checked, recorded, with_schemes
from tests.people.merging_kit import joined, two_entries
from tests.plan.kit import bring_in_plan
from tests.support.factories import a_person, a_unit, an_account, an_employment, an_organisation
from tests.support.inspector import complaints
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")
HERE = "/office/certification/figures"


@pytest.fixture(autouse=True)
def the_first_of_june():
    with time_machine.travel(at(2026, 6, 1, 12), tick=False):
        yield


@pytest.fixture
def official(sign_in):
    return sign_in(an_account(RoleName.OFFICIAL))


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def funnel(client, query="", body="outside"):
    lines = client.get(f"{HERE}.json?{query}").json["candidacies"][body]["funnel"]
    return {line["stage"]: (line["people"], line["candidacies"]) for line in lines}


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (RoleName.MEMBER, 403),
        (RoleName.TRAINER, 403),
        (RoleName.ASSESSOR, 403),
        (RoleName.REPORTING_OFFICER, 403),
        (RoleName.OFFICIAL, 200),
        (RoleName.COORDINATOR, 200),
        (RoleName.ADMINISTRATOR, 200),
    ],
)
def test_officials_and_coordinators_read_the_figures(sign_in, role, status):
    client = sign_in(an_account(role))
    for address in ("", ".json", ".csv", ".xlsx", "/experts", "/candidacies", "/experts.csv"):
        assert client.get(HERE + address).status_code == status, address


def test_the_page_is_well_made_with_nothing_and_with_something(official):
    assert complaints(official.get(HERE).text) == []
    with_schemes()
    checked(funded_by_plan=True)
    on_the_way(a_level_of(), [at(2026, 1, 5), at(2026, 1, 9)])
    on_the_way(a_level_of("club_demo", own=True), [at(2026, 1, 5)])
    page = official.get(HERE).text
    assert complaints(page) == []
    assert "Tính đến hết ngày 01/06/2026." in page
    assert f"{HERE}/candidacies?on=2026-06-01&amp;body=outside&amp;stage=admitted" in page
    assert f"{HERE}/experts?on=2026-06-01&amp;funded=plan" in page


def test_a_past_date_gives_what_was_true_then(official):
    candidate = on_the_way(a_level_of(), [at(2025, 12, 31, 23, 30), at(2026, 1, 1, 0, 10)])
    step(candidate, S.COLLECTING, R.EVIDENCE_BEGUN, at(2026, 2, 1))
    assert funnel(official, "on=2025-12-30")["begun"] == (0, 0)
    eve = funnel(official, "on=2025-12-31")
    assert (eve["begun"], eve["admitted"]) == ((1, 1), (0, 0))
    assert funnel(official, "on=2026-01-01")["admitted"] == (1, 1)
    assert funnel(official, "on=2026-01-31")["collecting"] == (0, 0)
    assert funnel(official)["collecting"] == (1, 1)


def test_a_candidacy_belongs_to_the_period_in_which_it_began(official):
    on_the_way(a_level_of(), [at(2025, 12, 14, 23, 30)])
    assert funnel(official, "period=2025&cut=report")["begun"] == (1, 1)
    assert funnel(official, "period=2026&cut=report")["begun"] == (0, 0)
    assert funnel(official, "period=2026-Q1&cut=calendar")["begun"] == (0, 0)
    answer = official.get(f"{HERE}.json?period=2025&cut=report").json
    assert answer["on"] == "2025-12-14"
    assert answer["began_in"] == {"from": "2024-12-15", "to": "2025-12-14", "cut": "report"}


def test_a_nomination_that_was_declined_has_begun_and_not_applied(official):
    level = a_level_of()
    on_the_way(level, [at(2026, 1, 5), at(2026, 1, 9)], way=NOMINATED)
    declined = on_the_way(level, [at(2026, 1, 5)], way=NOMINATED)
    step(declined, S.WITHDRAWN, R.NOMINATION_DECLINED, at(2026, 1, 6))
    found = funnel(official)
    assert (found["begun"], found["applied"]) == ((2, 2), (1, 1))


def test_own_recognitions_are_never_mixed_with_what_the_plan_counts(official):
    with_schemes()
    checked()
    own = on_the_way(a_level_of("club_demo", own=True), [at(2026, 1, day) for day in range(1, 7)])
    an_award(own, first=date(2026, 1, 6), last=date(2026, 3, 31), moment=at(2026, 1, 6))
    said = official.get(f"{HERE}.json").json
    assert said["experts"]["people"] == said["experts"]["certificates"] == 1
    assert said["own_recognitions"] == {"recognised": 1, "valid": 0}
    assert said["candidacies"]["outside"]["states"] == []
    until = official.get(f"{HERE}.json?on=2026-03-31").json["own_recognitions"]
    assert until == {"recognised": 1, "valid": 1}


def test_a_suspended_recognition_is_not_valid_from_that_day_on(official):
    own = on_the_way(a_level_of("club_demo", own=True), [at(2026, 1, day) for day in range(1, 7)])
    an_award(own, first=date(2026, 1, 6), last=None, moment=at(2026, 1, 6))
    step(own, S.SUSPENDED, R.SUSPENDED, at(2026, 4, 1, 23, 30))
    valid = [
        official.get(f"{HERE}.json?on={day}").json["own_recognitions"]["valid"]
        for day in ("2026-03-31", "2026-04-01")
    ]
    assert valid == [1, 0]


def test_what_was_not_known_yet_is_not_in_a_figure_as_of_then(official):
    with_schemes()
    checked()
    query = "on=2026-03-02&as_of="
    said = [
        official.get(f"{HERE}.json?{query}{moment}").json["experts"]["people"]
        for moment in ("2026-03-02", "2026-03-03")
    ]
    assert said == [0, 1]
    page = official.get(f"{HERE}?{query}2026-03-02").text
    assert "as_of=2026-03-02T17%3A00%3A00%2B00%3A00" in page


def test_two_entries_of_one_person_are_one(official):
    kept, gone = two_entries()
    level, other = a_level_of("one"), a_level_of("two")
    on_the_way(level, [at(2026, 1, 5)], person=kept)
    on_the_way(other, [at(2026, 1, 5)], person=gone)
    assert funnel(official)["begun"] == (2, 2)
    joined(kept, gone)
    assert funnel(official)["begun"] == (1, 2)


def test_what_stays_behind_with_an_entry_is_the_same_persons(official):
    """Before two open ways to one level hindered it, one of them went along and one did not."""
    kept, gone = two_entries()
    level = a_level_of()
    for person in (kept, gone):
        on_the_way(level, [at(2026, 1, 5)], person=person)
    with transaction() as session:
        session.get_one(Person, gone.id).merged_into_id = kept.id
    assert funnel(official)["begun"] == (1, 2)


def test_experts_are_cut_by_scheme_organisation_ward_and_who_paid(official):
    with_schemes()
    ward = a_unit()
    firm, person = an_organisation(ward_id=ward.id), a_person()
    an_employment(person, firm)
    checked(person, "A", funded_by_plan=True)
    checked(person, "B", scheme_key="tcvn_13751")
    checked(number="C", scheme_key="aps")
    recorded(number="D")
    said = official.get(f"{HERE}.json").json["experts"]
    in_short = {
        name: {(line["key"], line["people"], line["certificates"]) for line in said[name]}
        for name in ("scheme", "organisation", "ward", "funded")
    }
    assert in_short == {
        "scheme": {("apo_ps", 1, 1), ("tcvn_13751", 1, 1)},
        "organisation": {(firm.code, 1, 2)},
        "ward": {(ward.key, 1, 2)},
        "funded": {("plan", 1, 1), ("other", 1, 1)},
    }
    standing = {line["standing"]: line["certificates"] for line in said["standing"]}
    assert standing == {
        "counts": 2, "ended": 0, "taken_back": 0, "suspended": 0, "unchecked": 1, "no_standard": 1,
    }  # fmt: skip


def test_from_a_number_to_its_rows_to_the_certificate_and_the_candidacy(coordinator):
    with_schemes()
    person = a_person(full_name="Lê Thị Lan")
    certificate = checked(person)
    level = a_level_of()
    candidate = on_the_way(level, [at(2026, 1, 5), at(2026, 1, 9)], person=person)
    rows = coordinator.get(f"{HERE}/experts?funded=other")
    assert f"/office/certification/{certificate.public_id}" in rows.text
    assert complaints(rows.text) == []
    assert "Lê Thị Lan" not in coordinator.get(f"{HERE}/experts?funded=plan").text
    rows = coordinator.get(f"{HERE}/candidacies?body=outside&stage=admitted")
    assert f"/candidacies/{candidate.public_id}" in rows.text
    assert complaints(rows.text) == []
    assert "Lê Thị Lan" not in coordinator.get(f"{HERE}/candidacies?body=own").text


def test_an_official_reads_of_candidates_without_names(official):
    person = a_person(full_name="Lê Thị Lan")
    candidate = on_the_way(a_level_of(), [at(2026, 1, 5)], person=person)
    page = official.get(f"{HERE}/candidacies").text
    assert "Lê Thị Lan" not in page
    assert str(candidate.public_id) not in page
    assert complaints(page) == []


def test_the_lists_of_candidates_and_of_experts_together_name_nobody(official):
    with_schemes()
    person = a_person(full_name="Lê Thị Lan")
    checked(person)
    for start in (at(2026, 1, 5), at(2026, 2, 5)):
        on_the_way(a_level_of(f"way-{start.month}"), [start], person=person)
    experts, candidates = (
        [row.partition(",")[0] for row in official.get(f"{HERE}/{name}.csv").text.splitlines()[1:]]
        for name in ("experts", "candidacies")
    )
    assert len(set(candidates)) == 1
    assert not set(experts) & set(candidates)
    assert candidates[0][:8] in official.get(f"{HERE}/candidacies").text
    assert str(person.public_id) not in candidates


def test_who_stands_in_a_list_reads_that_it_was_opened(sign_in, coordinator, official):
    with_schemes()
    account = an_account()
    checked(account.person)
    on_the_way(a_level_of(), [at(2026, 1, 5)], person=account.person)
    official.get(f"{HERE}/candidacies")
    own = sign_in(account)
    assert "Danh sách người" not in own.get("/me/privacy/looks").text
    coordinator.get(f"{HERE}/candidacies")
    official.get(f"{HERE}/experts")
    looks = own.get("/me/privacy/looks").text
    assert "Danh sách người: Chuyên gia được chứng nhận" in looks
    assert "Danh sách người: Ứng viên chứng nhận chuyên gia" in looks
    assert "Giải trình số liệu chuyên gia" in looks
    other = sign_in(an_account())
    assert "Giải trình số liệu chuyên gia" not in other.get("/me/privacy/looks").text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("on=2026-06-02", "Ngày báo cáo chưa đến."),
        ("on=hom-nay", "Ghi ngày báo cáo theo dạng năm-tháng-ngày"),
        ("period=2026-13", "Viết kỳ"),
        ("as_of=x", "Ghi ngày"),
    ],
)
def test_a_question_that_cannot_be_read_is_answered_with_what_to_write(official, query, words):
    page = official.get(f"{HERE}?{query}")
    assert page.status_code == 422
    if query.startswith("on="):
        assert words in page.text
        assert f'value="{query[3:]}"' in page.text
    assert complaints(page.text) == []
    assert official.get(f"{HERE}.json?{query}").status_code == 422
    assert official.get(f"{HERE}/experts?{query}").status_code == 422


def test_the_plans_targets_stand_beside_the_figure(official):
    bring_in_plan(now=at(2026, 1, 1))
    with_schemes()
    checked()
    (target,) = official.get(f"{HERE}.json").json["experts"]["targets"]
    assert (target["by_year"], target["wanted"]) == (2025, 1.0)
    page = official.get(HERE).text
    assert "Chỉ tiêu của kế hoạch" in page
    of_one_scheme = official.get(f"{HERE}.json?scheme=aps").json["experts"]
    assert (of_one_scheme["targets"], of_one_scheme["people"]) == ([], 0)


def test_the_files_say_what_the_page_says(official):
    with_schemes()
    checked(funded_by_plan=True)
    on_the_way(a_level_of(), [at(2026, 1, 5), at(2026, 1, 9)])
    lines = list(csv.reader(StringIO(official.get(f"{HERE}.csv").text.lstrip("\ufeff"))))
    assert lines[0] == ["part", "key", "name", "people", "rows", "percent", "median_days"]
    of = {(line[0], line[1]): line[2:] for line in lines}
    assert of["experts", "all"][1:3] == ["1", "1"]
    assert of["funnel_outside", "admitted"] == ["Được nhận làm ứng viên", "1", "1", "100.0", "4.0"]
    answer = official.get(f"{HERE}.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="experts-figures.xlsx"'
    book = CalamineWorkbook.from_filelike(BytesIO(answer.data))
    assert book.sheet_names == ["Số liệu", "Chứng nhận được tính", "Hồ sơ ứng viên"]
    figures, experts, candidacies = (
        book.get_sheet_by_name(n).to_python() for n in book.sheet_names
    )
    assert [line[:2] for line in figures] == [line[:2] for line in lines]
    assert figures[1][3] == 1.0
    assert (experts[1][4], len(experts)) == (date(2025, 6, 1), 2)
    assert candidacies[1][5] == "admitted"


def test_the_page_costs_the_same_however_many_there_are(official):
    with_schemes()

    def one_more(number):
        person = a_person(ward_id=a_unit().id)
        an_employment(person, an_organisation())
        checked(person, f"N-{number}")
        on_the_way(a_level_of(f"demo_{number}"), [at(2026, 1, 5), at(2026, 1, 9)], person=person)

    asked = []
    for numbers in (range(1), range(1, 15)):
        for number in numbers:
            one_more(number)
        for address in ("", "/experts", "/candidacies"):
            with counting_queries() as questions:
                assert official.get(HERE + address).status_code == 200
            asked.append(len(questions))
    assert asked[:3] == asked[3:]


def test_leap_day_is_a_report_date(official):
    with_schemes()
    checked(issued_on=date(2024, 2, 29), expires_on=date(2025, 2, 28))
    counted = [
        official.get(f"{HERE}.json?on={day}").json["experts"]["people"]
        for day in (date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1))
    ]
    assert counted == [0, 1, 1, 0]
    assert official.get(f"{HERE}.json?on=2025-02-29").status_code == 422


def test_who_skipped_a_day_of_grace_is_no_longer_valid_though_no_worker_said_so(official):
    """The state lags behind where the worker was away; the figure goes by days."""
    own = on_the_way(a_level_of("club_demo", own=True), [at(2026, 1, day) for day in range(1, 7)])
    last = date(2026, 5, 31)
    an_award(own, first=date(2026, 1, 6), last=last, moment=at(2026, 1, 6))
    said = [
        official.get(f"{HERE}.json?on={day}").json["own_recognitions"]["valid"]
        for day in (last, last + timedelta(days=1))
    ]
    assert said == [1, 0]
