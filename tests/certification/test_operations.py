from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.certification import counting, queries
from club.certification.importing import sync_schemes
from club.certification.models import ExpertCertificateState, WithdrawalKind
from club.certification.operations import (
    Withdrawal,
    check_certificate,
    record_certificate,
    take_back_own,
    withdraw_certificate,
)
from club.certification.papers import (
    SuspensionFacts,
    lift_suspension,
    suspend_certificate,
)
from club.certification.queries import CertificateFilter
from club.certification.rules import CertificateStanding, CertificationRefusal, standing_on
from club.content import CONTENT
from club.db import db
from club.files.synced import Synced
from club.refusal import RefusedError
from tests.certification.kit import ISSUED, checked, facts, recorded, with_schemes
from tests.support.factories import NOW, a_person, an_account, reload

TODAY = clock.local_day(NOW)


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()


@pytest.fixture
def coordinator():
    return an_account(RoleName.COORDINATOR)


def refusal(call):
    with pytest.raises(RefusedError) as refused:
        call()
    return refused.value.refusal, refused.value.field


def withdrawal(kind=WithdrawalKind.MISTAKE, day=None):
    return Withdrawal(kind, "Nhầm người", day, "Sổ của tổ chức")


def suspended(certificate, first, last=None, *, now=NOW):
    """By its body."""
    facts = SuspensionFacts(first, "Sổ của tổ chức", "Chưa giải trình", last)
    by = an_account(RoleName.COORDINATOR).id
    suspend_certificate(certificate.id, facts, by=by, now=now)
    return certificate


def test_schemes_are_brought_in_once():
    assert sync_schemes(CONTENT, now=NOW) == Synced(added=0, changed=0, unchanged=7)


def test_a_changed_scheme_is_mended(tmp_path):
    text = (CONTENT / "schemes.yaml").read_text(encoding="utf-8")
    (tmp_path / "schemes.yaml").write_text(text.replace("en: Another scheme", "en: Other"), "utf-8")
    assert sync_schemes(tmp_path, now=NOW) == Synced(added=0, changed=1, unchanged=6)
    assert queries.scheme_by_key("other").name_en == "Other"


def test_only_schemes_with_a_standard_count_for_the_plan():
    assert {s.key for s in queries.outside_schemes() if s.counts_for_plan} == {
        s.key for s in queries.outside_schemes() if s.standard
    }


def test_a_new_entry_counts_for_nothing():
    certificate = recorded()
    assert certificate.state is ExpertCertificateState.RECORDED
    assert counting.valid_experts_on(TODAY) == 0


def test_a_checked_one_counts_and_says_who_checked_it(coordinator):
    certificate = recorded()
    check_certificate(certificate.id, by=coordinator.id, now=NOW)
    certificate = reload(certificate)
    assert (certificate.checked_by_id, certificate.checked_at) == (coordinator.id, NOW)
    assert counting.valid_experts_on(TODAY) == 1
    actions = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["certification.record", "certification.check"]


def test_nobody_checks_an_own_certificate(coordinator):
    certificate = recorded(coordinator.person)
    call = lambda: check_certificate(certificate.id, by=coordinator.id, now=NOW)  # noqa: E731
    assert refusal(call) == (CertificationRefusal.OWN_CERTIFICATE, None)


def test_whoever_entered_a_certificate_does_not_check_it(coordinator):
    certificate = record_certificate(a_person().id, facts(), by=coordinator.id, now=NOW)
    call = lambda: check_certificate(certificate.id, by=coordinator.id, now=NOW)  # noqa: E731
    assert refusal(call) == (CertificationRefusal.ENTERED_IT, None)
    other = an_account(RoleName.ASSESSOR)
    assert check_certificate(certificate.id, by=other.id, now=NOW).checked_by_id == other.id


def test_checking_twice_is_refused(coordinator):
    certificate = checked()
    call = lambda: check_certificate(certificate.id, by=coordinator.id, now=NOW)  # noqa: E731
    assert refusal(call) == (CertificationRefusal.CHECKED_ALREADY, None)


def test_the_same_number_is_refused_however_it_is_written():
    recorded(number="PS-001")
    assert refusal(lambda: recorded(number="ps 001")) == (
        CertificationRefusal.NUMBER_KNOWN,
        "number",
    )


def test_the_same_number_of_another_scheme_is_another_certificate():
    recorded(number="PS-001")
    assert recorded(number="PS-001", scheme_key="tcvn_13751").number_key == "ps001"


def test_a_number_is_free_again_once_its_entry_was_withdrawn(coordinator):
    certificate = recorded(number="PS-001")
    withdraw_certificate(certificate.id, withdrawal(), by=coordinator.id, now=NOW)
    assert recorded(number="PS-001").state is ExpertCertificateState.RECORDED


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"scheme_key": "none"}, (CertificationRefusal.NO_SUCH_SCHEME, "scheme")),
        ({"scheme_key": "other"}, (CertificationRefusal.SCHEME_UNNAMED, "scheme_name")),
        ({"number": "-"}, (CertificationRefusal.NUMBER_WITHOUT_SIGNS, "number")),
        (
            {"issued_on": TODAY + timedelta(days=1)},
            (CertificationRefusal.ISSUED_LATER, "issued_on"),
        ),
        (
            {"expires_on": ISSUED - timedelta(days=1)},
            (CertificationRefusal.EXPIRES_BEFORE_ISSUE, "expires_on"),
        ),
    ],
)
def test_what_cannot_stand_on_a_certificate_is_refused(given, verdict):
    assert refusal(lambda: recorded(**given)) == verdict


