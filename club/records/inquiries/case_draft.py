"""The beginning of a case study, made of what somebody answered.

What only its writer can know is left open, so that the site refuses to publish it as it is. It
names no person.
"""

from datetime import date
from decimal import Decimal

from club.knowledge.editing.documents import blank
from club.knowledge.facts import Document
from club.knowledge.models import ArticleKind, Direction, ResultKind
from club.knowledge.proposals.operations import about
from club.people.models import Organisation
from club.records.inquiries.models import FollowUp


def case_draft(answer: FollowUp, *, employer: Organisation | None, today: date) -> Document:
    """``employer``: where the person worked on the day of the class. It has to agree as well."""
    run = answer.inquiry.run
    source = {"title": f"Trả lời sau lớp {run.code}", "url": None, "secondary": False}
    return about(employer, blank(ArticleKind.CASE, today=today)) | {
        "topics": [run.course.topic.key],
        "courses": [run.course.code],
        "sources": [source],
        "year": str(answer.answered_at.year),
        "result_kind": _result_kind(answer).value,
        "measures": [_measure(answer)] if answer.is_measured else [],
        "how_measured": _said(answer.measured_how),
        "body": _body(answer),
    }


def _body(answer: FollowUp) -> str:
    parts = [("Đã làm gì", answer.applied), ("Kết quả", answer.changed)]
    return "\n\n".join(f"## {heading}\n\n{text}" for heading, text in parts if text)


def _result_kind(answer: FollowUp) -> ResultKind:
    return ResultKind.MEASURED_BEFORE_AFTER if answer.is_measured else ResultKind.REPORTED_CHANGE


def _measure(answer: FollowUp) -> Document:
    assert answer.before is not None
    assert answer.after is not None
    is_less = answer.after < answer.before
    return {
        "metric": _said(answer.quantity),
        "about": None,
        "unit": _said(answer.unit),
        "before": _plain(answer.before),
        "after": _plain(answer.after),
        "change": None,
        # Taken for what was wanted; its writer knows.
        "direction": (Direction.LOWER if is_less else Direction.HIGHER).value,
        "period": None,
        "note": None,
    }


def _said(vietnamese: str | None) -> dict[str, str] | None:
    return {"vi": vietnamese, "en": ""} if vietnamese else None


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
