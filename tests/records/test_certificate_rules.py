import pytest

from club.records.certificates.models import CertificateState
from club.records.certificates.rules import Refusal, masked_name, refusal_to_revoke


def test_only_a_valid_certificate_is_revoked_and_only_with_a_reason():
    assert refusal_to_revoke(CertificateState.VALID, "Nhầm") is None
    assert refusal_to_revoke(CertificateState.VALID, None) is Refusal.REASON_MISSING
    assert refusal_to_revoke(CertificateState.REVOKED, "Nhầm") is Refusal.NOT_VALID_ANY_MORE


@pytest.mark.parametrize(
    ("full", "masked"),
    [
        ("Nguyễn Thị Dung", "Nguyễn Thị D."),
        ("Trần Văn Đạt", "Trần Văn Đ."),
        ("Ánh", "Á."),
        ("lê ý", "lê Ý."),
    ],
)
def test_strangers_see_the_first_letter_of_the_given_name(full, masked):
    assert masked_name(full) == masked
