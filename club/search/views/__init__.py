from club.search.views import results, suggestions
from club.search.views.blueprint import bp

__all__ = ["bp", "results", "suggestions"]
