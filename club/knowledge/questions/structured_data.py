"""What search engines are told about a published question, in the words of schema.org."""

from club.knowledge.questions.models import MemberQuestion
from club.knowledge.rendering import render


def question_data(question: MemberQuestion, *, site: str, publisher: str) -> dict[str, object]:
    """A ``QAPage``. The club answers; who asked is nobody's business."""
    address = f"{site}/knowledge/questions/{question.slug}"
    published = question.published_at.date().isoformat() if question.published_at else None
    modified = question.modified_at.date().isoformat() if question.modified_at else published
    return {
        "@context": "https://schema.org",
        "@type": "QAPage",
        "@id": address,
        "url": address,
        "inLanguage": "vi",
        "mainEntity": {
            "@type": "Question",
            "name": question.title,
            "text": question.words or question.title,
            "datePublished": published,
            "answerCount": 1,
            "acceptedAnswer": {
                "@type": "Answer",
                "text": render(question.answer or "", title=question.title).text,
                "url": f"{address}#answer",
                "datePublished": published,
                "dateModified": modified,
                "author": {"@type": "Organization", "name": publisher, "url": f"{site}/"},
            },
        },
    }
