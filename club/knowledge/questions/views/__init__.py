"""The pages of questions. Importing this package hangs all of them on the blueprint."""

from club.knowledge.questions.views import drafting, office, own, public
from club.knowledge.questions.views.blueprint import bp

__all__ = ["bp", "drafting", "office", "own", "public"]
