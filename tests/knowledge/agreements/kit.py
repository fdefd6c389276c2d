"""Cases of firms that agree to be published, for tests."""

from club.clock import local_day
from club.knowledge.agreements.models import Extent
from club.knowledge.agreements.operations import recording
from club.knowledge.agreements.operations.recording import Firm, Word
from club.knowledge.article_rules import facts_in
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.models import ArticleKind
from tests.knowledge.content_folder import a_case, a_measure
from tests.support.factories import NOW

FIRM = "Công ty TNHH May Bình Minh"
TODAY = local_day(NOW)
ALL = Extent(named=True, figures=True)
NAMELESS = Extent(named=False, figures=True)
IN_WORDS = {
    "before": None,
    "after": None,
    "change": {"vi": "Rút ngắn rõ rệt", "en": "Clearly shorter"},
}


def a_document(**given):
    """A case as its draft keeps it, resting on the firm's agreement."""
    case = a_case() | {
        "slug": "may-binh-minh-5s",
        "title": {"vi": "Bình Minh làm 5S", "en": "Binh Minh did 5S"},
        "organisation": {"name": FIRM, "name_unconfirmed": False},
        "consent": "agreement",
        "checked_on": TODAY.isoformat(),
        "review_by": None,
        "body": "Công ty May Bình Minh sắp lại kho.",
        "english": None,
    }
    return case | given


def without_name(**given):
    """The same, describing the firm."""
    return a_document(
        slug="xuong-may-30-nguoi-5s",
        title={"vi": "Một xưởng may làm 5S", "en": "A sewing shop did 5S"},
        organisation={
            "name": "Một xưởng may 30 người",
            "name_unconfirmed": False,
            "anonymised": True,
        },
        body="Xưởng sắp lại kho.",
        **given,
    )


def in_words():
    return [a_measure(**IN_WORDS)]


def a_new_draft(by, document):
    draft = drafting.begin(ArticleKind.CASE, by=by.id, now=NOW)
    drafting.save(draft.id, document, note="Bài mới", seen=draft.version, by=by.id, now=NOW)
    drafting.hand_in(draft.id, by=by.id, now=NOW)
    return draft


def a_change_of(slug, by, document, now=NOW):
    draft = drafting.begin_change(slug, by=by.id, now=now)
    drafting.save(draft.id, document, note="Sửa", seen=draft.version, by=by.id, now=now)
    drafting.hand_in(draft.id, by=by.id, now=now)
    return draft


def agreed(text, by, *, extent=ALL, firm=FIRM, code=None, scan=None, now=NOW):
    word = Word(extent, "Chúng tôi đồng ý.", TODAY, "Nguyễn Văn An", "Giám đốc")
    return recording.record(text, Firm(code, firm), word, scan=scan, by=by.id, now=now)


def published(draft, by, now=NOW):
    return reviewing.publish(draft.id, by=by.id, now=now)


def facts(document):
    read, faults = facts_in(document)
    assert faults == []
    return read
