"""What of an article can be found, in each language."""

from datetime import datetime

from club.files.fields import Said
from club.knowledge.models import Article, ArticleKind, CaseStudy, Measure
from club.search.models import FoundKind
from club.search.operations import index_document


def name_of(article: Article) -> str:
    """The article's name in the index."""
    return f"{article.kind.value}:{article.slug}"


def index_article(article: Article, *, words: Said, now: datetime) -> None:
    """In Vietnamese the whole text; in English the short version, if any, summary and facts.

    ``words`` are those of the texts without their markup.
    """
    texts = {
        "vi": (article.title, [article.summary, words.vi, *_facts(article.case)]),
        "en": (article.title_en, [article.summary_en, words.en, *_facts_in_english(article.case)]),
    }
    for language, (title, parts) in texts.items():
        parts += [_measured(one, language) for one in article.measures]
        index_document(
            kind=FoundKind(article.kind.value),
            ref=name_of(article),
            language=language,
            title=title,
            body=" ".join(_sentence(part) for part in parts if part),
            url=f"/knowledge/{article.slug}",
            names=_names(article, language),
            now=now,
        )


def _names(article: Article, language: str) -> list[str]:
    """What a tool's page is about, which its title says at greater length."""
    if article.kind is not ArticleKind.TOOL:
        return []
    return [tool.name if language == "vi" else tool.name_en for tool in article.tools[:1]]


def _facts(case: CaseStudy | None) -> list[str | None]:
    if case is None:
        return []
    return [case.organisation, case.place, case.size, case.programme, case.problem]


def _facts_in_english(case: CaseStudy | None) -> list[str | None]:
    if case is None:
        return []
    name = case.organisation_en or case.organisation
    facts = [name, case.place, case.size_en, case.programme_en, case.problem_en]
    return [*facts, case.how_measured_en, *case.unknown_en]


def _measured(measure: Measure, language: str) -> str:
    return measure.metric if language == "vi" else measure.metric_en


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", ":", "!")) else f"{text}."
