"""What the files of the library say, read without bringing anything in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from club.files.content_error import Fault
from club.files.plain_yaml import read_yaml
from club.knowledge.article_file import read_article_file
from club.knowledge.article_rules import FOLDERS, Known
from club.knowledge.facts import ArticleFacts
from club.knowledge.library.document_file import DocumentFile, read_document_file


@dataclass(frozen=True)
class Shelf:
    """The files below ``folder``, which is ``content/``."""

    folder: Path

    @cached_property
    def texts(self) -> dict[str, ArticleFacts]:
        """Cases, tools and articles by their path below the folder."""
        read = {path: read_article_file(path, text, known=self._known) for path, text in self._raw}
        return {path: facts for path, (facts, _faults) in read.items() if facts}

    @cached_property
    def documents(self) -> dict[str, DocumentFile]:
        paths = sorted((self.folder / "documents").glob("*.yaml"))
        known = {path.stem for path in paths}
        return {
            f"documents/{path.name}": read_document_file(
                f"documents/{path.name}", path.read_text(encoding="utf-8"), known=known
            )[0]
            for path in paths
        }

    @property
    def faults(self) -> list[Fault]:
        """What the sync would refuse of cases, tools and articles."""
        read = (read_article_file(path, text, known=self._known) for path, text in self._raw)
        return [fault for _facts, faults in read for fault in faults]

    def rows(self, name: str, of: str | None = None) -> list[dict[str, Any]]:
        """The list of a file such as ``courses.yaml``."""
        given = read_yaml(self.folder / f"{name}.yaml")
        return list(given[of or name])

    def text_of(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    @cached_property
    def _known(self) -> Known:
        return Known(
            {row["key"] for row in self.rows("topics")},
            {row["key"] for row in self.rows("tool_names", "tools")},
        )

    @property
    def _raw(self) -> Iterator[tuple[str, str]]:
        for kind in FOLDERS:
            for path in sorted((self.folder / kind).glob("*.md")):
                yield f"{kind}/{path.name}", path.read_text(encoding="utf-8")
