"""Whom the public register shows, with what, and whom it finds."""

from datetime import date, timedelta

import pytest

from club.accounts.consents import give_consent, withdraw_consent
from club.accounts.models import Consent, ConsentPurpose
from club.certification.models import CertificationScheme, WithdrawalKind
from club.certification.operations import Withdrawal, withdraw_certificate
from club.certification.queries import certificates_of
from club.certification.register import queries
from club.certification.register.facts import HoldingKind, Shown, Wanted
from club.certification.schemes.models import VersionState
from club.db import db, transaction
from club.people.models import Person
from club.units.models import UnitSuccession
from tests.certification.kit import agrees, checked, recorded, with_schemes
from tests.certification.register.kit import an_expert
from tests.certification.scheme_kit import a_version, published
from tests.support.factories import NOW, a_person, a_unit, an_account, saved
from tests.support.queries import counting_queries

TODAY = date(2026, 3, 3)
REGISTER = ConsentPurpose.PUBLIC_EXPERT_REGISTER
pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()


def found(on=TODAY, **wanted):
    return [expert.name for expert in queries.experts_listed(Wanted(**wanted), on=on).items]


def taken_back(expert, since=TODAY):
    (certificate,) = certificates_of(expert.person_id)
    withdrawal = Withdrawal(WithdrawalKind.TAKEN_BACK, "Vi phạm", since, "Sổ của tổ chức")
    withdraw_certificate(certificate.id, withdrawal, by=an_account().id, now=NOW)


def scheme(key):
    return db.session.query(CertificationScheme).filter_by(key=key).one()


def a_scheme_that_shows(*, withdrawn=False, suspended=False):
    given = {"scheme": scheme("tcvn_13751"), "withdrawn_shown": withdrawn, "number": 7}
    given["suspended_shown"] = suspended
    return published(a_version(**given))


def test_only_who_agreed_and_is_certified_today_is_shown():
    an_expert("Trần An")
    an_expert("Lê Bình", agreed=False)
    an_expert("Hồ Dung", expires_on=TODAY - timedelta(days=1))
    unchecked = a_person(full_name="Võ Cúc")
    agrees(unchecked)
    recorded(unchecked)
    assert found() == ["Trần An"]


def test_taking_the_consent_back_takes_effect_at_once():
    expert = an_expert()
    withdraw_consent(expert.person_id, REGISTER, now=NOW)
    assert found() == []
    assert queries.listed_expert(expert.code, on=TODAY) is None
    assert queries.helpers_by_tool(on=TODAY) == {}


def test_a_certificate_is_shown_through_its_last_day():
    an_expert("Trần An", expires_on=TODAY)
    assert (found(), found(on=TODAY + timedelta(days=1))) == (["Trần An"], [])


def test_names_stand_in_vietnamese_order_of_given_names():
    for name in ("Trần Đạt", "Lê Châu", "Võ Dũng", "Bùi Ân", "Hồ An", "Tô Ánh"):
        an_expert(name)
    assert found() == ["Hồ An", "Tô Ánh", "Bùi Ân", "Lê Châu", "Võ Dũng", "Trần Đạt"]


def test_names_are_found_with_marks_or_without():
    an_expert("Trần Đạt"), an_expert("Lê Châu")
    assert (found(q="dat"), found(q="Trần ĐẠT"), found(q="tran chau")) == (
        ["Trần Đạt"],
        ["Trần Đạt"],
        [],
    )


def test_scheme_and_level_have_to_be_of_one_certificate():
    both = an_expert("Trần An", level="Bậc 1")
    checked(db.session.get_one(Person, both.person_id), "X", scheme_key="apo_gps", level="Bậc 2")
    an_expert("Lê Bình", scheme_key="apo_gps", level="Bậc 1")
    assert found(scheme="apo_gps") == ["Trần An", "Lê Bình"]
    assert found(scheme="apo_gps", level="Bậc 1") == ["Lê Bình"]
    assert found(level="Bậc 2") == ["Trần An"]


@pytest.mark.parametrize("kind", ["tool", "topic", "sector", "language"])
def test_each_field_finds_who_named_it(kind):
    an_expert("Trần An", **{kind: ["a", "b"]})
    an_expert("Lê Bình", **{kind: ["b"]})
    an_expert("Võ Cúc")
    assert (found(**{kind: "a"}), found(**{kind: "b"})) == (["Trần An"], ["Trần An", "Lê Bình"])
    assert found(**{kind: "nonsense"}) == []


def test_all_conditions_have_to_hold():
    an_expert("Trần An", tool=["5s"], sector=["wood"])
    an_expert("Lê Bình", tool=["5s"], sector=["garment"])
    assert found(tool="5s", sector="wood") == ["Trần An"]


def test_a_ward_also_finds_who_named_one_that_went_into_it():
    old, new = a_unit(key="lai-thieu-cu"), a_unit(key="lai-thieu")
    saved(UnitSuccession(predecessor_id=old.id, successor_id=new.id, on_day=date(2025, 7, 1)))
    an_expert("Trần An", ward=["lai-thieu-cu"])
    an_expert("Lê Bình", ward=["lai-thieu"])
    an_expert("Võ Cúc", ward=["di-an"])
    assert found(ward="lai-thieu") == ["Trần An", "Lê Bình"]


