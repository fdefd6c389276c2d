"""What a member is asked for, and where it stands in the text."""

from club.knowledge.article_rules import Known
from club.knowledge.editing.documents import blank
from club.knowledge.models import ArticleKind
from club.knowledge.proposals.permissions import may_propose
from club.knowledge.proposals.rules import (
    MOST_OPEN,
    Part,
    ProposalRefusal,
    refusal_to_begin,
    wanting,
)
from club.knowledge.proposals.told import told_in, with_told
from tests.knowledge.editing.kit import a_trainer
from tests.knowledge.proposals.kit import TOLD
from tests.support.factories import NOW, an_account

KNOWN = Known(topics=(), tools=())
BLANK = blank(ArticleKind.CASE, today=NOW.date())


def places(document):
    return {
        part: [".".join(map(str, at)) for at, _wrong in faults]
        for part, faults in wanting(document, KNOWN).items()
    }


def test_an_empty_proposal_lacks_what_each_part_asks_and_nothing_that_editors_add():
    assert places(BLANK) == {
        Part.PROBLEM: ["told_problem", "title.vi", "organisation.name", "sector"],
        Part.DONE: ["told_done"],
        Part.MEASURES: ["measures"],
    }


def test_what_a_member_can_tell_is_enough():
    assert places(BLANK | TOLD) == {part: [] for part in Part}


def test_a_figure_has_to_say_what_it_is_and_what_came_of_it():
    (row,) = TOLD["measures"]
    bare = row | {
        "metric": {"vi": "", "en": ""},
        "before": "nhiều",
        "after": None,
        "direction": None,
    }
    assert places(BLANK | TOLD | {"measures": [row, bare]})[Part.MEASURES] == [
        "measures.1.metric.vi", "measures.1.before", "measures.1.direction", "measures.1.after",
    ]  # fmt: skip


def test_each_answer_stands_under_its_heading_and_leaves_the_others_alone():
    body = with_told(
        with_told("", "told_done", "Dán nhãn.\n\n## Từng bước\n\nMột."), "told_problem", "Lâu."
    )
    assert body == "## Vấn đề\n\nLâu.\n\n## Đã làm gì\n\nDán nhãn.\n\n## Từng bước\n\nMột."
    assert told_in(body, "told_done") == "Dán nhãn.\n\n## Từng bước\n\nMột."
    grown = f"Mở đầu.\n\n{body}\n\n## Kết quả\n\nNhanh hơn."
    changed = with_told(grown, "told_done", "Kẻ ô.")
    assert (
        changed
        == "Mở đầu.\n\n## Vấn đề\n\nLâu.\n\n## Đã làm gì\n\nKẻ ô.\n\n## Kết quả\n\nNhanh hơn."
    )
    assert with_told(changed, "told_done", "Kẻ ô.") == changed


def test_members_and_those_who_work_for_the_club_propose_three_at_once(context):
    assert may_propose(an_account(), is_member=True)
    assert not may_propose(an_account(), is_member=False)
    assert may_propose(a_trainer(), is_member=False)
    assert refusal_to_begin(may_propose=False, open_now=0) is ProposalRefusal.NOT_A_MEMBER
    assert refusal_to_begin(may_propose=True, open_now=MOST_OPEN - 1) is None
    assert refusal_to_begin(may_propose=True, open_now=MOST_OPEN) is ProposalRefusal.TOO_MANY_OPEN
