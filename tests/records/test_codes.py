import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.records.certificates.codes import (
    ALPHABET,
    LENGTH,
    is_well_formed,
    new_code,
    typed_code,
    written,
)

bodies = st.text(alphabet=ALPHABET, min_size=12, max_size=12)


def code_of(body):
    letters = iter(body)
    return new_code(lambda _alphabet: next(letters))


def test_a_code_has_sixty_random_bits_and_two_check_characters():
    assert (len(ALPHABET), LENGTH) == (32, 14)
    assert set(ALPHABET).isdisjoint("ILOU")
    assert len({new_code() for _ in range(500)}) == 500


@given(bodies)
def test_every_new_code_is_well_formed(body):
    assert is_well_formed(code_of(body))


@given(bodies, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_found(body, place, wrong):
    code = code_of(body)
    changed = code[:place] + wrong + code[place + 1 :]
    assert is_well_formed(changed) is (changed == code)


@given(bodies, st.integers(0, LENGTH - 2))
def test_two_neighbours_changing_places_are_always_found(body, place):
    code = code_of(body)
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_well_formed(changed) is (changed == code)


@given(bodies, st.sampled_from(["{}", "{} ", " {}\n", "({})"]), st.booleans())
def test_any_case_and_any_dashes_are_read(body, around, lower):
    code = code_of(body)
    shown = around.format(written(code))
    assert typed_code(shown.lower() if lower else shown) == code


@pytest.mark.parametrize(
    ("typed", "read"), [("iLo0-1u", "11001V"), ("7k3m–9qxr", "7K3M9QXR"), ("", ""), ("đâ", "DA")]
)
def test_look_alikes_are_read_as_what_is_printed(typed, read):
    assert typed_code(typed) == read


def test_it_is_printed_in_groups_of_four():
    assert written("ABCDEFGHJKMNPQ") == "ABCD-EFGH-JKMN-PQ"


@pytest.mark.parametrize("nonsense", ["", "ABCD", "CN2026000123", "A" * 14 + "A", "!" * 14])
def test_nonsense_is_not_a_code(nonsense):
    assert not is_well_formed(nonsense)
