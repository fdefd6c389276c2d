"""What search engines are told about a text, in the words of schema.org."""

from typing import Any

from club.knowledge.models import Article
from club.knowledge.summary import Words, summary_points


def article_data(
    article: Article, *, site: str, publisher: str, english: bool
) -> dict[str, object]:
    """An ``Article``, and a ``HowTo`` where the text sums its steps up.

    The text itself is Vietnamese, whatever the reader's language. Its author is the club that
    stands behind it: who wrote it can be read at its revisions, and erased there.
    """
    address = f"{site}/knowledge/{article.slug}"
    club = {"@type": "Organization", "name": publisher, "url": f"{site}/"}
    about = {
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": article.title_en if english else article.title,
        "description": article.summary_en if english else article.summary,
        "inLanguage": "vi",
        "datePublished": article.published_at.isoformat(),
        "dateModified": article.modified_at.isoformat(),
        "author": club,
        "publisher": club,
        "version": article.revision,
        "image": f"{address}/picture.png?revision={article.revision}",
        "mainEntityOfPage": address,
        "isAccessibleForFree": True,
        "citation": [_cited(source) for source in article.sources],
        "encoding": [
            {"@type": "MediaObject", "contentUrl": f"{address}.{ending}", "encodingFormat": media}
            for ending, media in (("pdf", "application/pdf"), ("json", "application/json"))
        ],
    }
    steps = [_plain(step) for point in summary_points(article.body) for step in point.steps]
    if not steps:
        return {"@context": "https://schema.org", **about}
    return {"@context": "https://schema.org", "@graph": [about, _how_to(article, address, steps)]}


def _cited(source: dict[str, Any]) -> dict[str, str]:
    where = {"url": source["url"]} if source["url"] else {}
    return {"@type": "CreativeWork", "name": source["title"], **where}


def _how_to(article: Article, address: str, steps: list[str]) -> dict[str, object]:
    return {
        "@type": "HowTo",
        "@id": f"{address}#steps",
        "name": article.title,
        "description": article.summary,
        "inLanguage": "vi",
        "mainEntityOfPage": address,
        "step": [
            {"@type": "HowToStep", "position": place, "text": text}
            for place, text in enumerate(steps, start=1)
        ],
    }


def _plain(words: list[Words]) -> str:
    return "".join(part.text for part in words)
