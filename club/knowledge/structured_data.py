"""What search engines are told about a text, in the words of schema.org."""

from club.knowledge.models import Article


def article_data(
    article: Article, *, site: str, publisher: str, english: bool
) -> dict[str, object]:
    """An ``Article``; the text itself is Vietnamese, whatever the reader's language."""
    address = f"{site}/knowledge/{article.slug}"
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": article.title_en if english else article.title,
        "description": article.summary_en if english else article.summary,
        "inLanguage": "vi",
        "datePublished": article.published_at.date().isoformat(),
        "dateModified": article.modified_at.date().isoformat(),
        "publisher": {"@type": "Organization", "name": publisher, "url": f"{site}/"},
        "citation": [source["url"] or source["title"] for source in article.sources],
    }
