"""Certified experts and candidates in figures. Importing this package hangs all of its pages on
the blueprint.
"""

from club.certification.views.figures import files, page, rows
from club.certification.views.figures.blueprint import bp

__all__ = ["bp", "files", "page", "rows"]
