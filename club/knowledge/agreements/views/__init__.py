"""Agreements of firms, for editors and for those who speak for a firm."""

from club.knowledge.agreements.views import firm, office
from club.knowledge.agreements.views.blueprint import bp

__all__ = ["bp", "firm", "office"]
