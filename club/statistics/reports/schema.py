"""The form of a report's content, for programs that read it."""

from club.periods import Cut
from club.statistics.dimensions import Dimension
from club.statistics.reports.models import ReportKind, TextBlock
from club.web.described import (
    DAY,
    FLAG,
    INTEGER,
    MOMENT,
    NUMBER,
    TEXT,
    list_of,
    maybe,
    one_of,
    record,
)

_IN_BOTH = record(vi=TEXT, en=TEXT)
_NAMES = record(vi=list_of(TEXT), en=list_of(TEXT))
_FIGURES = {"turns": INTEGER, "people": INTEGER, "hours": NUMBER, "completed": INTEGER}
_MEASURE = record(name=_IN_BOTH, meaning=_IN_BOTH)
_DONE = record(at=MOMENT, by=maybe(TEXT))

CONTENT = record(
    format=INTEGER,
    report=record(
        id=TEXT, version=INTEGER, kind=one_of(ReportKind), title=TEXT, unit=maybe(_IN_BOTH),
        correction_reason=maybe(TEXT), document_number=maybe(TEXT),
        may_have={"only_unit": maybe(TEXT)},
    ),
    period=record(**{"from": DAY, "to": DAY, "cut": one_of(Cut), "name": TEXT}),
    as_of=MOMENT,
    letterhead=record(
        superior=TEXT, issuer=TEXT, symbol=TEXT, place=TEXT, signs_for=TEXT, signer_title=TEXT,
        signer_name=TEXT, recipients=TEXT,
    ),
    texts=record(**{block.value: TEXT for block in TextBlock}),
    definitions=record(version=TEXT, measures=record(**dict.fromkeys(_FIGURES, _MEASURE))),
    total=record(**_FIGURES),
    tables=list_of(
        record(
            by=list_of(one_of(Dimension)),
            heads=_NAMES,
            rows=list_of(record(keys=list_of(maybe(TEXT)), names=_NAMES, **_FIGURES)),
        )
    ),
    rows=list_of(
        record(
            record=TEXT, person=TEXT, run=TEXT, day=DAY, course=TEXT, topic=TEXT, audience=TEXT,
            organisation=maybe(TEXT), unit=maybe(TEXT), sector=maybe(TEXT), sex=TEXT,
            funding=TEXT, minutes=INTEGER, completed=FLAG,
        )
    ),
    may_have={"checked": _DONE, "frozen": _DONE},
)  # fmt: skip
