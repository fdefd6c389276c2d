"""Numbers without a gap: taken under a lock, given back when the transaction fails."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from club.db import transaction
from club.records.certificates.models import NumberSeries

#: Also the first letters of every certificate's number.
CERTIFICATES = "CN"


def take_numbers(series: str, *, year: int, count: int) -> range:
    """The next ``count`` numbers of a year, from 1.

    The row of the series stays locked until the caller's transaction ends: whoever comes
    at the same time waits, and gets the numbers again if this transaction fails.
    """
    with transaction() as session:
        row = _locked(series, year)
        if row is None:
            try:
                with session.begin_nested():
                    session.add(NumberSeries(series=series, year=year, last=0))
            except IntegrityError:
                # Another process opened the year in this very moment; its row is there now.
                pass
            row = _locked(series, year)
        assert row
        first = row.last + 1
        row.last += count
        return range(first, row.last + 1)


def _locked(series: str, year: int) -> NumberSeries | None:
    with transaction() as session:
        return session.scalars(
            select(NumberSeries)
            .where(NumberSeries.series == series, NumberSeries.year == year)
            .with_for_update()
            .execution_options(populate_existing=True)
        ).one_or_none()
