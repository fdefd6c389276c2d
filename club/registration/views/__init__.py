"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.registration.views import office, taking_part, terms
from club.registration.views.blueprint import bp

__all__ = ["bp", "office", "taking_part", "terms"]
