"""What the packages of the room add to the page of a candidacy, in this order."""

from club.certification.assessment.parts import findings_part
from club.certification.awards.certificates.parts import certificate_part
from club.certification.awards.parts import recognition_part
from club.certification.objections.parts import appeals_part
from club.web.page_parts import PartSource

CANDIDACY_PARTS: list[PartSource] = [
    recognition_part,
    certificate_part,
    findings_part,
    appeals_part,
]
