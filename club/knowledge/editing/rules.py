"""What may become of a text: one table of steps, and why a step is refused."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from club.knowledge.editing.models import TextState

_S = TextState


class Step(StrEnum):
    HAND_IN = "hand_in"
    TAKE_BACK = "take_back"
    RETURN = "return"
    PUBLISH = "publish"
    DISCARD = "discard"
    #: By itself, when the day comes to check a text again.
    FALL_DUE = "fall_due"
    CHECK = "check"
    RETIRE = "retire"
    PUT_BACK = "put_back"


#: From which states each step leads to which.
TRANSITIONS: dict[Step, tuple[frozenset[TextState], TextState]] = {
    Step.HAND_IN: (frozenset({_S.DRAFT, _S.RETURNED}), _S.IN_REVIEW),
    Step.TAKE_BACK: (frozenset({_S.IN_REVIEW}), _S.DRAFT),
    Step.RETURN: (frozenset({_S.IN_REVIEW}), _S.RETURNED),
    Step.PUBLISH: (frozenset({_S.IN_REVIEW}), _S.PUBLISHED),
    Step.DISCARD: (frozenset({_S.DRAFT, _S.IN_REVIEW, _S.RETURNED}), _S.DISCARDED),
    Step.FALL_DUE: (frozenset({_S.PUBLISHED}), _S.DUE),
    Step.CHECK: (frozenset({_S.PUBLISHED, _S.DUE}), _S.PUBLISHED),
    Step.RETIRE: (frozenset({_S.PUBLISHED, _S.DUE}), _S.RETIRED),
    Step.PUT_BACK: (frozenset({_S.RETIRED}), _S.PUBLISHED),
}
#: States in which a draft can be written on.
WRITABLE = TRANSITIONS[Step.HAND_IN][0]


class EditingRefusal(StrEnum):
    NOT_NOW = "This cannot be done with the text as it stands now."
    OWN_TEXT = "You wrote on this draft yourself. Somebody else has to look it over."
    BEING_CHANGED = "Somebody is changing this text already. Only one draft of it can be open."
    MOVED_ON = (
        "The text was published anew after this draft was begun. Compare the two, take over what "
        "is needed, and hand it in again."
    )
    NOT_READY = "The draft has things to mend before it can be handed in."
    NO_NOTE = "Say in a sentence what is changed."
    NO_REASON = "Say what has to be changed."
    NO_GROUND = "Say why: the member who proposed it reads it."
    NO_COMMENT = "Write your comment."
    TAKEN = "Another text has this address, or had it before."
    NO_REPLACEMENT = "No other text that readers see has this address."
    NO_DAY = "Choose a day after today."
    WRITTEN_NO_MORE = (
        "Meanwhile this draft was handed in, published or thrown away. What you wrote was not "
        "saved: it is below."
    )
    CHANGED_MEANWHILE = (
        "Somebody else saved this draft meanwhile. Both texts are below: nothing is lost."
    )


def state_of_text(*, retired_at: datetime | None, review_by: date, today: date) -> TextState:
    """How a published text stands on a day."""
    if retired_at:
        return TextState.RETIRED
    return TRANSITIONS[Step.FALL_DUE][1] if review_by <= today else TextState.PUBLISHED


def refusal_to_step(step: Step, state: TextState) -> EditingRefusal | None:
    return None if state in TRANSITIONS[step][0] else EditingRefusal.NOT_NOW


def refusal_to_review(
    step: Step, state: TextState, *, by: int, hands: Collection[int]
) -> EditingRefusal | None:
    """``hands``: the accounts of everybody who wrote on the draft."""
    return refusal_to_step(step, state) or (EditingRefusal.OWN_TEXT if by in hands else None)


def refusal_to_publish(
    state: TextState,
    *,
    by: int,
    hands: Collection[int],
    base_number: int | None,
    present_number: int | None,
) -> EditingRefusal | None:
    """``base_number``: the revision that the draft began from; ``present_number``: the one that is
    published now.
    """
    refusal = refusal_to_review(Step.PUBLISH, state, by=by, hands=hands)
    if refusal is None and base_number != present_number:
        return EditingRefusal.MOVED_ON
    return refusal
