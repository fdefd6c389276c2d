"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.records.views import certificates, closing, teaching, verification
from club.records.views.blueprint import bp

__all__ = ["bp", "certificates", "closing", "teaching", "verification"]
