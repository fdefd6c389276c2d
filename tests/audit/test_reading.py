"""The log is read as words: no identifier and no name of a column, in either language."""

from datetime import date, timedelta

import pytest
from flask_babel import force_locale

from club.accounts.models import RoleName
from club.accounts.operations import set_roles
from club.audit.models import AuditEntry
from club.audit.operations import record
from club.audit.reading import read
from club.certification.models import WithdrawalKind
from club.certification.operations import Withdrawal, withdraw_certificate
from club.db import db
from club.materials.models import Visibility
from club.materials.operations import MaterialFacts
from club.materials.operations import change as change_material
from club.people.operations import end_employment
from club.pilots.operations import PilotFacts, add_project, change_project
from club.registration.models import WayIn
from club.registration.operations import change_seats, register_on_behalf
from club.registration.reminders.operations import plan_reminders
from club.registration.rules.terms import Terms
from club.registration.terms import Group as SeatsOf
from club.registration.terms import add_group, set_terms
from club.units.operations import end_unit
from tests.certification.kit import checked, with_schemes
from tests.materials.kit import a_material
from tests.registration.support import a_registrant
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    a_unit,
    an_account,
    an_employment,
    an_organisation,
)


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR, person=a_person(full_name="Đỗ Điều Phối")).id


@pytest.fixture
def run():
    course = a_course(title="5S tại nơi làm việc", title_en="5S at work")
    return a_run(course=course, code="5S-2026-03", seats=20)


def the_latest(language="en"):
    with force_locale(language):
        [entry] = read([db.session.query(AuditEntry).order_by(AuditEntry.id.desc()).first()])
        return entry


def lines(entry):
    return [f"{line.label}: {line.text}" for line in entry.lines]


def test_a_class_is_called_by_its_course_and_code(by, run):
    change_seats(run.id, seats=24, by=by, now=NOW)
    entry = the_latest()
    assert (entry.who, entry.action, entry.kind, entry.subject) == (
        "Đỗ Điều Phối", "Places changed", "Class", "5S at work (5S-2026-03)",
    )  # fmt: skip
    assert lines(entry) == ["moved up: 0", "places: 20 → 24"]
    assert the_latest("vi").subject == "5S tại nơi làm việc (5S-2026-03)"


def test_a_registration_is_called_by_its_person_and_class(by, run):
    person = a_registrant(person=a_person(full_name="Nguyễn Văn Học")).person
    register_on_behalf(person.id, run_id=run.id, organisation_id=None, by=by, now=NOW)
    entry = the_latest()
    assert entry.subject == "Nguyễn Văn Học, 5S at work (5S-2026-03)"
    assert lines(entry) == ["class: 5S at work (5S-2026-03)", "state: Has a place"]


def test_terms_and_reminders_tell_what_differs(by, run):
    set_terms(run.id, Terms(timedelta(hours=12), way_in=WayIn.INVITATION), by=by, now=NOW)
    assert lines(the_latest()) == [
        "moved up: 0",
        "hours before the start until which people leave freely: 24 → 12",
        "how people come in: Open: whoever registers first → By invitation only",
    ]
    add_group(run.id, SeatsOf(members_only=True), seats=3, by=by, now=NOW)
    assert lines(the_latest()) == ["group: 1", "places: 3", "moved up: 0"]
    plan_reminders(run, [24, 3], by=by, now=NOW)
    assert lines(the_latest()) == ["reminders, hours before the start: 48, 2 → 24, 3"]


def test_readers_of_a_material_are_named(by, run):
    material = a_material(run, title="Bài 1", visibility=Visibility.PARTICIPANTS)
    facts = MaterialFacts("Bài 1", Visibility.EVERYBODY)
    change_material(material.id, facts, by=by, now=NOW)
    assert the_latest().subject == "Bài 1"
    assert lines(the_latest()) == ["title: Bài 1", "readers: Those who take part → Everybody"]


def test_a_certificate_is_called_by_its_holder(by):
    with_schemes()
    certificate = checked(a_person(full_name="Trần An"), "PS-7")
    taken_back = Withdrawal(
        WithdrawalKind.TAKEN_BACK, "Thu hồi", date(2026, 1, 1), source="Thông báo của tổ chức cấp"
    )
    withdraw_certificate(certificate.id, taken_back, by=by, now=NOW)
    assert the_latest().subject == "Trần An, PS-7"
    assert lines(the_latest()) == [
        "what happened: The certifying body has taken it back",
        "reason: Thu hồi",
    ]


def test_roles_are_named(by):
    account = an_account(RoleName.MEMBER, person=a_person(full_name="Trần Bình"))
    set_roles(account.id, [RoleName.TRAINER], by=by, now=NOW)
    assert the_latest().subject == "Trần Bình"
    assert lines(the_latest("vi")) == [
        "vai trò được giao: Giảng viên",
        "vai trò bị thu lại: Hội viên",
    ]


def test_the_people_of_an_organisation_are_named(by):
    firm = an_organisation(name="Công ty May Demo", code="dn-0001")
    employment = an_employment(a_person(full_name="Lê Thợ May"), firm)
    end_employment(employment.id, last_day=date(2026, 3, 1), by=by, now=NOW)
    assert the_latest().subject == "Công ty May Demo (dn-0001)"
    assert lines(the_latest()) == ["person: Lê Thợ May", "until: 01/03/2026"]


def test_a_pilot_project_tells_what_was_corrected(by):
    firm = an_organisation(name="Công ty May Demo")
    facts = PilotFacts("Giảm chờ", date(2026, 1, 5), "QĐ 12")
    project = add_project(firm.id, facts, by=by, now=NOW)
    change_project(project.id, PilotFacts("Giảm chờ", date(2026, 1, 6), "QĐ 12"), by=by, now=NOW)
    assert the_latest().subject == "Giảm chờ, Công ty May Demo"
    assert lines(the_latest()) == ["started on: 05/01/2026 → 06/01/2026"]


def test_a_unit_has_its_name_in_both_languages(by):
    unit = a_unit(name="Phường Cũ", name_en="Old Ward")
    end_unit(unit.id, last_day=date(2026, 3, 1), by=by, now=NOW)
    assert (the_latest("en").subject, the_latest("vi").subject) == ("Old Ward", "Phường Cũ")


def test_what_is_gone_is_shown_as_the_log_keeps_it(by):
    record("courses.run_published", subject_kind="run", subject_id="5S-1", by=by, now=NOW)
    assert the_latest().subject == "5S-1"


def test_values_of_figures_are_written_as_numbers(by):
    detail = {"as_of": "2026-03-01", "value": "1184.5000", "status": "provisional"}
    record("plan.enter_value", subject_kind="x", subject_id="x", by=by, now=NOW, detail=detail)
    assert lines(the_latest("vi")) == [
        "số liệu đến ngày: 01/03/2026",
        "giá trị: 1.184,5",
        "tình trạng: Ước tính",
    ]
