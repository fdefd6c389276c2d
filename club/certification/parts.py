"""What the packages of the room add to pages of others, in this order."""

from club.certification.assessment.parts import findings_part
from club.certification.awards.certificates.parts import certificate_part
from club.certification.awards.parts import recognition_part
from club.certification.objections.parts import appeals_part, complaints_part
from club.web.page_parts import PageOf, PartSource

CERTIFICATION_PARTS: dict[PageOf, list[PartSource]] = {
    PageOf.CANDIDACY: [recognition_part, certificate_part, findings_part, appeals_part],
    PageOf.CANDIDATES_DESK: [complaints_part],
}
