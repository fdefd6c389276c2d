"""The certificate of a recognition as it is printed: upright, under a dark head, so that nobody
takes it for a certificate of completion.
"""

from club.certification.awards.certificates.models import AwardCertificate, Occasion
from club.documents.pdf import pdf
from club.documents.qr import qr_drawing
from club.records.certificates import codes
from club.records.certificates.designs import design_of
from club.records.certificates.printing import ELECTRONIC, ELECTRONIC_EN, signed_on, who_signs

TITLE, TITLE_EN = "Giấy công nhận", "Certificate of recognition"
_OWN = (
    "Đây là công nhận của chính câu lạc bộ theo chương trình do câu lạc bộ đặt ra. Đây không"
    " phải là chứng nhận do tổ chức chứng nhận khác cấp và không thay cho chứng nhận đó."
)
_OWN_EN = (
    "This is the club's own recognition, by a scheme of its own. It is not the certificate of"
    " another body and does not take the place of one."
)
_TODAY = (
    "Còn hiệu lực hay không, xem tại địa chỉ kiểm tra: công nhận có thể bị tạm dừng hoặc thu hồi."
)
_TODAY_EN = "Check whether it is still valid: a recognition can be suspended or withdrawn."


def recognition_pdf(it: AwardCertificate, *, public_url: str) -> bytes:
    """The same certificate always gives the same bytes. Raises ``StorageError``."""
    check_at = f"{public_url}/verify"
    data = {
        "title": TITLE,
        "title-en": TITLE_EN,
        "number": it.number,
        "code": codes.written(it.code),
        "issuer": it.issuer_name,
        "issuer-en": it.issuer_name_en,
        "holder": it.holder_name,
        "level": it.level_name,
        "level-en": it.level_name_en or "",
        "scheme": f"{it.scheme_name} (phiên bản {it.version_label})",
        "scheme-en": f"{it.scheme_name_en} (version {it.version_label})",
        "assessed": [name for name, _en in it.assessed],
        "assessed-en": "; ".join(english for _name, english in it.assessed if english),
        "decided-on": f"{it.decided_on:%d/%m/%Y}",
        "issued-on": f"{it.issued_on:%d/%m/%Y}",
        "signed-on": signed_on(it.issued_on),
        "valid-from": f"{it.valid_from:%d/%m/%Y}",
        "valid-until": f"{it.expires_on:%d/%m/%Y}" if it.expires_on else "Không ghi thời hạn",
        "valid-until-en": "" if it.expires_on else "no end stated",
        "renewed": it.period.position > 0 and it.occasion is not Occasion.FIRST,
        "verify-at": check_at.split("//", 1)[-1],
        "own": _OWN,
        "own-en": _OWN_EN,
        "today": f"{_TODAY} {ELECTRONIC}",
        "today-en": f"{_TODAY_EN} {ELECTRONIC_EN}",
        "qr": qr_drawing(f"{check_at}/{it.code}", border=0),
        "qr-alt": f"Mã QR để kiểm tra giấy công nhận tại {check_at}/{it.code}",
    }
    data |= who_signs(design_of(it.design))
    return pdf("certification/awards/certificate.typ", data, made_at=it.issued_at)
