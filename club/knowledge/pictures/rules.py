from enum import StrEnum

#: How many pictures may lie ready for one draft, and come in one form.
MOST_OF_A_DRAFT = 60
MOST_OF_A_PROPOSAL = 6
MOST_AT_ONCE = 20
LONGEST_ALT = 250
LONGEST_CAPTION = 300


class ListRefusal(StrEnum):
    NOTHING_CHOSEN = "Choose one picture or several first."
    TOO_MANY_AT_ONCE = "Choose at most 20 pictures at once."
    TOO_MANY = "This draft has 60 pictures already. Remove those that it does not need."
    TOO_MANY_OF_A_PROPOSAL = "A proposal has at most six pictures. Remove those that tell least."
    NO_ALT = "Say what is to be seen, for readers who do not see the picture."
    NOT_NOW = "Pictures are added while a draft is being written. Take it back first."


def refusal_to_add(
    *, already: int, more: int, is_written: bool, most: int = MOST_OF_A_DRAFT
) -> ListRefusal | None:
    """``already``: how many lie ready for the draft; ``more``: how many shall be added; ``most``:
    how many may lie ready.
    """
    if not is_written:
        return ListRefusal.NOT_NOW
    if more == 0:
        return ListRefusal.NOTHING_CHOSEN
    if more > MOST_AT_ONCE:
        return ListRefusal.TOO_MANY_AT_ONCE
    if already + more <= most:
        return None
    is_proposal = most == MOST_OF_A_PROPOSAL
    return ListRefusal.TOO_MANY_OF_A_PROPOSAL if is_proposal else ListRefusal.TOO_MANY
