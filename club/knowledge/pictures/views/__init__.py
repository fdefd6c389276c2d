"""The package's pages. Importing it hangs all of them on the blueprint."""

from club.knowledge.pictures.views import drafts, proposals, shown
from club.knowledge.pictures.views.blueprint import bp

__all__ = ["bp", "drafts", "proposals", "shown"]
