"""What the page of a candidacy shows of its assessment: what was found, once it is decided."""

from datetime import datetime
from itertools import groupby

from club.accounts.models import Account
from club.certification.assessment.queries import decided_findings
from club.certification.candidacy.models import Candidate, StepReason
from club.certification.candidacy.permissions import is_candidate
from club.web.page_parts import PagePart


def findings_part(candidate: Candidate, account: Account, _now: datetime) -> PagePart | None:
    """For the candidate alone: whoever runs the assessment has a page that names the assessors."""
    decided = any(step.reason is StepReason.DECIDED for step in candidate.steps)
    if not decided or not is_candidate(account, candidate):
        return None
    findings = decided_findings(candidate.id)
    found = [
        (requirement, [*theirs])
        for requirement, theirs in groupby(findings, key=lambda finding: finding.requirement)
    ]
    return PagePart("certification/assessment/_findings.html", {"found": found}) if found else None
