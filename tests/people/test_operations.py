import unicodedata
from datetime import date

import pytest
from sqlalchemy import select

from club.audit.models import AuditEntry
from club.db import db
from club.outbox.models import Letter
from club.people import operations, queries
from club.people.facts import EmploymentFacts, OrganisationFacts, PersonFacts
from club.people.models import AudienceKind, Employment, Organisation, Person
from club.people.rules.employment import PeopleRefusal
from club.people.rules.names import NameProblem
from club.refusal import RefusedError
from tests.support.factories import NOW, a_person, an_account, an_employment, an_organisation

FIRST = date(2026, 3, 1)
TODAY = date(2026, 3, 3)


def test_a_person_is_stored_tidy():
    typed = "  Nguyễn\u200b  Thị\tÁnh\x07 "
    nfd = unicodedata.normalize("NFD", typed)

    person = operations.add_person(PersonFacts(nfd, phone="0912 345 678"), now=NOW)

    assert person.full_name == "Nguyễn Thị Ánh"
    assert person.phone == "+84912345678"
    assert person.search_key == "nguyen thi anh"


def test_a_name_of_mixed_alphabets_is_refused_and_nothing_is_written():
    with pytest.raises(RefusedError) as refused:
        operations.add_person(PersonFacts("Nguyеn An"), now=NOW)

    assert (refused.value.refusal, refused.value.field) == (
        NameProblem.MIXED_ALPHABETS,
        "full_name",
    )
    assert db.session.scalars(select(Person)).all() == []


def test_changing_details_keeps_the_address():
    person = a_person(email="an@example.vn")

    operations.change_person(person.id, PersonFacts("Lê An", birth_year=1990), now=NOW)

    changed = queries.person_by_id(person.id)
    assert (changed.full_name, changed.birth_year, changed.email) == (
        "Lê An",
        1990,
        "an@example.vn",
    )


@pytest.mark.parametrize(
    ("kind", "prefix"),
    [
        (AudienceKind.ENTERPRISE, "dn"),
        (AudienceKind.STATE_AGENCY, "cq"),
        (AudienceKind.OTHER_ORGANISATION, "tc"),
    ],
)
def test_an_organisation_gets_a_code_of_its_kind(kind, prefix):
    organisation = operations.add_organisation(OrganisationFacts("Đơn vị Demo", kind), now=NOW)
    assert organisation.code == f"{prefix}-{organisation.id:04d}"


def test_a_tax_code_belongs_to_one_organisation():
    an_organisation(tax_code="0300588569")
    facts = OrganisationFacts("Khác", AudienceKind.ENTERPRISE, tax_code="0300 588 569")

    with pytest.raises(RefusedError) as refused:
        operations.add_organisation(facts, now=NOW)

    assert refused.value.refusal is PeopleRefusal.TAX_CODE_TAKEN
    assert len(db.session.scalars(select(Organisation)).all()) == 1


def test_an_organisation_keeps_its_own_tax_code():
    organisation = an_organisation(tax_code="0300588569")
    by = an_account().id
    facts = OrganisationFacts("Tên mới", AudienceKind.ENTERPRISE, tax_code="0300588569")

    operations.change_organisation(organisation.id, facts, by=by, now=NOW)

    assert queries.organisation_by_id(organisation.id).name == "Tên mới"


def test_working_twice_for_one_employer_at_a_time_is_refused():
    person, organisation = a_person(), an_organisation()
    operations.employ(person.id, organisation.id, EmploymentFacts(FIRST), now=NOW)

    with pytest.raises(RefusedError) as refused:
        operations.employ(person.id, organisation.id, EmploymentFacts(TODAY), now=NOW)

    assert refused.value.refusal is PeopleRefusal.ALREADY_EMPLOYED


def test_whoever_is_taken_on_is_told_and_the_log_says_who_did_it():
    organisation, by = an_organisation(name="Công ty Gỗ Demo"), an_account()
    facts = PersonFacts("Võ Demo Châu", email="chau@example.vn")

    operations.take_on(facts, organisation.id, EmploymentFacts(FIRST), by=by.id, now=NOW)

    letter = db.session.scalars(select(Letter)).one()
    assert letter.recipient == "chau@example.vn"
    assert "Công ty Gỗ Demo" in letter.subject
    assert "01/03/2026" in letter.body_text
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.account_id) == ("people.take_on", by.id)


def test_a_known_person_is_taken_on_without_a_second_row():
    person, organisation, by = a_person(), an_organisation(), an_account()
    count = len(db.session.scalars(select(Person)).all())

    operations.take_on(person, organisation.id, EmploymentFacts(FIRST), by=by.id, now=NOW)

    assert len(db.session.scalars(select(Person)).all()) == count
    assert queries.employer_on(person.id, TODAY).id == organisation.id


def test_ending_work_keeps_the_row():
    work = an_employment(a_person(), an_organisation())

    operations.end_employment(work.id, last_day=TODAY, by=an_account().id, now=NOW)

    assert db.session.get(Employment, work.id).to_day == TODAY
    assert queries.employer_on(work.person_id, TODAY) is not None
    assert queries.employer_on(work.person_id, date(2026, 3, 4)) is None
