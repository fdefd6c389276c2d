from club.statistics.reports.views import desk, files, letterhead, versions, wordings
from club.statistics.reports.views.blueprint import bp

__all__ = ["bp", "desk", "files", "letterhead", "versions", "wordings"]
