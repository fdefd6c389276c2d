"""The package's pages. Importing it hangs all of them on the blueprint."""

from club.knowledge.editing.views import desk, drafts, reviews, revisions
from club.knowledge.editing.views.blueprint import bp

__all__ = ["bp", "desk", "drafts", "reviews", "revisions"]
