"""The pages of candidacies. Importing this package hangs all of them on the blueprint."""

from club.certification.views.candidacy import (
    applying,
    board,
    exporting,
    nominating,
    page,
    papers,
    versions,
)
from club.certification.views.candidacy.blueprint import bp

__all__ = ["applying", "board", "bp", "exporting", "nominating", "page", "papers", "versions"]