def test_who_can_be_asked_is_who_says_so_and_is_certified():
    an_expert("Trần An"), an_expert("Lê Bình", welcomes=False)
    assert found(helps="1") == ["Trần An"]


def test_the_place_where_somebody_lives_is_no_ward_of_the_register():
    home = a_unit(key="noi-o")
    an_expert(person=a_person(full_name="Trần An", ward=home))
    assert found(ward="noi-o") == []


def test_a_certificate_that_its_body_took_back_is_shown_where_its_scheme_says_so():
    a_scheme_that_shows(withdrawn=True)
    shown, hidden = an_expert("Trần An", scheme_key="tcvn_13751"), an_expert("Lê Bình")
    taken_back(shown), taken_back(hidden)
    (expert,) = queries.experts_listed(Wanted(), on=TODAY).items
    assert [(held.kind, held.standing) for held in expert.holdings] == [
        (HoldingKind.OUTSIDE, Shown.WITHDRAWN)
    ]
    assert (expert.name, expert.is_valid, expert.can_be_asked) == ("Trần An", False, False)
    assert found(helps="1") == []


def test_the_latest_version_decides_and_drafts_do_not():
    version = a_scheme_that_shows(withdrawn=True)
    taken_back(an_expert("Trần An", scheme_key="tcvn_13751"))
    later = a_version(scheme=version.scheme, withdrawn_shown=False, number=8)
    assert later.state is VersionState.DRAFT
    assert found() == ["Trần An"]
    published(later)
    assert found() == []


def test_what_was_entered_by_mistake_is_never_shown():
    a_scheme_that_shows(withdrawn=True)
    expert = an_expert(scheme_key="tcvn_13751")
    (certificate,) = certificates_of(expert.person_id)
    mistake = Withdrawal(WithdrawalKind.MISTAKE, "Nhầm")
    withdraw_certificate(certificate.id, mistake, by=an_account().id, now=NOW)
    assert found() == []


def agreed_before(expert):
    """The consent as it was given to the words of other days."""
    with transaction() as session:
        consent = session.query(Consent).filter_by(person_id=expert.person_id).one()
        consent.version = "1"


def test_who_agreed_to_earlier_words_is_shown_with_what_those_named():
    a_scheme_that_shows(withdrawn=True)
    expert = an_expert("Trần An", tool=["5s"], presentation="Mười năm làm 5S.")
    checked(db.session.get_one(Person, expert.person_id), "2", scheme_key="tcvn_13751")
    agreed_before(expert)
    certificate = certificates_of(expert.person_id)[0]
    withdrawal = Withdrawal(WithdrawalKind.TAKEN_BACK, "Vi phạm", TODAY, "Sổ của tổ chức")
    withdraw_certificate(certificate.id, withdrawal, by=an_account().id, now=NOW)
    (seen,) = queries.experts_listed(Wanted(), on=TODAY).items
    assert [held.standing for held in seen.holdings] == [Shown.VALID]
    assert (seen.presentation, seen.fields, seen.can_be_asked) == (None, {}, False)
    assert (found(tool="5s"), found(helps="1")) == ([], [])
    give_consent(expert.person_id, REGISTER, language="vi", now=NOW)
    assert (found(tool="5s"), found(helps="1")) == (["Trần An"], ["Trần An"])
    versions = [c.version for c in db.session.query(Consent).filter_by(person_id=expert.person_id)]
    assert sorted(versions) == ["1", "2"]


def test_an_entry_that_became_part_of_another_one_is_shown_no_more():
    kept, expert = a_person(), an_expert()
    with transaction() as session:
        session.get_one(Person, expert.person_id).merged_into_id = kept.id
    assert found() == []


def test_how_many_can_help_with_a_tool():
    an_expert("Trần An", tool=["5s", "kaizen"])
    an_expert("Lê Bình", tool=["5s"])
    an_expert("Võ Cúc", tool=["5s"], welcomes=False)
    an_expert("Hồ Dung", tool=["5s"], agreed=False)
    assert queries.helpers_by_tool(on=TODAY) == {"5s": 2, "kaizen": 1}


def test_long_lists_are_paged():
    for number in range(5):
        an_expert(f"Trần An {number}")
    pages = [queries.experts_listed(Wanted(), on=TODAY, page=n, size=2) for n in (1, 2, 3, 4)]
    assert [[e.name[-1] for e in page.items] for page in pages] == [
        ["0", "1"],
        ["2", "3"],
        ["4"],
        [],
    ]
    assert (pages[0].total, pages[0].pages) == (5, 3)


def test_as_many_questions_for_one_expert_as_for_many(client):
    counts = []
    for extra in (1, 20):
        for number in range(extra):
            an_expert(f"Trần An {number}", tool=["5s"], language=["vi"], sector=["wood"])
        client.get("/experts/")
        with counting_queries() as asked:
            client.get("/experts/?tool=5s&q=an")
        with counting_queries() as asked_as_data:
            client.get("/experts.json?tool=5s")
        counts.append((len(asked), len(asked_as_data)))
    assert counts[0] == counts[1]
