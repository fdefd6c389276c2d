"""The certificate as it is printed: Vietnamese with small English lines, whoever asks for it."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import segno
from babel.numbers import format_decimal

from club.documents.pdf import pdf
from club.records.certificates import codes
from club.records.certificates.models import CompletionCertificate

_NOT_EXPERT = (
    "Giấy này xác nhận đã học xong một khóa học của câu lạc bộ. "
    "Đây không phải là chứng nhận chuyên gia năng suất."
)
_NOT_EXPERT_EN = (
    "This certifies that a course of the club was completed. It is not an expert certification."
)


def certificate_pdf(certificate: CompletionCertificate, *, public_url: str) -> bytes:
    """The same certificate always gives the same bytes."""
    check_at = f"{public_url}/verify"
    data = {
        "title": "Giấy chứng nhận hoàn thành",
        "number": certificate.number,
        "code": codes.written(certificate.code),
        "issuer": certificate.issuer_name,
        "issuer-en": certificate.issuer_name_en,
        "holder": certificate.holder_name,
        "course": certificate.course_title,
        "course-en": certificate.course_title_en,
        "run": certificate.run_code,
        "dates": _days(certificate.first_day, certificate.last_day),
        "hours": _hours(certificate.attended_minutes),
        "issued-on": f"{certificate.issued_on:%d/%m/%Y}",
        "verify-at": check_at.split("//", 1)[-1],
        "not-expert": _NOT_EXPERT,
        "not-expert-en": _NOT_EXPERT_EN,
        "qr": _qr(f"{check_at}/{certificate.code}"),
        "qr-alt": f"Mã QR để kiểm tra giấy chứng nhận tại {check_at}/{certificate.code}",
    }
    return pdf("records/certificate.typ", data, made_at=certificate.issued_at)


def _days(first: date, last: date) -> str:
    if first == last:
        return f"{first:%d/%m/%Y}"
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"


def _hours(minutes: int) -> str:
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"))
    return f"{format_decimal(hours, format='#,##0.#', locale='vi')} giờ"


def _qr(address: str) -> str:
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0, xmldecl=False, dark="#083b40")
    return drawn.getvalue().decode()
