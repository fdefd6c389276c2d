"""What the log knows the lists behind trainee figures by, and who stands in which: one list for
each month in which classes ended.
"""

from collections.abc import Iterable

from sqlalchemy import String, cast, func, select

from club.records.models import TrainingRecord
from club.web.personal_data import Rows, Whose

KIND = "trainee_figures"
_YEAR_AND_MONTH = len("2026-03")


def months_listed(records: Iterable[TrainingRecord]) -> list[str]:
    """Such as ``2026-03``, in the order of the records."""
    return list(dict.fromkeys(str(record.day)[:_YEAR_AND_MONTH] for record in records))


def months_with(whose: Whose) -> Rows:
    """The lists that may name somebody, and since when."""
    month = func.substr(cast(TrainingRecord.day, String), 1, _YEAR_AND_MONTH)
    return (
        select(month.label("month"), func.min(TrainingRecord.computed_at))
        .where(TrainingRecord.person_id == whose.person_id, TrainingRecord.counts)
        .group_by(month)
    )
