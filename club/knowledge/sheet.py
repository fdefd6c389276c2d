"""A tool on one page of paper, for the wall of a workshop, as a PDF."""

from dataclasses import asdict

from club import clock
from club.documents.pdf import pdf
from club.documents.qr import qr_drawing
from club.knowledge.models import Article
from club.knowledge.summary import Point


def one_page_sheet(article: Article, points: list[Point], *, club: str, address: str) -> bytes:
    """What the page's own summary says, in Vietnamese; the QR code leads to the page."""
    data = {
        "club": club,
        "title": article.title,
        "lead": article.summary,
        "points": [asdict(point) for point in points],
        "checked": f"{article.checked_on:%d/%m/%Y}",
        "address": address,
        "qr": qr_drawing(address, border=0),
        "qr-alt": f"Mã QR của bài đầy đủ tại {address}",
    }
    return pdf("knowledge/sheet.typ", data, made_at=clock.local(article.modified_at))
