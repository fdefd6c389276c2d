"""Documents as Vietnamese offices set them (Decree 30/2020/NĐ-CP, appendix I): A4, Times New Roman,
state title and motto, number and symbol, place and date, signature and recipients.

Sizes and margins are those of the decree; where it gives a range, one value is used throughout. The
words of a document are data, in Vietnamese.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from club.documents.pdf import pdf, png

_CHART_PPI = 220


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class Table:
    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    #: The first column that holds figures.
    figures_from: int


@dataclass(frozen=True)
class Bars:
    """A chart of one figure for each name. ``values`` as they are drawn, ``written`` as they are
    read.
    """

    caption: str
    names: Sequence[str]
    values: Sequence[float]
    written: Sequence[str]


@dataclass(frozen=True)
class Annex:
    """What follows begins on a page of its own."""

    title: str


Block = Heading | Paragraph | Table | Bars | Annex


@dataclass(frozen=True)
class AdministrativeDocument:
    #: In capitals by the layout; empty where there is none.
    superior: str
    issuer: str
    #: Number and symbol without "Số:", such as ``12/BC-PKT``.
    number: str
    place: str
    #: ``None`` in a draft: the day is left to be written in.
    day: date | None
    #: What kind of document it is, such as ``Báo cáo``.
    kind: str
    subject: str
    blocks: Sequence[Block]
    signs_for: str
    signer_title: str
    signer_name: str
    recipients: Sequence[str]

    @property
    def place_and_date(self) -> str:
        """Days below ten and the first two months carry a nought, so that none is added."""
        place = f"{self.place or '……………'}, "
        if self.day is None:
            return f"{place}ngày … tháng … năm …"
        month = f"{self.day.month:02d}" if self.day.month < 3 else f"{self.day.month}"
        return f"{place}ngày {self.day.day:02d} tháng {month} năm {self.day.year}"


def administrative_pdf(document: AdministrativeDocument, *, made_at: datetime) -> bytes:
    """The same input gives the same bytes. Times New Roman is not free: a serif stands in."""
    blocks = [
        {"is": type(block).__name__} | asdict(block) | _widths(block) for block in document.blocks
    ]
    data = asdict(document) | {"blocks": blocks, "place_and_date": document.place_and_date}
    return pdf("documents/administrative.typ", data | {"day": None}, made_at=made_at)


def bars_png(bars: Bars) -> bytes:
    return png("documents/bars.typ", asdict(bars), ppi=_CHART_PPI)


def word_shares(table: Table) -> list[float]:
    """How the columns that hold words share the width: with the root of their longest cells, so
    that one of whole sentences gets more and one of single words still enough.
    """
    lines = [table.heads, *table.rows]
    longest = [max(len(line[n]) for line in lines) for n in range(table.figures_from)]
    needed = [max(n, max(longest) / 5) ** 0.5 for n in longest]
    return [one / sum(needed) for one in needed]


def _widths(block: Block) -> dict[str, list[float]]:
    return {"word_shares": word_shares(block)} if isinstance(block, Table) else {}
