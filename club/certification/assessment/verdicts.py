"""What assessors found, as the reckoning of a candidate's progress takes it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement

from club.certification.assessment.finding_queries import has_not_renewed, holding_findings
from club.certification.assessment.models import Finding
from club.certification.assessment.rules import agreed
from club.certification.progress.facts import Verdict
from club.clock import local_day

#: By candidate and the key of the requirement.
Findings = Mapping[int, Mapping[str, list[Finding]]]


def verdicts_on(candidate_ids: Collection[int]) -> dict[int, dict[str, Verdict]]:
    """Of each requirement, what the assessors of the last round that judged it agree on. Where
    they disagree, there is no verdict: whoever decides says it. What was found for one renewal
    says nothing about the next.
    """
    found: dict[int, dict[str, Verdict]] = {}
    for candidate_id, by_key in findings_on(candidate_ids, has_not_renewed()).items():
        found[candidate_id] = {
            key: Verdict(
                fulfilled,
                local_day(max(one.at for one in findings)),
                looked_until=findings[0].task.round.at,
                **_sitting(findings),
            )
            for key, findings in by_key.items()
            if (fulfilled := agreed([one.fulfilled for one in findings])) is not None
        }
    return found


def _sitting(findings: Sequence[Finding]) -> dict[str, Any]:
    """Of those who agree; of two scores the lower one."""
    scored = [one for one in findings if one.score is not None]
    lowest = min(scored, key=lambda one: one.score or 0, default=None)
    return {"score": lowest.score, "sat_on": lowest.sat_on} if lowest else {}


def disputed_by_assessors(candidate_id: int) -> frozenset[str]:
    """Keys of the requirements that assessors of the last round disagree about."""
    by_key = findings_on([candidate_id], has_not_renewed()).get(candidate_id, {})
    return frozenset(
        key
        for key, findings in by_key.items()
        if agreed([one.fulfilled for one in findings]) is None
    )


def findings_on(candidate_ids: Collection[int], *narrowed: ColumnElement[bool]) -> Findings:
    """That hold, of the last round in which the requirement was judged."""
    found: defaultdict[int, dict[str, list[Finding]]] = defaultdict(dict)
    for finding in holding_findings(candidate_ids, *narrowed):
        by_key = found[finding.task.candidate_id]
        before = by_key.setdefault(finding.requirement.key, [])
        if before and before[0].task.round_id != finding.task.round_id:
            before.clear()
        before.append(finding)
    return found
