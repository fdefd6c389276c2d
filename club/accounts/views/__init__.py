"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.accounts.views import joining, office, own, privacy
from club.accounts.views.blueprint import bp

__all__ = ["bp", "joining", "office", "own", "privacy"]
