"""A text on paper as it stood in one revision, as a PDF."""

from datetime import datetime

from flask_babel import force_locale

from club import clock
from club.documents.pdf import pdf
from club.documents.qr import qr_drawing
from club.files.storage import storage
from club.knowledge.citing.blocks import Part, blocks_of
from club.knowledge.evidence.bands import begun_in
from club.knowledge.facts import ArticleFacts, CaseFacts, MeasureFacts, OtherFigure
from club.knowledge.figures import written
from club.knowledge.labels import LABELS, caution
from club.knowledge.models import Strength
from club.knowledge.pictures.addresses import PictureAddress
from club.knowledge.pictures.queries import version_at
from club.people.sectors import sector_name

_UNKNOWN_HEADING = "Điều chưa biết"
#: As wide as paper needs it.
_PRINTED_WIDTH = 960
Rows = list[tuple[str, str]]


def text_on_paper(
    facts: ArticleFacts, *, number: int, published_at: datetime, address: str, club: str
) -> bytes:
    """In Vietnamese, with the short version in English below. ``number``: of the revision, which
    ``address`` leads to.
    """
    with force_locale("vi"):
        data = _data(facts, number=number, published_at=published_at, address=address, club=club)
    return pdf("knowledge/citing/text.typ", data, made_at=clock.local(published_at))


def _data(
    facts: ArticleFacts, *, number: int, published_at: datetime, address: str, club: str
) -> dict[str, object]:
    site, case = address.partition("/knowledge/")[0], facts.case
    published = f"{clock.local_day(published_at):%d/%m/%Y}"
    blocks = blocks_of(facts.body, site=site)
    english = blocks_of(facts.english or "", site=site)
    return {
        "club": club,
        "kicker": sector_name(case.sector) if case else str(LABELS[facts.kind]),
        "title": facts.title.vi,
        "lead": facts.summary.vi,
        "keywords": [facts.slug, f"bản {number}"],
        "citation": f"{address}   Bản số {number}, {published}",
        "qr": qr_drawing(address, border=0),
        "qr-alt": f"Mã QR của bản này tại {address}",
        "caution": _caution(case) if case else "",
        "measures": [_measure(one, case) for one in case.measures] if case else [],
        "facts": _facts(case) if case else [],
        "blocks": blocks,
        "english": english,
        "unknown": case.unknown if case and not _says_what_is_unknown(blocks) else [],
        "sources": [_source(one) for one in facts.sources],
        "checks": [*_evidence(case), ("Đối chiếu với nguồn", f"{facts.checked_on:%d/%m/%Y}")],
        "pictures": _pictures([*blocks, *english]),
    }


def _caution(case: CaseFacts) -> str:
    if not caution(case.strength, case.result_kind):
        return ""
    return (
        f"{LABELS[case.result_kind]}. {LABELS[case.strength]} Hãy đọc để lấy cách làm,"
        " đừng dẫn số liệu như kết quả đã đạt."
    )


def _facts(case: CaseFacts) -> Rows:
    name = case.organisation
    if case.name_unconfirmed:
        name += " (nguồn viết tên không dấu, chưa xác nhận)"
    rows = [
        ("Đơn vị", name),
        ("Ở đâu", case.place),
        ("Quy mô", case.size),
        ("Năm", f"từ {first}" if (first := begun_in(case.year)) else case.year),
        ("Thời gian làm", case.duration),
        ("Chi phí", case.cost),
        ("Chương trình", case.programme),
        ("Vấn đề", case.problem),
    ]
    return [
        (label, value if isinstance(value, str) else value.vi) for label, value in rows if value
    ]


def _evidence(case: CaseFacts | None) -> Rows:
    if case is None:
        return []
    how = [("Cách đo", case.how_measured.vi)] if case.how_measured else []
    return [
        ("Kết quả lấy từ đâu", str(LABELS[case.result_kind])),
        *how,
        ("Mức bằng chứng", f"Mức {case.strength.value}. {LABELS[case.strength]}"),
    ]


def _measure(measure: MeasureFacts, case: CaseFacts) -> dict[str, str]:
    unit = measure.unit.vi if measure.unit else ""
    said = [measure.period, measure.note, measure.how_measured]
    notes = [one.vi for one in said if one]
    notes += [_conflicting(one) for one in measure.conflicts]
    notes += [f"Mức {measure.strength.value}"] if measure.strength else []
    notes += [f"Nguồn số {measure.source}"] if measure.source else []
    return {
        "metric": f"{measure.metric.vi} ({unit})" if unit else measure.metric.vi,
        "note": ". ".join(notes),
        "before": measure.before_text or "–",
        "after": measure.after_text or "–",
        "change": measure.change.vi
        if measure.change
        else _worked_out(measure, case.strength_of(measure)),
    }


def _conflicting(other: OtherFigure) -> str:
    change = other.change.vi if other.change else ""
    given = ", ".join(part for part in (other.figures, change) if part)
    return f"Nguồn còn ghi {given} ({other.where.vi})"


def _worked_out(measure: MeasureFacts, strength: Strength) -> str:
    """From exact numbers of what was measured alone, as the page does."""
    before, after = measure.before, measure.after
    if strength is Strength.C or isinstance(before, str) or isinstance(after, str):
        return ""
    if before is None or after is None:
        return ""
    way = "tăng" if after > before else "giảm"
    if measure.unit and measure.unit.vi == "%":
        return f"{way} {written(round(abs(after - before), 2))} điểm phần trăm"
    return f"{way} {written(round(abs(100 * (after - before) / before)))}%" if before > 0 else ""


def _source(source: dict[str, object]) -> dict[str, object]:
    how = "đọc qua bản sao hoặc bài kể lại" if source["secondary"] else "đọc tại nguồn"
    return {"title": source["title"], "url": source["url"], "how": how}


def _says_what_is_unknown(blocks: list[Part]) -> bool:
    return any(
        block["kind"] == "heading"
        and block["words"] == [{"kind": "text", "text": _UNKNOWN_HEADING}]
        for block in blocks
    )


def _pictures(blocks: list[Part]) -> dict[str, list[int]]:
    """The bytes of the pictures among the blocks, by address; typst reads them from the data."""
    found = {}
    for block in blocks:
        address = PictureAddress.at(block["address"]) if block["kind"] == "picture" else None
        if address is None:
            continue
        fitting = [one for one in address.narrower() if one.width <= _PRINTED_WIDTH]
        version = version_at(fitting[-1] if fitting else address)
        if version:
            size = version.file.size
            found[str(address)] = list(b"".join(storage().pieces(version.file.key, end=size)))
    return found
