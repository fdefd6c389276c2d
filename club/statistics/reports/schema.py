"""The form of a report's content, for programs that read it."""

from club.periods import Cut
from club.plan.models import TargetKind
from club.statistics.dimensions import Dimension
from club.statistics.reports.beside.telling import Part
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
_WORD = record(key=TEXT, name=_IN_BOTH)
_TARGET = record(
    code=TEXT, line=TEXT, name=_IN_BOTH, indicator=_IN_BOTH, measured_in=_IN_BOTH,
    by_year=INTEGER, kind=one_of(TargetKind), op=maybe(TEXT), wanted=maybe(NUMBER),
    value=maybe(NUMBER), expected=maybe(NUMBER), missing=maybe(NUMBER), state=_WORD,
    progress=_WORD, source=maybe(TEXT),
)  # fmt: skip
_CERTIFICATE = record(
    code=TEXT, holder=TEXT, scheme=TEXT, standing=_WORD, issued_on=DAY, expires_on=maybe(DAY),
    supported=FLAG,
)  # fmt: skip
_PROJECT = record(
    code=TEXT, firm=TEXT, size=_WORD, started_on=DAY, ended_on=maybe(DAY), outcome=_WORD,
    counts=FLAG,
)  # fmt: skip
_REPORTED = record(
    code=TEXT, unit=_WORD, topic=_WORD, audience=_WORD, turns=INTEGER, hours=maybe(NUMBER),
    source=TEXT, **{"from": DAY, "to": DAY},
)  # fmt: skip
_BESIDE = record(
    on=DAY,
    parts=list_of(
        record(
            part=one_of(Part),
            name=_IN_BOTH,
            meaning=_IN_BOTH,
            totals={"type": "object", "additionalProperties": NUMBER},
            lines=list_of(
                record(by=TEXT, key=TEXT, name=_IN_BOTH, people=INTEGER, certificates=INTEGER)
            ),
            rows=list_of({"oneOf": [_TARGET, _CERTIFICATE, _PROJECT, _REPORTED]}),
        )
    ),
)

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
    # Reports frozen in format 1 or 2 have nothing beside.
    may_have={"checked": _DONE, "frozen": _DONE, "beside": _BESIDE},
)  # fmt: skip
