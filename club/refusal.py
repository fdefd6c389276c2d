"""How an operation says no: with the verdict of a rule, never with a bare boolean."""

from enum import StrEnum


class RefusedError(Exception):
    """An operation did not happen. ``refusal`` is the rule's verdict, an English sentence
    that the catalogue translates; ``field`` names the form field to mend, where there is one.
    """

    def __init__(self, refusal: StrEnum, *, field: str | None = None) -> None:
        super().__init__(refusal)
        self.refusal = refusal
        self.field = field
