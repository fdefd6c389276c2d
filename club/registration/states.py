"""Which way a registration can go: the one table of steps."""

from club.registration.models import RegistrationState, StepReason

_S, _R = RegistrationState, StepReason

#: From a state (``None``: not yet on the list) to a state, for these reasons and no others.
# fmt: off
TRANSITIONS: dict[tuple[RegistrationState | None, RegistrationState], set[StepReason]] = {
    (None, _S.CONFIRMED): {_R.REGISTERED, _R.NOMINATED, _R.SUBSTITUTED},
    (None, _S.WAITING): {_R.LIST_FULL, _R.NOMINATED_TO_WAIT, _R.POOLED, _R.SUBSTITUTED},
    (None, _S.REQUESTED): {_R.ASKED},
    (_S.REQUESTED, _S.ENDORSED): {_R.ENDORSED_BY_ORGANISATION},
    (_S.REQUESTED, _S.CONFIRMED): {_R.APPROVED},
    (_S.REQUESTED, _S.WAITING): {_R.APPROVED_TO_WAIT},
    (_S.REQUESTED, _S.REFUSED): {
        _R.REFUSED_BY_ORGANISATION, _R.REFUSED_BY_STAFF, _R.UNDECIDED,
    },
    (_S.ENDORSED, _S.CONFIRMED): {_R.APPROVED},
    (_S.ENDORSED, _S.WAITING): {_R.APPROVED_TO_WAIT},
    (_S.ENDORSED, _S.REFUSED): {_R.REFUSED_BY_STAFF, _R.UNDECIDED},
    (_S.WAITING, _S.WAITING): {_R.MOVED_BY_STAFF, _R.OVERTAKEN},
    (_S.WAITING, _S.OFFERED): {_R.SEAT_FELL_FREE, _R.SEATS_ADDED, _R.POOL_OFFER},
    (_S.WAITING, _S.CONFIRMED): {_R.LATE_PLACE, _R.LATE_PLACE_TAKEN},
    (_S.OFFERED, _S.CONFIRMED): {_R.OFFER_ACCEPTED},
    (_S.OFFERED, _S.LAPSED): {_R.OFFER_LAPSED},
    (_S.OFFERED, _S.WITHDRAWN): {
        _R.OFFER_DECLINED, _R.WITHDRAWN_BY_STAFF, _R.WITHDRAWN_BY_ORGANISATION, _R.MOVED_AWAY,
    },
    (_S.CONFIRMED, _S.WITHDRAWN): {
        _R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_STAFF, _R.WITHDRAWN_BY_ORGANISATION,
        _R.MOVED_AWAY,
    },
    (_S.WAITING, _S.WITHDRAWN): {
        _R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_STAFF, _R.WITHDRAWN_BY_ORGANISATION,
        _R.MOVED_AWAY, _R.PLACE_ELSEWHERE,
    },
    (_S.REQUESTED, _S.WITHDRAWN): {
        _R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_STAFF, _R.MOVED_AWAY,
    },
    (_S.ENDORSED, _S.WITHDRAWN): {
        _R.WITHDRAWN_BY_PERSON, _R.WITHDRAWN_BY_STAFF, _R.MOVED_AWAY,
    },
    (_S.REQUESTED, _S.CANCELLED): {_R.RUN_CANCELLED},
    (_S.ENDORSED, _S.CANCELLED): {_R.RUN_CANCELLED},
    (_S.CONFIRMED, _S.REPLACED): {_R.REPLACED},
    (_S.WAITING, _S.REPLACED): {_R.REPLACED},
    (_S.CONFIRMED, _S.CANCELLED): {_R.RUN_CANCELLED},
    (_S.OFFERED, _S.CANCELLED): {_R.RUN_CANCELLED},
    (_S.WAITING, _S.CANCELLED): {_R.RUN_CANCELLED},
}
# fmt: on


def check_step(
    before: RegistrationState | None, after: RegistrationState, reason: StepReason
) -> None:
    """Raises ``ValueError`` for a step that is not in the table."""
    if reason not in TRANSITIONS.get((before, after), set()):
        msg = f"no registration goes from {before} to {after} for {reason}"
        raise ValueError(msg)
