"""What the demo club is made of, and the club as it comes."""

import pytest

from club.demo.loading import load_demo
from tests.support.demo import read_content
from tests.support.factories import NOW
from tests.support.kept import kept


@pytest.fixture
def reference():
    read_content(now=NOW)


@pytest.fixture
def club():
    """The demo club as it comes by default."""
    kept("default demo", _load_default_demo)


def _load_default_demo():
    read_content(now=NOW)
    load_demo(now=NOW)
