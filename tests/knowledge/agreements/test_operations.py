"""What is public follows what firms agree to."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.audit.models import AuditEntry
from club.db import db
from club.knowledge.agreements.models import Agreement, AgreementState, Extent
from club.knowledge.agreements.operations import recording
from club.knowledge.agreements.operations.recording import Firm, Withdrawal, Word
from club.knowledge.agreements.rules import AgreementRefusal
from club.knowledge.editing.operations import looking_after
from club.knowledge.importing import sync_knowledge
from club.knowledge.sharing.models import ArticlePicture
from club.knowledge.sharing.pictures import draw_pictures
from club.knowledge.sharing.queries import picture_of
from club.refusal import RefusedError
from club.search.queries import find
from tests.knowledge.agreements.kit import (
    ALL,
    FIRM,
    NAMELESS,
    TODAY,
    a_change_of,
    a_document,
    a_new_draft,
    agreed,
    published,
    without_name,
)
from tests.knowledge.editing.kit import a_trainer, an_editor, article, at
from tests.support.factories import NOW, an_organisation, reload

_R, _S = AgreementRefusal, AgreementState


@pytest.fixture(autouse=True)
def _on_that_morning(content):
    sync_knowledge(content.path, now=NOW)
    with at(NOW):
        yield


@pytest.fixture
def writer():
    return a_trainer()


@pytest.fixture
def editor():
    return an_editor()


def refused(act):
    with pytest.raises(RefusedError) as told:
        act()
    return told.value.refusal


def taken_back(agreement, by, *, left=None, reason="Chủ mới không muốn."):
    return recording.withdraw(
        agreement.id, Withdrawal(reason, left), by=by.id, now=NOW + timedelta(days=9)
    )


def found(words):
    return [hit.url for hit in find(words, language="vi").results]


def named_then_nameless(writer, editor):
    """A case with the firm's name, and a later revision without it; both were agreed to."""
    draft = a_new_draft(writer, a_document())
    agreement = agreed(draft, editor)
    published(draft, editor)
    published(a_change_of("may-binh-minh-5s", writer, without_name()), editor)
    return agreement


def test_a_case_of_a_firm_waits_for_its_agreement(writer, editor):
    draft = a_new_draft(writer, a_document())
    assert refused(lambda: published(draft, editor)) is _R.NONE
    agreed(draft, editor, extent=NAMELESS)
    assert refused(lambda: published(draft, editor)) is _R.NOT_NAMED
    agreement = agreed(draft, editor)
    case = published(draft, editor)
    assert (case.slug, reload(agreement).article_id) == ("may-binh-minh-5s", case.id)
    assert found("binh minh") == ["/knowledge/may-binh-minh-5s"]


def test_a_change_that_shows_more_needs_a_wider_agreement(writer, editor):
    draft = a_new_draft(writer, without_name())
    agreed(draft, editor, extent=NAMELESS)
    published(draft, editor)
    change = a_change_of("xuong-may-30-nguoi-5s", writer, a_document())
    assert refused(lambda: published(change, editor)) is _R.NOT_NAMED


def test_a_case_that_names_nobody_may_not_name_the_firm(writer, editor):
    draft = a_new_draft(writer, without_name() | {"slug": "may-binh-minh"})
    agreed(draft, editor, extent=NAMELESS)
    assert refused(lambda: published(draft, editor)) is _R.NAMES_FIRM


def test_what_is_taken_back_is_gone_at_once(writer, editor):
    draft = a_new_draft(writer, a_document())
    agreement = agreed(draft, editor)
    published(draft, editor)
    taken_back(agreement, editor)
    case = article("may-binh-minh-5s")
    assert (case.retired_at, case.withheld) == (NOW + timedelta(days=9), True)
    assert found("binh minh") == []
    assert refused(lambda: looking_after.put_back(case.slug, by=editor.id, now=NOW)) is _R.WITHDRAWN
    ended = reload(agreement)
    assert (ended.state, ended.reason, ended.ended_by_id) == (
        _S.WITHDRAWN,
        "Chủ mới không muốn.",
        editor.id,
    )


def test_without_the_name_the_case_says_what_an_earlier_revision_said(writer, editor):
    draft = a_new_draft(writer, without_name())
    agreement = agreed(draft, editor)
    published(draft, editor)
    published(a_change_of("xuong-may-30-nguoi-5s", writer, a_document()), editor)
    assert found("binh minh") == ["/knowledge/may-binh-minh-5s"]
    taken_back(agreement, editor, left=NAMELESS)
    case = article("xuong-may-30-nguoi-5s")
    assert (case.revision, case.retired_at, case.withheld) == (3, None, False)
    assert case.case.organisation == "Một xưởng may 30 người"
    assert (found("binh minh"), found("xuong may")) == ([], [f"/knowledge/{case.slug}"])
    left = db.session.scalars(select(Agreement).where(Agreement.state == _S.GIVEN)).one()
    assert (left.extent, left.given_by, left.article_id) == (NAMELESS, "Nguyễn Văn An", case.id)


