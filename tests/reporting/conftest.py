import pytest

from tests.reporting.kit import a_coordinator, a_department


@pytest.fixture
def unit(context):
    return a_department("Phòng Kiểm thử")


@pytest.fixture
def coordinator(sign_in):
    return sign_in(a_coordinator())
