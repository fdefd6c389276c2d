"""The beginning of a case study, made of what somebody answered: a file for ``content/cases/``.

What only its writer can know is left open, so that the site refuses to publish it as it is. It
names no person.
"""

from decimal import Decimal
from typing import Any

import yaml

from club.knowledge.models import Direction, ResultKind
from club.people.models import Organisation
from club.records.inquiries.models import FollowUp

_BODY = """
## Vấn đề

(Trước khi học lớp {run}, việc này diễn ra thế nào?)

## Đã làm gì

{applied}

## Kết quả

{changed}
"""


def case_draft(answer: FollowUp, *, employer: Organisation | None) -> str:
    """``employer``: where the person worked on the day of the class. It has to agree as well."""
    matter = _facts(answer) | _figures(answer)
    matter["organisation"]["name"] = employer.name if employer else None
    matter["sector"] = employer.sector if employer else None
    said = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=10_000)
    body = _BODY.format(
        run=answer.inquiry.run.code,
        applied=answer.applied,
        changed=answer.changed or "(Điều gì đã thay đổi?)",
    )
    return f"---\n{said}---\n{body}"


def _facts(answer: FollowUp) -> dict[str, Any]:
    """In the order of the files that are there; ``None`` is for the writer."""
    run = answer.inquiry.run
    return {
        "kind": "case",
        "title": _said(None),
        "summary": _said(None),
        "topics": [run.course.topic.key],
        "tools": [],
        "courses": [run.course.code],
        "checked_on": None,
        "sources": [{"title": f"Trả lời sau lớp {run.code}", "url": None, "secondary": False}],
        "organisation": {"name": None, "name_unconfirmed": True},
        "country": "VN",
        "place": None,
        "sector": None,
        "size": None,
        "year": str(answer.answered_at.year),
        "programme": None,
        "problem": None,
    }


def _figures(answer: FollowUp) -> dict[str, Any]:
    return {
        "result_kind": _result_kind(answer).value,
        "strength": None,
        "measures": [_measure(answer)] if answer.is_measured else [],
        "how_measured": _said(answer.measured_how) if answer.measured_how else None,
        "unknown": {"vi": [], "en": []},
    }


def _result_kind(answer: FollowUp) -> ResultKind:
    return ResultKind.MEASURED_BEFORE_AFTER if answer.is_measured else ResultKind.REPORTED_CHANGE


def _measure(answer: FollowUp) -> dict[str, Any]:
    assert answer.before is not None
    assert answer.after is not None
    is_less = answer.after < answer.before
    return {
        "metric": _said(answer.quantity),
        "unit": _said(answer.unit) if answer.unit else None,
        "before": _plain(answer.before),
        "after": _plain(answer.after),
        "change": None,
        # Taken for what was wanted; its writer knows.
        "direction": (Direction.LOWER if is_less else Direction.HIGHER).value,
        "period": None,
        "note": None,
    }


def _said(vietnamese: str | None) -> dict[str, str | None]:
    return {"vi": vietnamese, "en": None}


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
