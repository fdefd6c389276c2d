from flask_babel import lazy_gettext

from club.plan.budget.models import MoneySource
from club.web.layout import Labels

LABELS: Labels = {
    MoneySource.SCIENCE_BUDGET: lazy_gettext("Science budget"),
    MoneySource.ENTERPRISE: lazy_gettext("Money of enterprises"),
    MoneySource.OTHER: lazy_gettext("Other lawful sources"),
}
