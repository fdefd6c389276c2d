from datetime import date

import pytest

from club.people.models import Employment
from club.people.rules.employment import (
    PeopleRefusal,
    refusal_to_employ,
    refusal_to_end_employment,
    refusal_to_state_birth_year,
)
from club.people.rules.names import NameProblem, name_problem
from club.people.rules.phones import PhoneProblem, phone_problem, shown_phone, stored_phone
from club.people.rules.tax_codes import TaxCodeDoubt, stored_tax_code, tax_code_doubt

TODAY = date(2026, 3, 3)


@pytest.mark.parametrize(
    "typed", ["0912 345 678", "0912.345.678", "+84 912 345 678", "84912345678"]
)
def test_a_phone_number_is_stored_in_one_form(typed):
    assert stored_phone(typed) == "+84912345678"
    assert phone_problem(typed) is None


def test_a_phone_number_is_shown_as_people_write_it():
    assert shown_phone("+84912345678") == "0912 345 678"
    assert shown_phone("+16502530000") == "+1 650-253-0000"
    assert shown_phone(None) == ""


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("0912 345", PhoneProblem.WRONG_LENGTH),
        ("0112 345 678", PhoneProblem.NO_SUCH_NUMBER),
        ("0912 345 67a", PhoneProblem.NOT_A_NUMBER),
        ("٠٩١٢٣٤٥٦٧٨", PhoneProblem.NOT_A_NUMBER),
        ("+84 12", PhoneProblem.NO_SUCH_NUMBER),
    ],
)
def test_what_is_no_phone_number_is_said_in_one_way(typed, problem):
    assert phone_problem(typed) is problem
    assert stored_phone(typed) is None


def test_tax_codes_keep_the_hyphen_of_a_branch():
    assert stored_tax_code("0311638525027") == "0311638525-027"
    assert stored_tax_code(" 0300.588.569 ") == "0300588569"


@pytest.mark.parametrize("code", ["0300588569", "0100109106", "0311638525-027", "079200001234"])
def test_real_tax_codes_raise_no_doubt(code):
    assert tax_code_doubt(code) is None


@pytest.mark.parametrize(
    ("code", "doubt"),
    [
        ("0300588560", TaxCodeDoubt.CHECK_DIGIT),
        ("03005885", TaxCodeDoubt.LENGTH),
        ("ABC0588569", TaxCodeDoubt.LENGTH),
    ],
)
def test_a_wrong_digit_or_length_raises_a_doubt(code, doubt):
    assert tax_code_doubt(code) is doubt


@pytest.mark.parametrize("name", ["Y", "Đ" * 200, "Nguyễn Thị Ánh", "Nguyễn Ánh", "김철수", "An"])
def test_names_of_one_alphabet_are_names(name):
    assert name_problem(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (None, NameProblem.MISSING),
        ("", NameProblem.MISSING),
        ("a" * 201, NameProblem.TOO_LONG),
        ("12 / 3", NameProblem.NO_LETTERS),
        ("Lê \u061cAn", NameProblem.UNSEEN),
        ("Lê\u00adAn", NameProblem.UNSEEN),
        ("Lê \U000e0041n", NameProblem.UNSEEN),
        ("\u3164", NameProblem.UNSEEN),
        ("Nguyеn Van An", NameProblem.MIXED_ALPHABETS),  # the e is Cyrillic
    ],
)
def test_what_is_no_name_is_said(name, problem):
    assert name_problem(name) is problem


@pytest.mark.parametrize(
    ("year", "refusal"),
    [
        (None, None),
        (1990, None),
        (2012, None),
        (2013, PeopleRefusal.BIRTH_YEAR),
        (90, PeopleRefusal.BIRTH_YEAR),
    ],
)
def test_a_birth_year_is_one_of_a_living_grown_person(year, refusal):
    assert refusal_to_state_birth_year(year, today=TODAY) is refusal


def employed(from_day, to_day=None):
    return Employment(from_day=from_day, to_day=to_day)


@pytest.mark.parametrize(
    ("from_day", "to_day", "refusal"),
    [
        (date(2026, 1, 1), None, None),
        (date(2026, 1, 1), date(2025, 12, 31), PeopleRefusal.FROM_AFTER_TO),
        (date(2028, 1, 1), None, PeopleRefusal.TOO_LATE),
        (date(2025, 6, 30), None, PeopleRefusal.ALREADY_EMPLOYED),
        (date(2024, 1, 1), date(2024, 12, 31), None),
        (date(2024, 1, 1), date(2025, 1, 1), PeopleRefusal.ALREADY_EMPLOYED),
    ],
)
def test_times_with_one_employer_do_not_overlap(from_day, to_day, refusal):
    known = [employed(date(2025, 1, 1), date(2025, 6, 30))]
    assert refusal_to_employ(from_day=from_day, to_day=to_day, known=known, today=TODAY) is refusal


@pytest.mark.parametrize(
    ("to_day", "last_day", "refusal"),
    [
        (None, date(2026, 3, 3), None),
        (None, date(2024, 12, 31), PeopleRefusal.FROM_AFTER_TO),
        (None, date(2028, 1, 1), PeopleRefusal.TOO_LATE),
        (date(2026, 3, 31), date(2026, 3, 15), None),
        (date(2026, 3, 2), date(2026, 3, 15), PeopleRefusal.ALREADY_ENDED),
    ],
)
def test_an_end_that_has_passed_stays(to_day, last_day, refusal):
    work = employed(date(2025, 1, 1), to_day)
    assert refusal_to_end_employment(work, last_day=last_day, today=TODAY) is refusal
