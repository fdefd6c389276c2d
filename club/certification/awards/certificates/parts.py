"""The way from a candidacy to the certificate of its recognition."""

from datetime import datetime

from club.certification.awards.standing_queries import recognition_read
from club.certification.candidacy.models import Candidate
from club.web.page_parts import PagePart


def certificate_part(candidate: Candidate, _account: object, _now: datetime) -> PagePart | None:
    if recognition_read(candidate) is None:
        return None
    return PagePart("certification/awards/_paper.html", {"candidate": candidate})
