"""When certificates are looked at: two days after the class was closed."""

from datetime import timedelta

from tests.support.factories import NOW

LATER = NOW + timedelta(days=2)
