"""Choosing documents by what they are, and counting what another choice would leave."""

from collections import Counter
from dataclasses import dataclass, fields, replace
from datetime import date

from club.knowledge.library.models import Document
from club.knowledge.library.queries import ListedDocument
from club.knowledge.library.rules import DocumentStatus, status_of


@dataclass(frozen=True)
class Shelved:
    """A document as the list shows it on a day."""

    document: Document
    status: DocumentStatus

    @property
    def traits(self) -> dict[str, str]:
        """By what it is chosen; empty where no source says it."""
        one = self.document
        return {
            "kind": one.kind.value,
            "status": self.status.value,
            "issuer": one.issuer or "",
            "year": str(one.dated.year) if one.dated else "",
        }


@dataclass(frozen=True)
class Chosen:
    """What is asked for in the address; an empty text asks for nothing."""

    kind: str = ""
    status: str = ""
    issuer: str = ""
    year: str = ""

    def used(self) -> dict[str, str]:
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}

    def fits(self, one: Shelved) -> bool:
        return all(one.traits[name] == value for name, value in self.used().items())


def shelved(listed: list[ListedDocument], *, on: date) -> list[Shelved]:
    return [
        Shelved(
            one.document,
            status_of(
                one.document.status,
                is_replaced=one.is_replaced,
                until_year=one.document.until_year,
                on=on,
            ),
        )
        for one in listed
    ]


def counts_by(shelf: list[Shelved], chosen: Chosen, name: str) -> Counter[str]:
    """How many documents each value of ``name`` would leave, all other choices kept."""
    others = replace(chosen, **{name: ""})
    values = (one.traits[name] for one in shelf if others.fits(one))
    return Counter(value for value in values if value)