def test_a_named_scheme_keeps_its_name_only_where_it_is_unlisted():
    assert recorded(scheme_name="Lean").scheme_name is None
    assert recorded(number="2", scheme_key="other", scheme_name="Lean").scheme_name == "Lean"


def test_one_person_with_two_certificates_counts_once():
    person = a_person()
    checked(person, "1")
    checked(person, "2", scheme_key="tcvn_13751")
    checked(number="3")
    assert counting.valid_experts_on(TODAY) == 2


def test_the_figure_follows_the_days_of_the_certificates():
    checked(number="1", expires_on=date(2025, 12, 31))
    checked(number="2", issued_on=date(2026, 1, 15))
    days = [date(2025, 5, 31), ISSUED, date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 15)]
    assert list(counting.valid_experts_on_days(days).values()) == [0, 1, 1, 0, 1]


def test_look_alikes_and_unlisted_schemes_do_not_count():
    checked(number="1", scheme_key="aps", body="APS", level="Certified")
    checked(number="2", scheme_key="other", scheme_name="Lean")
    assert counting.valid_experts_on(TODAY) == 0


def test_those_the_plan_supported_are_counted_apart():
    checked(number="1", funded_by_plan=True)
    checked(number="2")
    assert (counting.valid_experts_on(TODAY), counting.supported_experts_on(TODAY)) == (2, 1)


def test_one_taken_back_by_its_body_counts_for_the_days_before(coordinator):
    certificate = checked()
    taken_back = withdrawal(WithdrawalKind.TAKEN_BACK, date(2026, 1, 1))
    withdraw_certificate(certificate.id, taken_back, by=coordinator.id, now=NOW)
    days = [date(2025, 12, 31), date(2026, 1, 1)]
    assert counting.valid_experts_on_days(days) == {days[0]: 1, days[1]: 0}


def test_a_mistake_counts_for_no_day_and_keeps_its_reason(coordinator):
    certificate = checked()
    withdraw_certificate(certificate.id, withdrawal(), by=coordinator.id, now=NOW)
    assert counting.valid_experts_on(date(2025, 12, 31)) == 0
    assert reload(certificate).withdrawal_reason == "Nhầm người"


def test_a_holder_removes_only_what_is_unchecked():
    account = an_account()
    certificate = recorded(account.person)
    take_back_own(certificate.id, by=account.id, now=NOW)
    assert queries.certificates_of(account.person_id) == []
    kept = checked(account.person, "2")
    call = lambda: take_back_own(kept.id, by=account.id, now=NOW)  # noqa: E731
    assert refusal(call) == (CertificationRefusal.NOT_YOURS_ANY_MORE, None)


def test_a_person_keeps_one_code():
    person = a_person()
    recorded(person, "1")
    code = queries.expert_of(person.id).code
    recorded(person, "2")
    assert queries.expert_of(person.id).code == code


def test_the_lists_filter_says_what_the_rule_says(coordinator):
    checked(number="1")
    checked(number="2", expires_on=TODAY - timedelta(days=1))
    checked(number="3", expires_on=TODAY)
    recorded(number="4")
    for number, kind, day in (
        ("5", WithdrawalKind.MISTAKE, None),
        ("6", WithdrawalKind.TAKEN_BACK, TODAY),
    ):
        withdraw_certificate(
            checked(number=number).id, withdrawal(kind, day), by=coordinator.id, now=NOW
        )
    for number, first, last in (
        ("7", TODAY, None),
        ("8", TODAY - timedelta(days=9), TODAY - timedelta(days=1)),
        ("9", TODAY - timedelta(days=9), TODAY),
    ):
        suspended(checked(number=number), first, last)
    lifted = suspended(checked(number="10"), TODAY - timedelta(days=9))
    lift_suspension(lifted.id, lifted_from=TODAY, by=coordinator.id, now=NOW)
    everything = queries.certificates_like(CertificateFilter(), on=TODAY).items
    assert len(everything) == 10
    for standing in CertificateStanding:
        for day in (TODAY + timedelta(days=n) for n in range(-11, 3)):
            found = queries.certificates_like(CertificateFilter(standing=standing), on=day).items
            assert {c.number for c in found} == {
                c.number for c in everything if standing_on(c, day) is standing
            }


def test_what_waits_for_a_check_stands_first():
    checked(number="1", issued_on=date(2025, 12, 1))
    recorded(number="2", issued_on=date(2024, 12, 1))
    found = queries.certificates_like(CertificateFilter(), on=TODAY).items
    assert [c.number for c in found] == ["2", "1"]
