"""Lists of earlier years: looked over, brought in whole, counted, undone."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from club.accounts.models import RoleName
from club.courses.models import Run, RunState
from club.db import db
from club.people.models import NAMELESS, AudienceKind, Person, Sex
from club.periods import Cut, Period
from club.records.certificates.models import CompletionCertificate
from club.records.certificates.operations import issue_certificates
from club.records.certificates.rules import Refusal as CertificateRefusal
from club.records.earlier import operations
from club.records.earlier.bringing_in import bring_in
from club.records.earlier.models import BatchState
from club.records.earlier.rules import BatchRefusal
from club.records.inquiries.models import Inquiry
from club.records.inquiries.operations import ask_who_took_part
from club.records.models import TrainingRecord
from club.records.operations import close_run, reopen_run
from club.records.rules import Refusal
from club.refusal import RefusedError
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from club.statistics.queries import participations
from tests.records.earlier_kit import a_list, a_row, handed_in, known_course, looked_over
from tests.records.kit import a_taught_run, every, on_the_list, present
from tests.support.factories import (
    NOW,
    a_person,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
    reload,
)

YEAR = Period(date(2023, 1, 1), date(2023, 12, 31), Cut.CALENDAR, "2023")
LATER = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


def mistakes_of(batch):
    return [(m["row"], m["column"], m["refusal"]) for m in batch.findings["mistakes"]]


def columns_of(batch):
    return [(row, column) for row, column, _refusal in mistakes_of(batch)]


def brought_in(rows, *, now=NOW, **given):
    batch = looked_over(rows, **given)
    assert batch.state is BatchState.READY, batch.findings["mistakes"]
    operations.confirm(batch.id, by=an_account(RoleName.COORDINATOR).id, now=now)
    return bring_in(batch.id, now=now)


def refusal_of(act):
    with pytest.raises(RefusedError) as raised:
        act()
    return raised.value.refusal


def total(now=LATER):
    found = trainee_counts(YEAR, as_of=now).total
    return (found.turns, found.people, found.minutes, found.completed)


def test_looking_over_brings_nothing_in():
    looked_over([a_row(), a_row()])
    assert every(TrainingRecord) == []
    assert every(Run) == []


def test_every_mistake_of_every_row_is_named_at_once():
    batch = looked_over(
        [
            a_row(name="12345", email="không-phải-email", phone="09", birth=1800),
            a_row(),
            a_row(course="XX", last_day="31/02/2023", hours="x", completed="?", audience="bạn"),
        ]
    )
    assert batch.state is BatchState.FAULTY
    assert columns_of(batch) == [
        (2, "name"), (2, "email"), (2, "phone"), (2, "birth"),
        (4, "course"), (4, "last_day"), (4, "hours"), (4, "completed"), (4, "audience"),
    ]  # fmt: skip
    assert {m["letters"] for m in batch.findings["mistakes"]} >= {"A", "B", "C"}


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"email": None}, "email"),
        ({"last_day": "03/03/2026"}, "last_day"),
        ({"last_day": "31/12/1999"}, "last_day"),
        ({"first_day": "16/09/2023"}, "first_day"),
        ({"first_day": "14/09/2023"}, "days"),
        ({"first_day": "14/09/2023", "days": 3}, "days"),
        ({"hours": 25}, "hours"),
        ({"hours": -1}, "hours"),
        ({"attended": 9}, "attended"),
        ({"attended": 3}, "completed"),
        ({"audience": "Doanh nghiệp"}, "organisation"),
        ({"organisation": "Công ty A"}, "organisation"),
        ({"ward": "Nơi không có"}, "ward"),
        ({"name": "@SUM(1)"}, "name"),
        ({"name": "Ng\u202euyễn An"}, None),
        ({"name": "Nguyễn Аn"}, "name"),
        ({"email": "ánh@example.vn"}, "email"),
        ({"sex": "khác"}, "sex"),
    ],
)
def test_what_cannot_be_is_refused_in_its_column(cells, column):
    batch = looked_over([a_row(**cells)])
    found = columns_of(batch)
    if column == "name" and cells["name"] == "@SUM(1)":
        # A name with letters is a name; files that are written out make it harmless.
        assert found == []
    else:
        assert found == ([(2, column)] if column else [])


def test_numbers_and_days_are_read_as_spreadsheets_hold_them():
    batch = brought_in([a_row(phone=901234567, birth=1990, last_day=45184, hours=7.5, email=None)])
    assert batch.state is BatchState.IMPORTED
    (person,) = [p for p in every(Person) if p.phone]
    (record,) = every(TrainingRecord)
    assert (person.phone, person.birth_year) == ("+84901234567", 1990)
    assert (record.day, record.planned_minutes) == (date(2023, 9, 15), 450)


def test_rows_that_contradict_each_other_are_named():
    one = a_row()
    batch = looked_over(
        [
            one,
            a_row(name=one["name"], email=one["email"].upper()),
            a_row(hours=4),
            a_row(email=one["email"]),
        ]
    )
    assert columns_of(batch) == [(3, "name"), (4, "hours"), (5, "email")]


def test_the_same_person_in_two_classes_is_one_person():
    one = a_row(email=None, phone="0901 234 567")
    brought_in([one, {**one, "last_day": "20/10/2023", "name": one["name"].upper()}])
    assert total() == (2, 1, 2 * 480, 2)


def test_figures_lead_to_rows_and_say_the_same_from_them():
    ward = a_unit(name="Phường An Phú", valid_to=date(2025, 6, 30))
    firm = an_organisation(name="Công ty Tín", tax_code="0312345678", sector="textiles")
    sent = {"audience": "Doanh nghiệp", "organisation": "Cty Tín"}
    brought_in(
        [
            a_row(**sent, tax_code="0312345678", ward="An Phú", sex="Nữ"),
            a_row(**sent, attended=3, completed="Không"),
            a_row(completed="Không", attended=4),
        ]
    )
    rows = list(participations(YEAR, as_of=LATER))
    assert len({row[0] for row in rows}) == 2
    assert sum(row[-2] for row in rows) == 480 + 240
    assert total() == (2, 2, 720, 1)
    records = every(TrainingRecord)
    assert [(r.counts, r.completed, float(r.person_days)) for r in records] == [
        (True, True, 1.0), (False, False, 0.5), (True, False, 0.5),
    ]  # fmt: skip
    first, second, third = records
    assert (first.organisation_id, first.sector, first.unit_id) == (firm.id, "textiles", ward.id)
    assert (second.organisation_id, second.organisation_name) == (None, "Cty Tín")
    assert (first.sex, third.audience) == (Sex.FEMALE, AudienceKind.INDIVIDUAL)
    by_topic = trainee_counts(YEAR, by=[Dimension.TOPIC], as_of=LATER).rows
    assert [row.values for row in by_topic] == [(known_course().topic.key,)]


def test_before_the_import_the_figures_say_what_they_said_then():
    brought_in([a_row()], now=LATER)
    assert total(NOW)[0] == 0
    assert total(LATER)[0] == 1


def test_a_ward_is_named_as_it_was_on_that_day():
    a_unit(name="Phường Thuận An", valid_from=date(2025, 7, 1))
    batch = looked_over([a_row(ward="Phường Thuận An")])
    assert columns_of(batch) == [(2, "ward")]


def test_classes_come_closed_without_certificates_and_cannot_be_reopened():
    brought_in([a_row(), a_row(), a_row(last_day="01/12/2024")])
    runs = every(Run)
    assert [(run.code, run.state, run.is_earlier) for run in runs] == [
        ("5S-2023-01", RunState.CLOSED, True), ("5S-2024-01", RunState.CLOSED, True),
    ]  # fmt: skip
    assert every(CompletionCertificate) == []
    refused = refusal_of(lambda: issue_certificates(runs[0].id, by=None, now=NOW))
    assert refused is CertificateRefusal.EARLIER
    refused = refusal_of(lambda: reopen_run(runs[0].id, reason="Sai", by=None, now=NOW))
    assert refused is Refusal.EARLIER


def test_nobody_gets_a_certificate_of_an_earlier_class_by_exception(sign_in):
    brought_in([a_row(completed="Không")])
    (record,), coordinator = every(TrainingRecord), an_account(RoleName.COORDINATOR)
    asked = sign_in(coordinator).post(
        f"/office/records/{record.public_id}/exception", data={"reason": "Đã học đủ"}
    )
    assert (asked.status_code, "từ danh sách các năm trước" in asked.text) == (409, True)
    page = sign_in(coordinator).get(f"/office/runs/{record.run.code}/records").text
    assert f"/office/records/{record.public_id}/exception" not in page


def test_a_known_person_is_recognised_by_name_and_address():
    known = a_person(full_name="Đỗ Thị Ngọc Ánh", email="anh@example.vn")
    batch = brought_in([a_row(name="ĐỖ THỊ NGỌC ÁNH", email="Anh@example.vn")])
    assert batch.findings["known"] == 1
    (record,) = every(TrainingRecord)
    assert record.person_id == known.id


@pytest.mark.parametrize(
    ("known", "cells"),
    [
        ({"birth_year": 1990, "email": None}, {"birth": 1990, "email": None}),
        ({"birth_year": 1985}, {"birth": 1990}),
        ({"full_name": "Lê Văn Khác"}, {}),
    ],
)
def test_whoever_may_be_known_is_asked_about_and_never_joined_by_itself(known, cells):
    person = a_person(**{"full_name": "Lê Văn An", "email": "an@example.vn"} | known)
    batch = looked_over([a_row(**{"name": "Lê Văn An", "email": "an@example.vn"} | cells)])
    assert [d["candidates"] for d in batch.findings["doubtful"]] == [[str(person.public_id)]]
    by = an_account().id
    refused = refusal_of(lambda: operations.confirm(batch.id, by=by, now=NOW))
    assert refused is BatchRefusal.UNDECIDED
    operations.choose(batch.id, {"2": "an@example.vn", "9": "new"}, now=NOW)
    assert reload(batch).choices == {}
    operations.choose(batch.id, {"2": str(person.public_id)}, now=NOW)
    operations.confirm(batch.id, by=by, now=NOW)
    bring_in(batch.id, now=NOW)
    assert [r.person_id for r in every(TrainingRecord)] == [person.id]


def test_said_to_be_somebody_else_a_new_person_is_made():
    person = a_person(full_name="Lê Văn An", birth_year=1990, email=None)
    batch = looked_over([a_row(name="Lê Văn An", birth=1990, email=None)])
    operations.choose(batch.id, {"2": "new"}, now=NOW)
    operations.confirm(batch.id, by=an_account().id, now=NOW)
    bring_in(batch.id, now=NOW)
    assert every(TrainingRecord)[0].person_id != person.id


def test_what_changed_between_looking_and_bringing_in_is_looked_over_again():
    batch = looked_over([a_row(name="Lê Văn An", email="an@example.vn")])
    operations.confirm(batch.id, by=an_account().id, now=NOW)
    a_person(full_name="Lê Văn An", email="an@example.vn")
    assert bring_in(batch.id, now=NOW).state is BatchState.CHECKING
    assert every(TrainingRecord) == []


def test_nobody_is_counted_twice_for_one_class():
    course = known_course()
    known = a_person(full_name="Lê Văn An", email="an@example.vn")
    run = a_taught_run(course=course)
    present(run, on_the_list(run, known))
    close_run(run.id, by=None, now=NOW)
    batch = looked_over([a_row(name="Lê Văn An", email="an@example.vn", last_day="01/03/2026")])
    assert columns_of(batch) == [(2, "name")]
    again = looked_over([a_row(last_day="01/03/2026")])
    assert list(again.findings["same_days"]) == [run.code]


def test_the_same_file_is_taken_once_until_it_is_undone():
    content = a_list([a_row()])
    known_course()
    batch = handed_in(content)
    assert refusal_of(lambda: handed_in(content)) is BatchRefusal.SAME_FILE
    operations.discard(batch.id, now=NOW)
    assert handed_in(content).state is BatchState.CHECKING


def test_undone_it_counts_no_longer_and_whom_it_brought_is_nameless():
    known = a_person(full_name="Lê Văn An", email="an@example.vn")
    batch = brought_in([a_row(name="Lê Văn An", email="an@example.vn"), a_row()])
    assert total(NOW)[0] == 2
    by = an_account().id
    operations.undo(batch.id, reason="Nhầm tệp", by=by, now=LATER)
    assert total(LATER)[0] == 0
    assert total(NOW)[0] == 2
    assert [run.state for run in every(Run)] == [RunState.CANCELLED]
    named = db.session.scalars(select(Person.full_name).order_by(Person.id)).all()
    assert named.count(NAMELESS) == 1
    assert reload(known).full_name == "Lê Văn An"
    again = refusal_of(lambda: operations.undo(batch.id, reason="x", by=by, now=LATER))
    assert again is BatchRefusal.NOT_IMPORTED


def test_nobody_is_written_to_about_a_class_of_an_earlier_year():
    a_month_ago = f"{NOW - timedelta(days=31):%d/%m/%Y}"
    brought_in([a_row(), a_row(last_day=a_month_ago)])
    ask_who_took_part(now=NOW + timedelta(hours=2))
    assert every(Inquiry) == []


def test_what_others_rest_on_is_not_undone():
    batch = brought_in([a_row()])
    person = db.session.get(Person, every(TrainingRecord)[0].person_id)
    an_employment(person, an_organisation())
    undo = lambda: operations.undo(batch.id, reason="x", by=an_account().id, now=LATER)  # noqa: E731
    assert refusal_of(undo) is BatchRefusal.LEANED_ON
    assert total()[0] == 1


def test_the_worker_does_one_after_the_other_and_stops_when_told():
    known_course()
    first = handed_in(a_list([a_row()]))
    second = handed_in(a_list([a_row()]))
    assert operations.work_on_lists(now=lambda: NOW, stopped=lambda: False) == 2
    assert [reload(b).state for b in (first, second)] == [BatchState.READY] * 2
    operations.confirm(first.id, by=an_account().id, now=NOW)
    assert operations.work_on_lists(now=lambda: NOW, stopped=lambda: True) == 0
    assert operations.work_on_lists(now=lambda: NOW, stopped=lambda: False) == 1
    assert reload(first).state is BatchState.IMPORTED


def test_a_list_of_one_class_says_the_class_once_for_all_rows():
    known_course()
    people = [{"name": f"Lê {chr(65 + n)}", "email": f"le{n}@example.vn"} for n in range(3)]
    said = {
        "course": "5S", "last_day": "15/09/2023", "hours": "8", "completed": "Có",
        "audience": "Cá nhân",
    }  # fmt: skip
    brought_in(people, **said)
    assert total() == (3, 3, 3 * 480, 3)
