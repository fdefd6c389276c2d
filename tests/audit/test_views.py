import re
from datetime import timedelta

import pytest

from club.accounts.models import RoleName
from club.audit.operations import record
from tests.certification.candidacy.kit import a_level, admitted
from tests.support.factories import NOW, a_person, a_run, an_account


@pytest.fixture
def administrator(sign_in):
    return sign_in(an_account(RoleName.ADMINISTRATOR))


def an_entry(action="courses.run_published", subject_id="5S-2026-01", *, by=None, now=NOW, **given):
    return record(action, subject_kind="run", subject_id=subject_id, by=by, now=now, **given)


def subjects(page):
    return re.findall(r">(5S-2026-\d\d)</a>", page.text.partition("<tbody>")[2])


def test_the_log_says_who_did_what_to_which(administrator):
    by = an_account(RoleName.COORDINATOR, person=a_person(full_name="Đỗ Điều Phối"))
    an_entry(by=by.id, detail={"reason": "Giảng viên ốm"})
    page = administrator.get("/office/audit?lang=en").text
    assert "Class published" in page
    # What people typed is no sentence of the site, whichever language the reader has.
    assert 'reason: <span lang="vi">Giảng viên ốm</span>' in page
    assert "Đỗ Điều Phối" in page
    assert "03/03/2026 09:00" in page


def test_the_log_is_filtered_by_room_thing_and_days(administrator):
    an_entry(subject_id="5S-2026-01", now=NOW - timedelta(days=1))
    an_entry(subject_id="5S-2026-02")
    an_entry("registration.change_seats", subject_id="5S-2026-03")
    assert subjects(administrator.get("/office/audit")) == [
        "5S-2026-03", "5S-2026-02", "5S-2026-01",
    ]  # fmt: skip
    assert subjects(administrator.get("/office/audit?room=registration")) == ["5S-2026-03"]
    assert subjects(administrator.get("/office/audit?q=5S-2026-02")) == ["5S-2026-02"]
    days = "from=2026-03-02&to=2026-03-02"
    assert subjects(administrator.get(f"/office/audit?{days}")) == ["5S-2026-01"]
    assert len(subjects(administrator.get("/office/audit?from=x&to=31/12"))) == 3


def test_a_thing_leads_to_all_that_was_decided_about_it(administrator):
    person = a_person(full_name="Trần Bình")
    for action, about in (("accounts.create", person), ("accounts.roles", a_person())):
        record(action, subject_kind="person", subject_id=about.public_id, by=None, now=NOW)
    address = f"/office/audit?about={person.public_id}"
    assert f'href="{address}"' in administrator.get("/office/audit").text
    page = administrator.get(f"{address}&lang=en").text
    assert ("Everything about: Trần Bình." in page, "Roles changed" in page) == (True, False)
    assert f'value="{person.public_id}"' not in page


def test_the_log_is_shown_in_pages(administrator):
    for _ in range(51):
        an_entry()
    assert len(subjects(administrator.get("/office/audit"))) == 50
    assert len(subjects(administrator.get("/office/audit?page=2"))) == 1
    assert subjects(administrator.get("/office/audit?page=3")) == []


def test_the_log_is_for_administrators_and_officials(sign_in):
    assert sign_in(an_account(RoleName.OFFICIAL)).get("/office/audit").status_code == 200
    for role in (RoleName.COORDINATOR, RoleName.TRAINER, RoleName.MEMBER):
        assert sign_in(an_account(role)).get("/office/audit").status_code == 403


def test_officials_read_nothing_about_whom_a_candidacy_is(sign_in, administrator):
    candidate = admitted(a_level(), an_account(person=a_person(full_name="Nguyễn Thị Ứng")))
    about = {"subject_kind": "candidate", "subject_id": str(candidate.public_id)}
    record("certification.withdraw", by=None, now=NOW, detail={"reason": "Kín"}, **about)
    for reader, is_told in ((administrator, True), (sign_in(an_account(RoleName.OFFICIAL)), False)):
        page = reader.get("/office/audit").text
        assert ("Nguyễn Thị Ứng" in page, "Kín" in page) == (is_told, is_told)


def test_the_list_takes_the_same_number_of_queries_however_long(administrator, count_queries):
    def queries_with(entries):
        for _ in range(entries):
            an_entry(
                subject_id=a_run().code,
                by=an_account().id,
                detail={"person": str(a_person().public_id)},
            )
        with count_queries() as seen:
            administrator.get("/office/audit")
        return len(seen)

    assert queries_with(1) == queries_with(19)
