from club.reporting.views import asking, office_report, own, reporters, summaries
from club.reporting.views.blueprint import office_bp, units_bp

BLUEPRINTS = [office_bp, units_bp]

__all__ = ["BLUEPRINTS", "asking", "office_report", "own", "reporters", "summaries"]
