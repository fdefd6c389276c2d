"""Members who propose cases, for tests."""

from club.db import db
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.proposals import operations
from tests.knowledge.agreements.kit import agreed
from tests.knowledge.editing.kit import a_trainer, an_editor
from tests.knowledge.questions.kit import a_member
from tests.support.factories import NOW

TOLD = {
    "title": {"vi": "Xếp lại kho phụ liệu", "en": ""},
    "organisation": {"name": "Công ty May Demo", "name_unconfirmed": False},
    "sector": "garment",
    "body": "## Vấn đề\n\nTìm cuộn vải mất mười phút.\n\n## Đã làm gì\n\nDán nhãn, kẻ ô.",
    "measures": [
        {
            "metric": {"vi": "Thời gian tìm một cuộn", "en": ""},
            "about": None,
            "unit": {"vi": "phút", "en": ""},
            "before": 10,
            "after": 2,
            "change": None,
            "direction": "lower",
            "period": None,
            "note": None,
        }
    ],
    "result_kind": "measured_before_after",
}


def begun(by=None, *, now=NOW):
    return operations.begin(by=(by or a_member()).id, now=now)


def told(by=None, *, now=NOW, **given):
    """A proposal in which a member has told everything."""
    by = by or a_member()
    draft = begun(by, now=now)
    document = draft.facts | TOLD | given
    return operations.save(draft.id, document, seen=draft.version, by=by.id, now=now)


def handed_in(by=None, *, named=False, now=NOW, **given):
    by = by or a_member()
    draft = told(by, now=now, **given)
    operations.hand_in(draft.id, names_proposer=named, by=by.id, now=now)
    return draft


def completed(draft, by=None, *, now=NOW, **given):
    """Taken over by somebody of the club, who adds what members are not asked for."""
    by = by or a_trainer()
    drafting.take_back(draft.id, by=by.id, now=now)
    facts = db.session.get_one(Draft, draft.id).facts
    measures = [
        row
        | {"metric": {"vi": row["metric"]["vi"], "en": "Time"}, "unit": None, "about": "lead_time"}
        for row in facts["measures"]
    ]
    whole = facts | {
        "title": {"vi": facts["title"]["vi"], "en": "The trim store in order"},
        "summary": {"vi": "Tìm vải nhanh hơn năm lần.", "en": "Cloth is found faster."},
        "strength": "A",
        "measures": measures,
        **given,
    }
    draft = db.session.get_one(Draft, draft.id)
    drafting.save(draft.id, whole, note="Bài mới", seen=draft.version, by=by.id, now=now)
    drafting.hand_in(draft.id, by=by.id, now=now)
    return draft


def published(by=None, *, named=False, now=NOW):
    """The text that a member's proposal became."""
    draft = completed(handed_in(by, named=named, now=now), now=now)
    editor = an_editor("Phạm Thị Duyệt")
    agreed(draft, editor, now=now)
    return reviewing.publish(draft.id, by=editor.id, now=now)
