import unicodedata
from datetime import date

import pytest

from club.people import queries
from tests.support.factories import a_person, an_employment, an_organisation

TODAY = date(2026, 3, 3)


def names(people):
    return [person.full_name for person in people]


@pytest.mark.parametrize("typed", ["Ánh", "anh", "thi anh", unicodedata.normalize("NFD", "Ánh")])
def test_a_name_is_found_in_every_form(typed):
    a_person(full_name="Nguyễn Thị Ánh")
    a_person(full_name="Trần Văn Bình")

    assert names(queries.people_matching(typed)) == ["Nguyễn Thị Ánh"]


def test_people_are_sorted_by_given_name_in_vietnamese_order():
    for name in ("Lê Đạt", "Lê Dũng", "Võ Châu", "Phan Demo"):
        a_person(full_name=name)

    assert names(queries.people_matching("")) == ["Võ Châu", "Phan Demo", "Lê Dũng", "Lê Đạt"]


def test_a_name_may_hold_digits_that_are_no_numbers():
    for name in ("Tổ m² B", "Tổ m② A", "Tổ 3 C", "Tổ ٣ D"):
        a_person(full_name=name)

    assert names(queries.people_matching("m²")) == ["Tổ m² B"]
    assert names(queries.people_matching("to")) == ["Tổ m② A", "Tổ m² B", "Tổ 3 C", "Tổ ٣ D"]


def test_signs_of_a_pattern_are_letters_like_others():
    a_person(full_name="Nguyễn An")
    assert queries.people_matching("%") == []
    assert queries.people_matching("_") == []


@pytest.mark.parametrize(
    ("shared", "found"),
    [
        ({"phone": "0912 345 678"}, 1),
        ({"email": "AN@example.vn"}, 1),
        ({"birth_year": 1990}, 1),
        ({"phone": "0912 345 679", "birth_year": 1991}, 0),
        ({}, 0),
    ],
)
def test_a_double_shares_the_folded_name_and_one_fact(shared, found):
    a_person(full_name="Lê Văn An", phone="+84912345678", email="an@example.vn", birth_year=1990)
    a_person(full_name="Lê Văn Ân Hai", phone="+84912345678")

    assert len(queries.possible_duplicates("le van an", **shared)) == found


def test_an_organisation_is_recognised_without_its_common_words():
    known = an_organisation(name="Công ty TNHH Gốm sứ Minh Demo")
    an_organisation(name="Công ty TNHH Dệt Hoa Demo")

    assert queries.organisations_like("CTY gom su minh demo") == [known]
    assert queries.organisations_like("Gốm sứ Minh Demo") == [known]
    assert queries.organisations_like("Công ty Cổ phần Gốm sứ Minh Demo") == [known]


def test_an_organisation_is_recognised_by_its_tax_code_first():
    an_organisation(name="Công ty Minh Demo")
    known = an_organisation(name="Công ty Khác Demo", tax_code="0300588569")

    found = queries.organisations_like("Minh Demo", tax_code="0300 588 569")
    assert found[0] == known
    assert len(found) == 2


def test_common_words_alone_recognise_nothing():
    an_organisation(name="Công ty TNHH Dệt Hoa Demo")
    assert queries.organisations_like("Công ty TNHH") == []


def test_the_employer_is_the_one_of_the_day():
    person, old, new = a_person(), an_organisation(), an_organisation()
    an_employment(person, old, from_day=date(2024, 1, 1), to_day=date(2025, 12, 31))
    an_employment(person, new, from_day=date(2026, 1, 1))

    assert queries.employer_on(person.id, date(2025, 12, 31)) == old
    assert queries.employer_on(person.id, TODAY) == new
    assert queries.employer_on(person.id, date(2023, 12, 31)) is None


def test_representing_ends_with_the_work():
    person, organisation = a_person(), an_organisation()
    an_employment(person, organisation, represents=True, to_day=date(2026, 3, 2))

    assert queries.organisations_represented_by(person.id, on=date(2026, 3, 2)) == [organisation]
    assert queries.organisations_represented_by(person.id, on=TODAY) == []
    assert not queries.represents(person.id, organisation.id, on=TODAY)


def test_people_of_an_organisation_come_in_pages():
    organisation = an_organisation()
    for number in range(51):
        an_employment(a_person(full_name=f"Lê An {number:02d}"), organisation)

    first = queries.people_of(organisation.id, on=TODAY)
    last = queries.people_of(organisation.id, on=TODAY, page=2)
    assert (len(first.items), len(last.items), first.total, first.pages) == (50, 1, 51, 2)
