"""Files and texts written on the site meet: neither is lost, and addresses last."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from club.db import db
from club.files.content_error import ContentError
from club.knowledge.editing.models import ArticleAddress, Source, TextState
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.importing import sync_knowledge
from tests.knowledge.editing.kit import (
    an_editor,
    article,
    at,
    draft,
    drafts,
    handed_in,
    revisions,
)
from tests.support.factories import NOW
from tests.support.work import work_within

LATER = NOW + timedelta(days=3)


@pytest.fixture(autouse=True)
def _on_that_morning():
    with at(NOW):
        yield


def synced(content, *, now=LATER):
    return sync_knowledge(content.path, now=now)


@pytest.fixture
def changed_on_the_site(content):
    """A tool's page from a file, whose text was then changed on the site."""
    content.write("tools/5s.md", "Từ tệp.")
    synced(content, now=NOW)
    found = handed_in("5s", an_editor(), body="Từ trang.")
    reviewing.publish(found.id, by=an_editor().id, now=NOW)
    return content


def test_a_changed_file_does_not_write_over_what_was_written_on_the_site(changed_on_the_site):
    changed_on_the_site.write("tools/5s.md", "Tệp mới.")
    done = synced(changed_on_the_site)
    assert article("5s").body == "Từ trang."
    waiting = drafts()[-1]
    assert (waiting.source, waiting.state) == (Source.FILE, TextState.IN_REVIEW)
    assert waiting.facts["body"] == "Tệp mới."
    assert done.changed == 0
    (told,) = done.told
    assert told.startswith("tools/5s.md: was changed, and /knowledge/5s was changed on the site")
    assert told.endswith(f"/office/knowledge/drafts/{waiting.public_id}")


def test_it_is_told_once_and_a_later_change_of_the_file_waits_in_the_same_draft(
    changed_on_the_site,
):
    changed_on_the_site.write("tools/5s.md", "Tệp mới.")
    synced(changed_on_the_site)
    assert synced(changed_on_the_site).told == ()
    changed_on_the_site.write("tools/5s.md", "Tệp mới hơn.")
    assert len(synced(changed_on_the_site).told) == 1
    of_files = [one for one in drafts() if one.source is Source.FILE]
    assert [one.facts["body"] for one in of_files] == ["Tệp mới hơn."]


def test_a_file_that_only_looks_different_tells_nothing(changed_on_the_site):
    file = changed_on_the_site.path / "tools/5s.md"
    file.write_text(file.read_text().replace("kind: tool", "kind: 'tool'"))
    assert synced(changed_on_the_site).told == ()
    assert [one.source for one in drafts()] == [Source.WEB]


def test_editors_see_both_side_by_side_and_may_take_over_the_file(sign_in, changed_on_the_site):
    changed_on_the_site.write("tools/5s.md", "Tệp mới.")
    synced(changed_on_the_site)
    waiting = drafts()[-1]
    client = sign_in(an_editor())
    page = client.get(f"/office/knowledge/drafts/{waiting.public_id}").text
    assert "Tệp của bài này đã thay đổi" in page
    assert "<del>Từ trang.</del>" in page
    assert "<ins>Tệp mới.</ins>" in page
    client.post(f"/office/knowledge/drafts/{waiting.public_id}/publication")
    assert article("5s").body == "Tệp mới."
    assert revisions("5s")[-1].source is Source.FILE
    changed_on_the_site.write("tools/5s.md", "Tệp sau nữa.")
    assert synced(changed_on_the_site).told == ()
    assert article("5s").body == "Tệp sau nữa."


def test_what_editors_made_of_both_is_the_sites(changed_on_the_site):
    changed_on_the_site.write("tools/5s.md", "Tệp mới.")
    synced(changed_on_the_site)
    waiting, first, second = drafts()[-1], an_editor(), an_editor()
    reviewing.send_back(waiting.id, "Ghép", by=first.id, now=LATER)
    both = waiting.facts | {"body": "Cả hai."}
    drafting.save(waiting.id, both, note="Ghép", seen=1, by=first.id, now=LATER)
    drafting.hand_in(waiting.id, by=first.id, now=LATER)
    reviewing.publish(waiting.id, by=second.id, now=LATER)
    assert revisions("5s")[-1].source is Source.WEB
    assert draft(waiting.public_id).state is TextState.PUBLISHED


def test_a_text_of_the_site_stays_when_its_file_goes(changed_on_the_site):
    (changed_on_the_site.path / "tools/5s.md").unlink()
    assert synced(changed_on_the_site).told == (
        "tools/5s.md: is gone; /knowledge/5s was changed on the site and stays",
    )
    assert (article("5s").retired_at, article("5s").content_path) == (None, None)
    assert synced(changed_on_the_site).told == ()


