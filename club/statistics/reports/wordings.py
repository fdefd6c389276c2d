"""Words that officers change: as they stand, and each wording before. Shared by reports of figures
and by what is composed of departments' reports.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Mapped, mapped_column

Words = Mapping[str, Any]


class Worded:
    """The columns of what is worded."""

    #: The number under which the document is sent, once there is one.
    document_number: Mapped[str | None]
    #: What officers wrote, by ``TextBlock``.
    texts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: Rises with each change of the words, so that nobody overwrites what somebody else wrote.
    revision: Mapped[int] = mapped_column(default=1)

    @property
    def words(self) -> dict[str, Any]:
        """As they stand now, by field of the form of words."""
        return self.texts | {"document_number": self.document_number or ""}

    def says(self, texts: Words, document_number: str | None) -> bool:
        """Whether these words are those that stand."""
        return _written(self.texts) == _written(texts) and (
            (self.document_number or "") == (document_number or "")
        )

    def reword(self, texts: Words, document_number: str | None) -> dict[str, Any]:
        """Put new words in their place; returns those before, for the step to keep."""
        before = self.words
        self.texts, self.document_number = dict(texts), document_number
        self.revision += 1
        return before


class WordedStep:
    """The columns of a step that may have changed the words."""

    at: Mapped[datetime]
    #: The words as they were before this step changed them, by field of the form of words.
    before: Mapped[dict[str, Any] | None]


Step = TypeVar("Step", bound=WordedStep)


@dataclass(frozen=True)
class Wording(Generic[Step]):
    #: The revision that it was.
    number: int
    #: Who wrote it, and when.
    step: Step
    #: By field of the form of words; ``None``: replaced when wordings were not kept yet.
    words: Words | None


def wordings(worded: Worded, steps: Sequence[Step]) -> list[Wording[Step]]:
    """``steps``: the one it began with, and those that changed its words. The last wording is what
    stands now.
    """
    said: list[Words | None] = [step.before for step in steps[1:]]
    said.append(worded.words)
    return [Wording(number, *one) for number, one in enumerate(zip(steps, said, strict=True), 1)]


def _written(texts: Words) -> dict[str, Any]:
    return {name: text for name, text in texts.items() if text}
