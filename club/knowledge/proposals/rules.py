"""Who may propose a case, how much at once, and what each part of the form asks. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from club.files.content_error import Wrong
from club.files.fields import FieldRule, Path
from club.knowledge.article_rules import Known
from club.knowledge.editing.documents import problems_with
from club.knowledge.facts import Document
from club.knowledge.proposals.told import told_in
from club.knowledge.text_rule import TextRule

#: So many proposals of one person may be open at once.
MOST_OPEN = 3
#: Figures that a member gives; editors may add more.
MOST_MEASURES = 6


class ProposalRefusal(StrEnum):
    NOT_A_MEMBER = "Members of the club propose cases."
    TOO_MANY_OPEN = (
        "Three proposals of yours are open. Finish one of them, or withdraw one, before the next."
    )
    NOT_COMPLETE = "Something is missing. Go through the parts that are marked, then send it again."


class Part(StrEnum):
    """Of the form, in its order."""

    PROBLEM = "problem"
    DONE = "done"
    MEASURES = "measures"


#: What each part asks for, as paths of the document. Everything else editors complete.
_ASKED: Mapping[Part, frozenset[Path]] = {
    Part.PROBLEM: frozenset(
        {("title",), ("title", "vi"), ("organisation", "name"), ("sector",), ("told_problem",)}
    ),
    Part.DONE: frozenset({("told_done",), ("year",), ("body",)}),
    Part.MEASURES: frozenset(
        {
            ("measures",),
            ("measures", "metric"),
            ("measures", "metric", "vi"),
            ("measures", "before"),
            ("measures", "after"),
            ("measures", "direction"),
        }
    ),
}


def refusal_to_begin(*, may_propose: bool, open_now: int) -> ProposalRefusal | None:
    if not may_propose:
        return ProposalRefusal.NOT_A_MEMBER
    return ProposalRefusal.TOO_MANY_OPEN if open_now >= MOST_OPEN else None


def wanting(document: Document, known: Known) -> dict[Part, list[tuple[Path, Wrong]]]:
    """What a member still has to mend, part by part, by the rules of all texts."""
    told = [
        ((name,), Wrong(FieldRule.MISSING))
        for name in ("told_problem", "told_done")
        if not told_in(document["body"], name)
    ]
    # An empty body is two empty answers, which are named already.
    faults = [
        (at, wrong)
        for at, wrong in problems_with(document, known=known)
        if wrong.rule != TextRule.NO_BODY
    ]
    return {
        part: [(at, wrong) for at, wrong in (*told, *faults) if _without_places(at) in asked]
        for part, asked in _ASKED.items()
    }


def _without_places(at: Path) -> Path:
    return tuple(step for step in at if not isinstance(step, int))
