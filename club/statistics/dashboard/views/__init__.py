from club.statistics.dashboard.views import page, places
from club.statistics.dashboard.views.blueprint import bp

__all__ = ["bp", "page", "places"]
