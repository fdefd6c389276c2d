"""What can become of a certificate: the one table of steps, and the picture drawn from it."""

from dataclasses import dataclass
from datetime import date

from club.records.certificates.models import CertificateState, CertificateStepKind

_S, _K = CertificateState, CertificateStepKind


@dataclass(frozen=True)
class Meaning:
    #: Somebody who checks the certificate may rely on it.
    holds: bool
    #: It keeps its holder's place: nobody has two of a class that do.
    stands: bool


MEANINGS: dict[CertificateState, Meaning] = {
    _S.VALID: Meaning(holds=True, stands=True),
    _S.EXPIRED: Meaning(holds=False, stands=True),
    _S.SUSPENDED: Meaning(holds=False, stands=True),
    _S.REVOKED: Meaning(holds=False, stands=False),
    _S.REPLACED: Meaning(holds=False, stands=False),
}
#: From which states a step leads, and to which. ``EXPIRED`` is reached by no step but by the day.
TRANSITIONS: dict[CertificateStepKind, tuple[frozenset[CertificateState], CertificateState]] = {
    _K.SUSPENDED: (frozenset({_S.VALID, _S.EXPIRED}), _S.SUSPENDED),
    _K.RESUMED: (frozenset({_S.SUSPENDED}), _S.VALID),
    _K.REVOKED: (frozenset({_S.VALID, _S.EXPIRED, _S.SUSPENDED}), _S.REVOKED),
    _K.REPLACED: (frozenset({_S.VALID, _S.EXPIRED, _S.SUSPENDED}), _S.REPLACED),
}


def state_on(state: CertificateState, expires_on: date | None, day: date) -> CertificateState:
    """The state as it is on ``day``: what was valid has expired after its last day."""
    expired = expires_on is not None and day > expires_on
    return _S.EXPIRED if state is _S.VALID and expired else state


def table_of_states() -> str:
    """``MEANINGS`` as ``docs/certificates.md`` shows it."""
    lines = ["| state | holds | keeps the holder's place |", "|---|---|---|"]
    for state, meaning in MEANINGS.items():
        words = ("yes" if flag else "no" for flag in (meaning.holds, meaning.stands))
        lines.append(f"| `{state.value}` | {' | '.join(words)} |")
    return "\n".join(lines)


def diagram() -> str:
    """``TRANSITIONS`` as a picture, in Mermaid's words."""
    lines = ["stateDiagram-v2", "    [*] --> valid: issued"]
    for kind, (leads_from, to) in TRANSITIONS.items():
        lines += [
            f"    {before.value} --> {to.value}: {kind.value}"
            for before in _S
            if before in leads_from
        ]
    lines.append("    valid --> expired: the day after its last one")
    lines += [f"    {state.value} --> [*]" for state, m in MEANINGS.items() if not m.stands]
    return "\n".join(lines)