def test_addresses_that_name_the_firm_lead_nowhere(client, writer, editor):
    agreement = named_then_nameless(writer, editor)
    assert client.get("/knowledge/may-binh-minh-5s").status_code == 301
    taken_back(agreement, editor, left=NAMELESS)
    assert client.get("/knowledge/xuong-may-30-nguoi-5s").status_code == 200
    gone = client.get("/knowledge/may-binh-minh-5s")
    assert gone.status_code == 410
    assert "không còn đồng ý" in gone.text
    assert "Bình Minh" not in gone.text
    # Given anew, they lead there again.
    agreed(article("xuong-may-30-nguoi-5s"), editor, now=NOW + timedelta(days=10))
    assert client.get("/knowledge/may-binh-minh-5s").status_code == 301


def test_readers_no_longer_get_at_what_is_not_agreed_to(client, sign_in, writer, editor):
    agreement = named_then_nameless(writer, editor)
    here = "/knowledge/xuong-may-30-nguoi-5s/revisions"
    assert "Bình Minh" in client.get(f"{here}/1").text
    taken_back(agreement, editor, left=NAMELESS)
    for address in (f"{here}/1", f"{here}/compare?one=1&other=2"):
        gone = client.get(address)
        assert (gone.status_code, "Bình Minh" in gone.text) == (410, False), address
    listed = client.get(here).text
    assert ("Không còn hiển thị" in listed, f"{here}/1" in listed) == (True, False)
    assert client.get(f"{here}/2").status_code == 200
    assert sign_in(editor).get(f"{here}/1").status_code == 200


def test_nothing_of_a_case_that_was_taken_back_is_left_for_readers(client, writer, editor):
    draft = a_new_draft(writer, a_document())
    agreement = agreed(draft, editor)
    case = published(draft, editor)
    draw_pictures(now=lambda: NOW, stopped=lambda: False)
    assert picture_of(case.slug) is not None
    taken_back(agreement, editor)
    assert db.session.get(ArticlePicture, case.id) is None
    for address in (
        "/knowledge/may-binh-minh-5s",
        "/knowledge/feed.atom",
        "/knowledge/feed.json",
        "/api/knowledge/cases",
        "/knowledge/cases/",
        "/sitemap.xml",
        "/knowledge/may-binh-minh-5s/revisions",
        "/knowledge/may-binh-minh-5s/picture.png",
    ):
        page = client.get(address)
        assert "Bình Minh" not in page.text, address
        assert "84" not in page.text or "84,5" not in page.text, address
    assert client.get("/knowledge/may-binh-minh-5s").status_code == 410


def test_what_was_recorded_by_mistake_counts_for_nothing(writer, editor):
    draft = a_new_draft(writer, a_document())
    wrong = agreed(draft, editor, firm="Công ty Khác")
    agreed(draft, editor)
    published(draft, editor)
    recording.strike_out(wrong.id, "Nhầm công ty.", by=editor.id, now=NOW)
    assert article("may-binh-minh-5s").retired_at is None
    assert refused(lambda: taken_back(wrong, editor)) is _R.OVER


def test_what_is_needed_to_record_and_to_take_back(writer, editor):
    draft = a_new_draft(writer, a_document())
    firm, now = Firm(None, FIRM), NOW

    def record(firm=firm, **given):
        word = {
            "extent": ALL,
            "words": "Đồng ý.",
            "given_on": TODAY,
            "given_by": "An",
            "role": "Giám đốc",
        }
        word = Word(**(word | given))
        return recording.record(draft, firm, word, scan=None, by=editor.id, now=now)

    assert refused(lambda: record(words=None)) is _R.NO_WORDS
    assert refused(lambda: record(given_by=None)) is _R.NO_GIVER
    assert refused(lambda: record(role=None)) is _R.NO_ROLE
    assert refused(lambda: record(given_on=TODAY + timedelta(days=1))) is _R.NOT_YET
    assert refused(lambda: record(firm=Firm(None, None))) is _R.NO_FIRM
    assert refused(lambda: record(firm=Firm("dn-x", None))) is _R.UNKNOWN_CODE
    organisation = an_organisation(name="May Bình Minh")
    kept = record(firm=Firm(organisation.code, None))
    assert (kept.organisation_id, kept.organisation_name) == (organisation.id, "May Bình Minh")
    assert refused(lambda: taken_back(kept, editor, reason=None)) is _R.NO_REASON
    assert refused(lambda: taken_back(kept, editor, left=ALL)) is _R.NOT_LESS
    public = a_new_draft(writer, a_document(slug="nguon", consent="published_source"))
    word = Word(ALL, "Đồng ý.", TODAY, "An", "Giám đốc")
    assert (
        refused(lambda: recording.record(public, firm, word, scan=None, by=editor.id, now=now))
        is _R.NO_CASE
    )


def test_the_log_tells_all_of_it(writer, editor):
    draft = a_new_draft(writer, a_document())
    agreement = agreed(draft, editor)
    taken_back(agreement, editor, left=Extent(named=False, figures=False))
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.subject_kind == "agreement").order_by(AuditEntry.id)
    ).all()
    assert [entry.action for entry in entries] == [
        "knowledge.record_agreement",
        "knowledge.withdraw_agreement",
    ]
    assert entries[1].detail["left"] == {"named": False, "with_figures": False}
