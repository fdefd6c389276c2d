"""The room's pages. Importing this package hangs all of them on the blueprint."""

from club.privacy.views import office, own, requests
from club.privacy.views.blueprint import bp

__all__ = ["bp", "office", "own", "requests"]
