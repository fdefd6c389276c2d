"""The pages of requests for help. Importing this package hangs all of them on the blueprint."""

from club.certification.views.helping import asking, desk, page
from club.certification.views.helping.blueprint import bp

__all__ = ["asking", "bp", "desk", "page"]