def test_a_file_that_goes_says_which_texts_lead_to_it(content):
    file = content.write("tools/5s.md")
    content.write("cases/may-demo.md", "Xem [5S](/knowledge/5s) và [khác](/knowledge/5s-hai).")
    content.write("cases/b.md", "Xem [khác](/knowledge/5s-hai).")
    synced(content)
    file.unlink()
    assert synced(content).told == ("tools/5s.md: is gone; these texts lead to it: may-demo",)


def test_a_renamed_file_keeps_its_text_and_the_old_address_leads_there(client, content):
    content.write("tools/5s.md")
    synced(content, now=NOW)
    before = article("5s").id
    (content.path / "tools/5s.md").unlink()
    content.write("tools/nam-s.md", was=["5s"])
    done = synced(content)
    assert (done.added, done.changed) == (0, 1)
    assert article("nam-s").id == before
    assert len(revisions("nam-s")) == 2
    assert client.get("/knowledge/5s").location == "/knowledge/nam-s"
    assert (synced(content).changed, len(revisions("nam-s"))) == (0, 2)


def test_a_new_file_may_take_over_an_address_that_nothing_has(client, content):
    content.write("tools/nam-s.md", was=["5s"])
    synced(content)
    assert client.get("/knowledge/5s").location == "/knowledge/nam-s"


@pytest.mark.parametrize(
    ("was", "fault"),
    [
        (["may-demo"], "tools/5s.md: was: may-demo is the address of another file"),
        (["5s"], "tools/5s.md: was: 5s is the address of another file"),
        (["Cũ Kỹ"], "was: Cũ Kỹ is no address: small letters a-z, digits and hyphens"),
    ],
)
def test_addresses_cannot_lead_in_a_ring(content, was, fault):
    content.write("tools/5s.md", was=was)
    content.write("cases/may-demo.md", was=["5s"] if was == ["may-demo"] else [])
    with pytest.raises(ContentError, match=r"is the address|is no address") as refused:
        synced(content)
    assert fault in str(refused.value)
    assert db.session.scalars(select(ArticleAddress)).all() == []


def test_a_review_date_of_a_file_counts(content):
    content.write("tools/5s.md", review_by="hôm nào")
    with pytest.raises(ContentError, match="review_by: is a day"):
        synced(content)
    day = NOW.date() + timedelta(days=400)
    content.write("tools/5s.md", checked_on=NOW.date(), review_by=day)
    synced(content)
    assert article("5s").review_by == day
    content.write("tools/5s.md", checked_on=day, review_by=day)
    with pytest.raises(ContentError, match="review_by: is a day after checked_on"):
        synced(content)


@pytest.mark.slow
def test_many_files_are_brought_in_at_a_hundred_a_second(content):
    """2,000 in 20 seconds, and a second where nothing changed."""
    text = "## Kết quả\n\n" + "Xưởng đo lại từng bước rồi mới đổi cách xếp. " * 60
    for number in range(200):
        content.write(f"cases/c{number}.md", text)
    with work_within(2):
        synced(content)
    with work_within(0.1):
        synced(content)


def test_texts_that_lead_to_each_other_are_both_read_and_both_may_go(client, content):
    content.write("tools/5s.md", "Xem [Lean](/knowledge/lean) và [5S](/knowledge/5s).")
    content.write("tools/lean.md", "Xem [5S](/knowledge/5s).")
    sync_knowledge(content.path, now=NOW)
    assert client.get("/knowledge/5s").status_code == 200
    assert client.get("/knowledge/lean").status_code == 200
    (content.path / "tools/5s.md").unlink()
    told = synced(content).told
    assert told == ("tools/5s.md: is gone; these texts lead to it: lean",)
    assert client.get("/knowledge/5s").status_code == 410
    assert client.get("/knowledge/lean").status_code == 200
    (content.path / "tools/lean.md").unlink()
    assert synced(content).told == ()


def test_addresses_that_two_texts_exchange_lead_in_no_ring(client, content):
    content.write("tools/5s.md", "Năm.")
    content.write("tools/lean.md", "Tinh gọn.")
    sync_knowledge(content.path, now=NOW)
    (content.path / "tools/5s.md").rename(content.path / "tools/nam-s.md")
    content.write("tools/nam-s.md", "Năm.", was=["5s"])
    sync_knowledge(content.path, now=NOW)
    (content.path / "tools/lean.md").rename(content.path / "tools/5s.md")
    content.write("tools/5s.md", "Tinh gọn.", was=["lean"])
    sync_knowledge(content.path, now=NOW)
    assert client.get("/knowledge/lean").location == "/knowledge/5s"
    assert "Tinh gọn." in client.get("/knowledge/5s").text
    assert "Năm." in client.get("/knowledge/nam-s").text
