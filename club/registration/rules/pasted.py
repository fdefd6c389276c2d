"""What can be wrong with a list that somebody pasted."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Mistake:
    """Something to mend: a sentence of the catalogue, and what it speaks of."""

    problem: StrEnum
    #: ``None``: about the list as a whole.
    number: int | None = None
    #: What is filled into the sentence.
    values: dict[str, object] = field(default_factory=dict)
    #: The line as it was typed.
    line: str = ""
