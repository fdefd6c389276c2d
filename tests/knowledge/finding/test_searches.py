from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.knowledge.finding import operations, queries
from club.knowledge.finding.models import PromotedAnswer, UnansweredSearch
from club.knowledge.finding.rules import PromotionRefusal, worth_keeping
from club.refusal import RefusedError
from club.search.operations import forget
from club.search.words import question
from tests.search.test_queries import known
from tests.support.factories import NOW, an_account

DAY = date(2026, 3, 3)
DESK = "/office/knowledge/searches"


@pytest.fixture
def editor():
    return an_account(RoleName.COORDINATOR)


def promoted(typed, on=NOW):
    return list(queries.promoted_refs(question(typed), on))


def promote(editor, words="bảo dưỡng", address="/tool:tpm", first=DAY, last=None):
    return operations.promote(
        words, address=address, from_day=first, till_day=last, by=editor.id, now=NOW
    )


def kept():
    query = select(UnansweredSearch.day, UnansweredSearch.words, UnansweredSearch.times)
    return [tuple(row) for row in db.session.execute(query.order_by(UnansweredSearch.words))]


@pytest.mark.parametrize(
    "typed",
    [
        "an.nguyen@example.vn",
        "AN @ example",
        "0912 345 678",
        "+84 912-345-678",
        "079203001234",
        "mst 0312345678",
        "cccd 079.203.001.234",
        "Nguyễn Văn An",
        "Tran Thi Binh",
        "x" * 81,
        "",
        " \x00 ",
    ],
)
def test_what_may_be_about_a_person_is_not_kept(typed):
    assert worth_keeping(typed) is None
    operations.count_unanswered(typed, NOW)
    assert kept() == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("  Máy  DẬP ", "máy dập"),
        ("1258/KH-UBND", "1258/kh-ubnd"),
        ("iso 50001:2018", "iso 50001:2018"),
        ("nguyen lieu", "nguyen lieu"),
        ("Lý thuyết hàng chờ", "lý thuyết hàng chờ"),
        ("2021-2030", None),
    ],
)
def test_other_words_are_kept_in_small_letters(typed, words):
    assert worth_keeping(typed) == words


def test_searches_in_vain_are_counted_by_day_and_words_only():
    for typed in ("Máy dập", "máy  dập", "hàn tig"):
        operations.count_unanswered(typed, NOW)
    operations.count_unanswered("máy dập", NOW + timedelta(days=1))
    assert set(kept()) == {
        (DAY, "máy dập", 2),
        (DAY, "hàn tig", 1),
        (DAY + timedelta(days=1), "máy dập", 1),
    }
    assert [(one.words, one.times) for one in queries.asked_in_vain(since=DAY)] == [
        ("máy dập", 3),
        ("hàn tig", 1),
    ]


def test_nonsense_sent_all_day_fills_no_database(monkeypatch):
    monkeypatch.setattr(operations, "_MOST_A_DAY", 2)
    for typed in ("aaa", "bbb", "ccc", "aaa"):
        operations.count_unanswered(typed, NOW)
    assert [row[1] for row in kept()] == ["aaa", "bbb"]
    operations.count_unanswered("ccc", NOW + timedelta(days=1))
    assert len(kept()) == 3


def test_after_a_year_searches_are_forgotten():
    operations.count_unanswered("máy dập", NOW)
    operations.forget_unanswered(now=NOW + timedelta(days=365))
    assert len(kept()) == 1
    operations.forget_unanswered(now=NOW + timedelta(days=366))
    assert kept() == []


def test_an_answer_stands_first_from_its_first_day_to_its_last(editor):
    known("tool:tpm", "Bảo trì")
    promote(editor, first=DAY + timedelta(days=1), last=DAY + timedelta(days=2))
    days = [promoted("bảo dưỡng", NOW + timedelta(days=n)) for n in range(4)]
    assert days == [[], ["tool:tpm"], ["tool:tpm"], []]


@pytest.mark.parametrize("typed", ["bảo dưỡng", "BAO DUONG", " bảo-dưỡng! "])
def test_it_is_for_these_words_however_they_are_typed(editor, typed):
    known("tool:tpm", "Bảo trì")
    promote(editor)
    assert promoted(typed) == ["tool:tpm"]
    assert promoted("bảo dưỡng máy") == []


@pytest.mark.parametrize(
    ("given", "refusal", "field"),
    [
        ({"words": "?"}, PromotionRefusal.NO_WORDS, "words"),
        ({"address": "/nothing"}, PromotionRefusal.NOT_FOUND, "address"),
        ({"address": "http://[::1"}, PromotionRefusal.NOT_FOUND, "address"),
        ({"last": DAY - timedelta(days=1)}, PromotionRefusal.DAYS_IN_ORDER, "till_day"),
        ({"words": "Bảo dưỡng"}, PromotionRefusal.PROMOTED_ALREADY, "address"),
    ],
)
def test_what_cannot_stand_first_is_refused(editor, given, refusal, field):
    known("tool:tpm", "Bảo trì")
    if refusal is PromotionRefusal.PROMOTED_ALREADY:
        promote(editor)
    with pytest.raises(RefusedError) as refused:
        promote(editor, **given)
    assert (refused.value.refusal, refused.value.field) == (refusal, field)


