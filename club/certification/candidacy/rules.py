"""Which way a candidacy can go: the one table of steps, and the picture drawn from it. Pure."""

from club.certification.candidacy.models import CandidateState, StepReason

_S, _R = CandidateState, StepReason

#: From a state (``None``: not a candidate yet) to a state, for these reasons and no others.
# fmt: off
TRANSITIONS: dict[tuple[CandidateState | None, CandidateState], set[StepReason]] = {
    (None, _S.APPLIED): {_R.APPLIED},
    (None, _S.NOMINATED): {_R.NOMINATED_BY_CLUB, _R.NOMINATED_BY_ORGANISATION},
    (_S.NOMINATED, _S.APPLIED): {_R.NOMINATION_ACCEPTED},
    (_S.NOMINATED, _S.WITHDRAWN): {_R.NOMINATION_DECLINED, _R.NOMINATION_TAKEN_BACK},
    (_S.APPLIED, _S.ADMITTED): {_R.ADMITTED},
    (_S.APPLIED, _S.REFUSED): {_R.NOT_ADMITTED},
    (_S.APPLIED, _S.APPLIED): {_R.MOVED_TO_VERSION},
    (_S.ADMITTED, _S.ADMITTED): {_R.MOVED_TO_VERSION},
    (_S.ADMITTED, _S.COLLECTING): {_R.EVIDENCE_BEGUN},
    (_S.ADMITTED, _S.UNDER_ASSESSMENT): {_R.HANDED_IN},
    (_S.COLLECTING, _S.COLLECTING): {_R.MOVED_TO_VERSION},
    (_S.COLLECTING, _S.UNDER_ASSESSMENT): {_R.HANDED_IN},
    (_S.UNDER_ASSESSMENT, _S.COLLECTING): {_R.SENT_BACK},
    (_S.UNDER_ASSESSMENT, _S.CERTIFIED): {_R.DECIDED},
    (_S.UNDER_ASSESSMENT, _S.NOT_YET): {_R.DECIDED},
    (_S.UNDER_ASSESSMENT, _S.REFUSED): {_R.DECIDED},
    (_S.NOT_YET, _S.NOT_YET): {_R.MOVED_TO_VERSION},
    (_S.NOT_YET, _S.COLLECTING): {_R.TRIES_AGAIN},
    (_S.CERTIFIED, _S.VALID): {_R.RECOGNISED},
    (_S.VALID, _S.RENEWAL_DUE): {_R.RENEWAL_OPENED},
    (_S.RENEWED, _S.RENEWAL_DUE): {_R.RENEWAL_OPENED},
    (_S.RENEWAL_DUE, _S.RENEWED): {_R.RENEWED},
    (_S.RENEWAL_DUE, _S.LAPSED): {_R.NOT_RENEWED},
    (_S.LAPSED, _S.RENEWED): {_R.RENEWED_LATE},
    (_S.VALID, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.RENEWAL_DUE, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.RENEWED, _S.SUSPENDED): {_R.SUSPENDED},
    (_S.SUSPENDED, _S.VALID): {_R.RESUMED},
    (_S.SUSPENDED, _S.RENEWAL_DUE): {_R.RESUMED},
    (_S.SUSPENDED, _S.RENEWED): {_R.RESUMED},
    (_S.SUSPENDED, _S.LAPSED): {_R.NOT_RENEWED},
    (_S.APPLIED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.ADMITTED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.COLLECTING, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.UNDER_ASSESSMENT, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.NOT_YET, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_CLUB},
    (_S.VALID, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.RENEWAL_DUE, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.RENEWED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.SUSPENDED, _S.WITHDRAWN): {_R.WITHDRAWN_BY_PERSON, _R.RECOGNITION_WITHDRAWN},
    (_S.NOT_YET, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.REFUSED, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.SUSPENDED, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.WITHDRAWN, _S.APPEALED): {_R.APPEAL_MADE},
    (_S.APPEALED, _S.NOT_YET): {_R.APPEAL_REFUSED},
    (_S.APPEALED, _S.REFUSED): {_R.APPEAL_REFUSED},
    (_S.APPEALED, _S.SUSPENDED): {_R.APPEAL_REFUSED},
    (_S.APPEALED, _S.WITHDRAWN): {_R.APPEAL_REFUSED},
    (_S.APPEALED, _S.ADMITTED): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.UNDER_ASSESSMENT): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.CERTIFIED): {_R.APPEAL_GRANTED},
    (_S.APPEALED, _S.VALID): {_R.APPEAL_GRANTED},
}
# fmt: on


def leads(before: CandidateState | None, after: CandidateState, reason: StepReason) -> bool:
    """Whether the table knows the step."""
    return reason in TRANSITIONS.get((before, after), set())


def check_step(before: CandidateState | None, after: CandidateState, reason: StepReason) -> None:
    """Raises ``ValueError`` for a step that is not in the table."""
    if not leads(before, after, reason):
        msg = f"no candidate goes from {before} to {after} for {reason}"
        raise ValueError(msg)


def diagram() -> str:
    """The table as a Mermaid state diagram, for ``docs/certification.md``."""
    lines = ["stateDiagram-v2"]
    for (before, after), reasons in TRANSITIONS.items():
        begin = before.value if before else "[*]"
        why = ", ".join(sorted(reason.value for reason in reasons))
        lines.append(f"    {begin} --> {after.value}: {why}")
    ends = [state for state in CandidateState if not state.is_open]
    lines += [f"    {state.value} --> [*]" for state in ends]
    return "\n".join(lines)
