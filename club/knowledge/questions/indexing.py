"""What of a published question can be found. It is Vietnamese, and found by English readers too."""

from datetime import datetime

from club.knowledge.questions.models import MemberQuestion
from club.knowledge.rendering import render
from club.search.models import FoundKind
from club.search.operations import forget, index_document


def name_of(question: MemberQuestion) -> str:
    """The question's name in the index."""
    return f"question:{question.public_id}"


def index_question(question: MemberQuestion, *, now: datetime) -> None:
    answer = render(question.answer or "", title=question.title).text
    body = " ".join(part for part in (question.words, answer) if part)
    for language in ("vi", "en"):
        index_document(
            kind=FoundKind.QUESTION,
            ref=name_of(question),
            language=language,
            title=question.title,
            body=body,
            url=f"/knowledge/questions/{question.slug}",
            now=now,
        )


def forget_question(question: MemberQuestion) -> None:
    forget(name_of(question))
