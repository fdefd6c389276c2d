"""What of a document can be found, in each language."""

from datetime import datetime

from club.knowledge.library.document_file import DocumentFile
from club.search.models import FoundKind
from club.search.operations import index_document


def name_of(slug: str) -> str:
    """The document's name in the index."""
    return f"document:{slug}"


def index_document_of_plan(file: DocumentFile, *, now: datetime) -> None:
    """By its name and title, what it is about, and the words of its lines."""
    for number, language in enumerate(("vi", "en")):
        lines = [one.words if language == "vi" else one.english for one in file.lines]
        issuer = file.issuer[number] if file.issuer else None
        parts = [file.about[number], file.number, issuer, *lines]
        index_document(
            kind=FoundKind.DOCUMENT,
            ref=name_of(file.slug),
            language=language,
            title=f"{file.name[number]}: {file.title[number]}",
            body=" ".join(part for part in parts if part),
            url=f"/knowledge/documents/{file.slug}",
            names=[file.number] if file.number else [],
            now=now,
        )
