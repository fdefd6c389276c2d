import unicodedata

import pytest

from club.accounts.email_address import normal_email
from club.accounts.passwords import normal_password
from club.accounts.rules import (
    AccountRefusal,
    is_same_name,
    refusal_to_lose_administrator,
    refusal_to_take_password,
)
from club.refusal import RefusedError

LETTERS, FORM = AccountRefusal.EMAIL_LETTERS, AccountRefusal.EMAIL_FORM


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("an@example.vn", "an@example.vn"),
        (" AN@Example.VN ", "an@example.vn"),
        ("an+khoa1@example.vn", "an+khoa1@example.vn"),
        ("an@xn--v-0ga.vn", "an@xn--v-0ga.vn"),
        ("o'hara@example.vn", "o'hara@example.vn"),
        ("hoivien@club.example", "hoivien@club.example"),
    ],
)
def test_addresses_get_one_form(typed, stored):
    assert normal_email(typed) == stored


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("аn@example.vn", LETTERS),
        ("an@exаmple.vn", LETTERS),
        ("ｎguyen@example.vn", LETTERS),
        ("ánh@example.vn", LETTERS),
        (unicodedata.normalize("NFD", "ánh@example.vn"), LETTERS),
        ("İstanbul@example.vn", LETTERS),
        ("ß@example.vn", LETTERS),
        ("an@example.vn\u200b", LETTERS),
        ('"a b"@example.vn', FORM),
        ("an@example.vn\\nBcc: x@example.vn", FORM),
        ("an@example.vn\nBcc: x@example.vn", FORM),
        ("an@example.vn%0aBcc:x@example.vn", FORM),
        ("a@b", FORM),
        ("a" * 65 + "@example.vn", FORM),
        ("an@[127.0.0.1]", FORM),
        ("an@localhost", FORM),
        ("<script>@example.vn", FORM),
        ("an@example.vn.", FORM),
        (".an@example.vn", FORM),
        ("An <an@example.vn>", FORM),
        ("a" * 5000, FORM),
    ],
)
def test_hostile_addresses_are_refused(typed, refusal):
    with pytest.raises(RefusedError) as refused:
        normal_email(typed)
    assert (refused.value.refusal, refused.value.field) == (refusal, "email")


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("elevenchars", AccountRefusal.PASSWORD_TOO_SHORT),
        ("twelve chars", None),
        ("aaaaaaaaaaaaaaaaaaaa", AccountRefusal.PASSWORD_TOO_PLAIN),
        ("Password1234", AccountRefusal.PASSWORD_TOO_PLAIN),
        ("AN.NGUYEN@example.vn", AccountRefusal.PASSWORD_TOO_PLAIN),
        ("x1y2" * 51, AccountRefusal.PASSWORD_TOO_LONG),
    ],
)
def test_passwords_are_long_and_not_plain(password, refusal):
    assert refusal_to_take_password(password, email="an.nguyen@example.vn") is refusal


def test_a_password_has_one_form_however_it_is_composed():
    assert normal_password(unicodedata.normalize("NFD", "Ngữ")) == "Ngữ"
    assert normal_password("ｐａｓｓ") == "pass"


def test_names_are_compared_without_marks_and_case():
    assert is_same_name("NGUYEN VAN HOA", "Nguyễn Văn Hòa")
    assert is_same_name("Nguyễn Văn Hoà", "Nguyễn Văn Hòa")
    assert not is_same_name("Nguyễn Văn Hòa", "Nguyễn Văn Hoan")


def test_the_last_administrator_stays():
    lost = AccountRefusal.LAST_ADMINISTRATOR
    assert refusal_to_lose_administrator(losing=True, other_administrators=0) is lost
    assert refusal_to_lose_administrator(losing=True, other_administrators=1) is None
    assert refusal_to_lose_administrator(losing=False, other_administrators=0) is None
