"""Certificates of recognitions, as one of the kinds that anybody can check."""

from typing import Any

from flask_babel import lazy_gettext

from club.certification.awards.certificates.issuing import SERIES
from club.certification.awards.certificates.models import AwardCertificate
from club.certification.awards.certificates.printing import recognition_pdf
from club.certification.awards.certificates.queries import LINKS, latest_kept
from club.certification.awards.certificates.standing import standing_of
from club.records.certificates.kinds import CertificateKind
from club.web.described import DAY, TEXT, list_of, maybe, record

_ASSESSED = record(name=TEXT, name_en=maybe(TEXT))


def _said(it: AwardCertificate) -> dict[str, Any]:
    return {
        "scheme": it.scheme_name,
        "scheme_en": it.scheme_name_en,
        "version": it.version_label,
        "level": it.level_name,
        "level_en": it.level_name_en,
        "decided_on": it.decided_on.isoformat(),
        "valid_from": it.valid_from.isoformat(),
        "assessed": [{"name": name, "name_en": english} for name, english in it.assessed],
    }


RECOGNITIONS = CertificateKind(
    name="expert_recognition",
    title=lazy_gettext("The club's own recognition"),
    series=SERIES,
    model=AwardCertificate,
    links=LINKS,
    standing=standing_of,
    about=lambda it: (
        f"{it.level_name}, {it.scheme_name}",
        f"{it.level_name_en or it.level_name}, {it.scheme_name_en}",
    ),
    printed=lambda it, public_url: recognition_pdf(it, public_url=public_url),
    address=lambda it: f"/candidacies/{it.award.candidate.public_id}/certificate",
    template="certification/awards/_certified.html",
    is_not=lazy_gettext(
        "This is the club's own recognition, by a scheme of its own. It is not the certificate of"
        " another body and does not take the place of one."
    ),
    is_expert_certification=True,
    said=_said,
    form={
        "scheme": TEXT,
        "scheme_en": TEXT,
        "version": TEXT,
        "level": TEXT,
        "level_en": maybe(TEXT),
        "decided_on": DAY,
        "valid_from": DAY,
        "assessed": list_of(_ASSESSED),
    },
    samples=latest_kept,
)
