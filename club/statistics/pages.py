"""Pages and words of the whole room, for the roof."""

from club.statistics.dashboard.views import bp as dashboard_bp
from club.statistics.elsewhere.views import bp as elsewhere_bp
from club.statistics.labels import LABELS as OWN_LABELS
from club.statistics.quality.labels import LABELS as QUALITY_LABELS
from club.statistics.reports.labels import LABELS as REPORTS_LABELS
from club.statistics.reports.views import bp as reports_bp
from club.statistics.views import bp
from club.statistics.weekly.views import bp as weekly_bp
from club.web.layout import Labels

BLUEPRINTS = [bp, dashboard_bp, elsewhere_bp, reports_bp, weekly_bp]
LABELS: list[Labels] = [OWN_LABELS, QUALITY_LABELS, *REPORTS_LABELS]
