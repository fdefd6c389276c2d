from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.certification import queries as certificates
from club.certification.expiry.models import ExpiryReminder
from club.certification.expiry.operations import remind_of_ends
from club.certification.models import WithdrawalKind
from club.certification.operations import Withdrawal, withdraw_certificate
from club.certification.schemes.models import SchemeVersion, VersionState
from club.clock import from_local
from club.db import db, transaction
from club.outbox.models import Letter
from tests.certification.kit import checked, recorded, with_schemes
from tests.support.factories import NOW, a_person, an_account
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("context")

LAST = date(2027, 2, 28)


@pytest.fixture(autouse=True)
def _schemes(context):
    with_schemes()


def at(left):
    """Ten in the morning, so many days before the last day."""
    return from_local(datetime(2027, 2, 28, 10)) - timedelta(days=left)


def held_by(account=None, number="PS-001", expires_on=LAST, **given):
    account = account or an_account()
    return checked(account.person, number, expires_on=expires_on, **given)


def letters():
    kind = Letter.kind == "certification.certificate_ends"
    return list(db.session.scalars(select(Letter).where(kind).order_by(Letter.id)))


def reminders():
    return [(r.days, r.expires_on) for r in db.session.scalars(select(ExpiryReminder))]


def test_the_holder_is_reminded_once_at_each_planned_day():
    account = an_account()
    held_by(account)
    for left in (181, 180, 179, 90, 90, 30, 8, 7, 0):
        remind_of_ends(now=at(left))
    assert [letter.recipient for letter in letters()] == [account.email] * 4
    assert reminders() == [(days, LAST) for days in (180, 90, 30, 7)]


def test_the_letter_says_what_ends_when_and_what_to_do():
    held_by()
    remind_of_ends(now=at(28))
    (letter,) = letters()
    assert "28/02/2027" in letter.subject
    assert "PS-001" in letter.body_text
    assert "sau 28 ngày" in letter.body_text
    assert "/me/certification/new" in letter.body_text


def test_a_clock_that_jumps_causes_one_letter_for_each_holder():
    held_by()
    held_by(number="PS-002", expires_on=LAST + timedelta(days=400))
    remind_of_ends(now=at(200))
    assert letters() == []
    assert remind_of_ends(now=at(3)) == 1
    assert remind_of_ends(now=at(3)) == 0


@pytest.mark.parametrize("what", ["unchecked", "taken back", "mistake", "followed", "without end"])
def test_nobody_is_reminded_of_what_does_not_lapse(what):
    account = an_account()
    if what == "unchecked":
        recorded(account.person, expires_on=LAST)
    elif what == "without end":
        held_by(account, expires_on=None)
    else:
        certificate = held_by(account)
        if what == "followed":
            held_by(account, "PS-002", expires_on=LAST + timedelta(days=900))
        else:
            kind = WithdrawalKind.MISTAKE if what == "mistake" else WithdrawalKind.TAKEN_BACK
            day = date(2025, 7, 1) if kind is WithdrawalKind.TAKEN_BACK else None
            withdrawal = Withdrawal(kind, "Vì thế", day, "Sổ của tổ chức")
            by = an_account(RoleName.COORDINATOR).id
            withdraw_certificate(certificate.id, withdrawal, by=by, now=NOW)
    assert remind_of_ends(now=at(30)) == 0


def test_another_level_does_not_follow():
    account = an_account()
    held_by(account, level="I")
    held_by(account, "PS-002", level="II", expires_on=LAST + timedelta(days=900))
    assert remind_of_ends(now=at(30)) == 1


def test_who_can_be_reached_in_no_way_is_left_to_the_coordinators():
    checked(a_person(email=None), expires_on=LAST)
    assert remind_of_ends(now=at(30)) == 0
    assert reminders() == []


def published(number, days):
    scheme = certificates.scheme_by_key("apo_ps")
    with transaction() as session:
        session.add(
            SchemeVersion(
                scheme_id=scheme.id, number=number, label=str(number), reminder_days=days,
                valid_from=date(2026, 1, 1), state=VersionState.PUBLISHED, published_at=NOW,
                created_at=NOW, changed_at=NOW,
            )
        )  # fmt: skip


def test_the_latest_published_version_of_a_scheme_says_when():
    held_by()
    published(91, [60])
    published(92, [45, 10])
    assert [remind_of_ends(now=at(left)) for left in (60, 45, 30, 10, 7)] == [0, 1, 0, 1, 0]


def test_publishing_a_scheme_writes_to_nobody_whose_end_is_far_from_its_days():
    for number in range(5):
        held_by(number=f"PS-{number}", expires_on=LAST + timedelta(days=number))
    published(91, [360])
    assert remind_of_ends(now=at(300)) == 0


def test_a_worker_that_has_to_stop_stops():
    held_by()
    assert remind_of_ends(now=at(30), stopped=lambda: True) == 0


def test_many_holders_cost_as_many_questions_as_one(count_queries):
    held_by()
    with count_queries() as for_one:
        assert remind_of_ends(now=at(30)) == 1
    for number in range(20):
        held_by(number=f"more-{number}")
    with count_queries() as for_many:
        assert remind_of_ends(now=at(29)) == 20
    assert len(for_many) == len(for_one)


def test_coordinators_see_what_ends(sign_in, time_machine):
    time_machine.move_to(at(20), tick=False)
    soon, ended = a_person(full_name="Trần An"), a_person(full_name="Lê Bình")
    checked(soon, "S", expires_on=LAST)
    checked(ended, "E", expires_on=LAST - timedelta(days=25))
    checked(a_person(full_name="Phạm Xa"), "F", expires_on=LAST + timedelta(days=900))
    checked(a_person(full_name="Vũ Cũ"), "O", expires_on=LAST - timedelta(days=120))
    page = words(sign_in(an_account(RoleName.COORDINATOR)).get("/office/certification/expiring"))
    assert page.index("Lê Bình") < page.index("Trần An")
    assert "Hết hạn 5 ngày trước" in page
    assert "Còn 20 ngày" in page
    assert "Phạm Xa" not in page
    assert "Vũ Cũ" not in page
    assert "Chưa nhắc" in page


def test_the_list_takes_the_same_number_of_queries_for_one_and_for_twenty(
    sign_in, count_queries, time_machine
):
    time_machine.move_to(at(20), tick=False)
    browser = sign_in(an_account(RoleName.COORDINATOR))

    def seen():
        with count_queries() as asked:
            browser.get("/office/certification/expiring")
        return len(asked)

    held_by()
    one = seen()
    for number in range(20):
        held_by(number=f"more-{number}")
    assert seen() == one


def test_an_empty_list_says_so(sign_in):
    page = words(sign_in(an_account(RoleName.COORDINATOR)).get("/office/certification/expiring"))
    assert "Không có chứng nhận nào sắp hết hạn" in page


@pytest.mark.parametrize(("left", "said"), [(181, False), (180, True), (0, True), (-1, False)])
def test_the_holder_sees_how_long_it_is_still_valid(sign_in, time_machine, left, said):
    time_machine.move_to(at(left), tick=False)
    account = an_account()
    held_by(account)
    page = words(sign_in(account).get("/me/certification"))
    shown = f"Còn {left} ngày" if left else "Hôm nay là ngày cuối"
    assert (shown in page) is said
