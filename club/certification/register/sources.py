"""Where the register's certifications come from. Each source answers three questions; the register
asks all of them, so that another kind of certification is one more source.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select

from club.certification.register import outside, own
from club.certification.register.facts import Holding, Shown, Title, Wanted


@dataclass(frozen=True)
class Source:
    #: Ids of the people who hold what is wanted (scheme and level of it), standing on a day in
    #: one of these ways.
    holders: Callable[[Wanted, Collection[Shown], date], Select[int]]
    #: What people hold on a day, as far as it may be shown, the latest issued first.
    holdings_of: Callable[[Collection[int], date], dict[int, list[Holding]]]
    #: All that valid ones of these people are of.
    titles: Callable[[Select[int], date], list[Title]]


SOURCES = [
    Source(own.holders, own.holdings_of, own.titles),
    Source(outside.holders, outside.holdings_of, outside.titles),
]
