"""Who looked at whose data: what is written down, and what the person reads of it."""

import json
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.privacy import packing, queries
from club.privacy.looking import PURPOSES
from club.registration.models import Registration
from club.rooms import PERSONAL_DATA
from tests.records.kit import a_coordinator, every, on_the_list
from tests.records.outside_kit import training_elsewhere
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import words


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Được Xem"))


def registration_of(account, run=None):
    on_the_list(run or a_run(), account.person)
    return db.session.query(Registration).filter_by(person_id=account.person_id).one()


def looks():
    return [
        (e.action, e.subject_kind, e.subject_id, e.detail)
        for e in every(AuditEntry)
        if e.action.startswith("privacy.")
    ]


def looks_in_copy(account):
    into = BytesIO()
    packing.pack(queries.whose(account.person_id), into=into, language="vi", now=NOW)
    return json.loads(ZipFile(into).read("looks.json"))


def test_a_page_that_staff_open_is_written_down_and_told_without_the_name(sign_in, account):
    registration = registration_of(account)
    coordinator = a_coordinator()
    address = f"/registrations/{registration.public_id}"
    assert sign_in(coordinator).get(address).status_code == 200
    assert looks() == [
        (
            "privacy.page_opened",
            "registration",
            str(registration.public_id),
            {"acting_as": "coordinator"},
        )
    ]
    page = words(sign_in(account).get("/me/privacy/looks"))
    assert "Điều phối câu lạc bộ" in page
    assert "Xếp chỗ trong lớp" in page
    assert coordinator.person.full_name not in page


def test_the_copy_of_all_data_tells_every_look_without_the_name(sign_in, account, monkeypatch):
    monkeypatch.setattr(queries, "_PAGE", 2)
    address = f"/registrations/{registration_of(account).public_id}"
    coordinator, own, other = a_coordinator(), sign_in(account), an_account()
    for _ in range(3):
        sign_in(coordinator).get(address)
    own.get(address)
    told = looks_in_copy(account)
    assert {frozenset(look) for look in told} == {frozenset({"at", "role", "what", "purpose"})}
    assert [(look["role"], look["purpose"]) for look in told] == [
        ("Điều phối câu lạc bộ", "Xếp chỗ trong lớp")
    ] * 3
    assert coordinator.person.full_name not in str(told)
    assert looks_in_copy(other) == []


def test_nobody_reads_what_was_opened_about_others(sign_in, account):
    registration = registration_of(account)
    sign_in(a_coordinator()).get(f"/registrations/{registration.public_id}")
    page = words(sign_in(an_account()).get("/me/privacy/looks"))
    assert "Chưa có ai xem" in page
    assert account.person.full_name not in page


def test_the_person_who_looks_at_the_own_page_is_not_written_down(sign_in, account):
    registration = registration_of(account)
    assert sign_in(account).get(f"/registrations/{registration.public_id}").status_code == 200
    assert looks() == []


def test_training_elsewhere_and_its_evidence_are_looks(sign_in, account):
    training = training_elsewhere(account, title="Quản lý kho")
    address = f"/outside-training/{training.public_id}"
    for page in (address, f"{address}/evidence"):
        assert sign_in(account).get(page).status_code == 200
        assert sign_in(a_coordinator()).get(page).status_code == 200
    entry = ("privacy.page_opened", "outside_training", str(training.public_id))
    assert [look[:3] for look in looks()] == [entry, entry]
    page = words(sign_in(account).get("/me/privacy/looks"))
    assert "Xem xét việc học ở nơi khác" in page
    assert "Quản lý kho" in page


def test_staff_do_not_read_of_their_own_looks(sign_in):
    coordinator = a_coordinator()
    registration = registration_of(coordinator)
    sign_in(coordinator).get(f"/registrations/{registration.public_id}")
    assert "Chưa có ai xem" in words(sign_in(coordinator).get("/me/privacy/looks"))


def test_what_is_refused_is_no_look(sign_in, account):
    registration = registration_of(account)
    assert sign_in(an_account(RoleName.OFFICIAL)).get("/office/accounts").status_code == 403
    address = f"/registrations/{registration.public_id}"
    assert sign_in(an_account(RoleName.ASSESSOR)).get(address).status_code == 404
    assert looks() == []


def test_a_saved_list_is_one_entry_however_many_people_it_names(sign_in, account):
    run = a_run()
    registration_of(account, run)
    for _ in range(5):
        on_the_list(run)
    sign_in(a_coordinator()).get(f"/office/runs/{run.code}/registrations.csv")
    assert looks() == [
        ("privacy.list_saved", "run", run.code, {"acting_as": "coordinator"}),
    ]
    assert run.code in words(sign_in(account).get("/me/privacy/looks"))


def test_a_list_saved_before_somebody_was_in_it_is_not_told(sign_in, account):
    run = a_run()
    registration_of(account, run).registered_at = clock.now() + timedelta(days=1)
    db.session.commit()
    sign_in(a_coordinator()).get(f"/office/runs/{run.code}/registrations.csv")
    assert "Chưa có ai xem" in words(sign_in(account).get("/me/privacy/looks"))


def test_a_look_costs_one_insert(sign_in, account, count_queries):
    registration = registration_of(account)
    client = sign_in(a_coordinator())
    client.get(f"/registrations/{registration.public_id}")
    with count_queries() as seen:
        client.get(f"/registrations/{registration.public_id}")
    assert len([s for s in seen if not s.lstrip().upper().startswith("SELECT")]) == 1
    after = seen[[s.startswith("INSERT INTO audit_entry") for s in seen].index(True) + 1 :]
    assert after == []


def test_the_log_of_decisions_shows_looks_only_when_asked(sign_in, account):
    registration = registration_of(account)
    sign_in(a_coordinator()).get(f"/registrations/{registration.public_id}")
    client = sign_in(an_account(RoleName.ADMINISTRATOR))
    assert "Mở trang về một người" not in words(client.get("/office/audit"))
    assert "Mở trang về một người" in words(client.get("/office/audit?room=privacy"))
    assert "Mở trang về một người" in words(
        client.get(f"/office/audit?about={registration.public_id}")
    )


def test_the_list_costs_the_same_for_one_look_as_for_twenty(sign_in, account, count_queries):
    registration = registration_of(account)
    staff, client = sign_in(a_coordinator()), sign_in(account)
    counts = []
    for number in (1, 19):
        for _ in range(number):
            staff.get(f"/registrations/{registration.public_id}")
        with count_queries() as seen:
            client.get("/me/privacy/looks")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_every_kind_of_look_says_what_for():
    kinds = {kind for part in PERSONAL_DATA for kind in (*part.seen_as, *part.listed_in)}
    assert kinds == set(PURPOSES)


def test_the_time_is_shown_where_the_club_is(sign_in, account):
    registration = registration_of(account)
    sign_in(a_coordinator()).get(f"/registrations/{registration.public_id}")
    (entry,) = [e for e in every(AuditEntry) if e.action.startswith("privacy.")]
    entry.at = NOW
    db.session.commit()
    assert "03/03/2026 09:00" in words(sign_in(account).get("/me/privacy/looks"))
