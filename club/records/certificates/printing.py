"""The certificate as it is printed: Vietnamese with small English lines, whoever asks for it."""

from collections.abc import Sequence
from datetime import date

from club.documents.pdf import pdf
from club.documents.qr import qr_drawing
from club.records.certificates import codes, scores
from club.records.certificates.designs import Design
from club.records.certificates.models import CompletionCertificate, DesignLanguage
from club.records.certificates.scores import NAMES, Score
from club.records.on_paper import written_hours, written_points

_NOT_EXPERT = (
    "Giấy này xác nhận đã học xong một khóa học của câu lạc bộ. "
    "Đây không phải là chứng nhận chuyên gia năng suất."
)
_NOT_EXPERT_EN = (
    "This certifies that a course of the club was completed. It is not an expert certification."
)
ELECTRONIC = "Bản điện tử được ký số."
ELECTRONIC_EN = "The electronic file is digitally signed."


def certificate_pdf(
    certificate: CompletionCertificate, design: Design, *, public_url: str, sample: bool = False
) -> bytes:
    """The same certificate always gives the same bytes. ``sample``: marked as one, across it."""
    check_at = f"{public_url}/verify"
    data = {
        "number": certificate.number,
        "code": codes.written(certificate.code),
        "issuer": certificate.issuer_name,
        "issuer-en": certificate.issuer_name_en,
        "holder": certificate.holder_name,
        "course": certificate.course_title,
        "course-en": certificate.course_title_en,
        "run": certificate.run_code,
        "dates": _days(certificate.first_day, certificate.last_day),
        "hours": f"{written_hours(certificate.attended_minutes)} giờ",
        "result": "Hoàn thành",
        "result-en": "completed",
        "issued-on": f"{certificate.issued_on:%d/%m/%Y}",
        "signed-on": signed_on(certificate.issued_on),
        "valid-until": f"{certificate.expires_on:%d/%m/%Y}"
        if certificate.expires_on
        else "Không thời hạn",
        "valid-until-en": "" if certificate.expires_on else "no end",
        "verify-at": check_at.split("//", 1)[-1],
        "not-expert": _NOT_EXPERT,
        "not-expert-en": _NOT_EXPERT_EN,
        "electronic": ELECTRONIC,
        "electronic-en": ELECTRONIC_EN,
        "qr": qr_drawing(f"{check_at}/{certificate.code}", border=0),
        "qr-alt": f"Mã QR để kiểm tra giấy chứng nhận tại {check_at}/{certificate.code}",
        "sample": sample,
        "sample-word": "MẪU",
    }
    data |= _scores(scores.said_by(certificate))
    return pdf("records/certificate.typ", data | _drawn(design), made_at=certificate.issued_at)


def _drawn(design: Design) -> dict[str, object]:
    words = design.wording
    return {
        "title": words.title,
        "title-en": words.title_en or "",
        "opening": words.opening,
        "opening-en": words.opening_en or "",
        "sentence": words.sentence,
        "sentence-en": words.sentence_en or "",
    } | who_signs(design)


def who_signs(design: Design) -> dict[str, object]:
    """What certificates of all kinds take from a design."""
    words = design.wording
    return {
        "both": words.language is DesignLanguage.BOTH,
        "signer": words.signer_name or "",
        "signer-title": words.signer_title or "",
        "signer-title-en": words.signer_title_en or "",
        "logo": design.logo,
        "signature": design.signature,
        "signature-alt": f"Chữ ký của {words.signer_name}" if words.signer_name else "Chữ ký",
    }


def _scores(said: Sequence[Score]) -> dict[str, str]:
    return {
        "scores": " · ".join(f"{NAMES[score.part][0]} {_reached(score)}" for score in said),
        "scores-en": "Scores: " + ", ".join(map(_in_english, said)),
    }


def _reached(score: Score) -> str:
    if score.maximum is None:
        return "đạt"
    return f"{written_points(score.points)}/{written_points(score.maximum)}"


def _in_english(score: Score) -> str:
    name = NAMES[score.part][1]
    return f"{name} passed" if score.maximum is None else name


def signed_on(day: date) -> str:
    """As official papers write it, with the zero that keeps a figure from being added."""
    month = f"{day.month:02d}" if day.month < 3 else f"{day.month}"
    return f"Ngày {day.day:02d} tháng {month} năm {day.year}"


def _days(first: date, last: date) -> str:
    if first == last:
        return f"{first:%d/%m/%Y}"
    return f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