def test_the_address_may_be_copied_with_the_site_before_it(editor):
    known("tool:tpm", "Bảo trì")
    promote(editor, address="https://clb.example/tool:tpm?lang=en#nguon")
    assert promoted("bảo dưỡng") == ["tool:tpm"]


def test_who_promotes_and_who_ends_it_is_written_down(editor):
    known("tool:tpm", "Bảo trì")
    answer = promote(editor)
    other = an_account(RoleName.COORDINATOR)
    operations.end_promotion(answer.public_id, by=other.id, now=NOW + timedelta(hours=1))
    assert promoted("bảo dưỡng") == []
    assert (answer.made_by_id, answer.ended_by_id) == (editor.id, other.id)
    actions = select(AuditEntry.action, AuditEntry.account_id).order_by(AuditEntry.id)
    assert [tuple(row) for row in db.session.execute(actions)] == [
        ("knowledge.promote_answer", editor.id),
        ("knowledge.end_promotion", other.id),
    ]
    with pytest.raises(RefusedError):
        operations.end_promotion(answer.public_id, by=other.id, now=NOW)


def test_the_promoted_page_comes_first_and_is_marked_and_not_listed_twice(client, editor):
    known("tool:tpm", "Bảo trì")
    known("case:a", "Bảo trì ở xưởng giấy")
    promote(editor, words="bảo trì", address="/case:a", first=date(2020, 1, 1))
    page = client.get("/search?q=bao tri")
    assert page.text.index("Biên tập viên gợi ý") < page.text.index('href="/case:a"')
    assert page.text.index('href="/case:a"') < page.text.index('href="/tool:tpm"')
    assert page.text.count('href="/case:a"') == 1
    assert "Biên tập viên gợi ý" not in client.get("/search?q=bao tri&kind=case").text


def test_an_answer_for_words_that_nothing_has_is_an_answer(client, editor):
    known("tool:tpm", "Bảo trì")
    promote(editor, first=date(2020, 1, 1))
    page = client.get("/search?q=bảo dưỡng")
    assert 'href="/tool:tpm"' in page.text
    assert "Không trang nào" not in page.text
    assert "Không có kết quả" not in page.text
    assert kept() == []


def test_what_cannot_be_found_any_more_stands_first_no_more(client, editor):
    known("tool:tpm", "Bảo trì kín")
    promote(editor, first=date(2020, 1, 1))
    forget("tool:tpm")
    page = client.get("/search?q=bảo dưỡng")
    assert "kín" not in page.text
    assert "Không trang nào" in page.text


def test_a_search_in_vain_is_counted_and_a_found_one_is_not(client):
    known("case:a", "Kaizen")
    for query in ("q=kaizen", "q=máy+dập", "q=Máy+dập&kind=case", "q=y", "q="):
        client.get(f"/search?{query}")
    client.get("/search/suggestions.json?q=hàn")
    assert [(words, times) for _day, words, times in kept()] == [("máy dập", 2)]


def test_the_desk_shows_what_is_searched_for_and_takes_an_answer(client, sign_in, editor):
    known("tool:tpm", "Bảo trì")
    browser = sign_in(editor)
    client.get("/search?q=bảo+dưỡng")
    assert "bảo dưỡng" in browser.get(DESK).text
    assert 'value="bảo dưỡng"' in browser.get(f"{DESK}/new?words=bảo+dưỡng").text
    given = {"words": "bảo dưỡng", "address": "/nothing", "from_day": "2026-03-03"}
    refused = browser.post(f"{DESK}/new", data=given)
    assert refused.status_code == 422
    assert 'value="/nothing"' in refused.text
    done = browser.post(f"{DESK}/new", data=given | {"address": "/tool:tpm"})
    assert (done.status_code, done.location) == (302, DESK)
    page = browser.get(DESK).text
    assert "Đang đứng đầu" in page
    assert editor.person.full_name in page
    answer = db.session.scalars(select(PromotedAnswer)).one()
    browser.post(f"{DESK}/{answer.public_id}/end")
    assert "Đang đứng đầu" not in browser.get(DESK).text
    assert browser.post(f"{DESK}/{answer.public_id}/end").status_code == 409


def test_the_desk_asks_as_often_for_many_as_for_one(sign_in, editor, count_queries):
    browser = sign_in(editor)

    def asked(number):
        for n in range(number):
            known(f"tool:t{number}-{n}", "Bảo trì")
            promote(editor, words=f"bảo dưỡng {number} {n}", address=f"/tool:t{number}-{n}")
            operations.count_unanswered(f"máy {number} {n}", NOW)
        with count_queries() as seen:
            browser.get(DESK)
        return len(seen)

    assert asked(1) == asked(10)
