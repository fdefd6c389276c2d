"""Pictures that a member adds to a proposal, on a phone and without a script."""

from io import BytesIO

import pytest

from club.db import db
from club.knowledge.editing.operations import reviewing
from club.knowledge.importing import sync_knowledge
from club.knowledge.pictures.models import DraftPicture
from club.knowledge.pictures.rules import MOST_OF_A_PROPOSAL
from tests.knowledge.agreements.kit import agreed
from tests.knowledge.editing.kit import a_trainer, an_editor, at, draft
from tests.knowledge.proposals.kit import completed, handed_in, told
from tests.knowledge.questions.kit import a_member
from tests.privacy.test_erasing import asked, erase
from tests.support.factories import NOW
from tests.support.forms import as_it_stands
from tests.support.inspector import complaints
from tests.support.pictures import a_picture


@pytest.fixture(autouse=True)
def _on_that_morning(content):
    with at(NOW):
        content.write("tools/5s.md", "Sàng lọc.")
        sync_knowledge(content.path, now=NOW)
        yield


def send(client, address, *pictures):
    given = [(BytesIO(data), f"{number}.png") for number, data in enumerate(pictures)]
    return client.post(address, data={"file": given})


def pictures(number):
    return [a_picture(width=40 + one) for one in range(number)]


def ready():
    db.session.expire_all()
    return db.session.query(DraftPicture).all()


def test_a_member_adds_describes_and_removes_pictures(sign_in):
    member = a_member()
    found, client = told(member), sign_in(member)
    own = f"/me/proposals/{found.public_id}"
    typed = as_it_stands(client.get(f"{own}/done").text, f"{own}/done")
    to_pictures = client.post(f"{own}/done", data=typed | {"then": "pictures"}).location
    assert to_pictures == f"{own}/pictures"
    assert send(client, to_pictures, *pictures(2)).location == f"{own}/pictures#ready"
    first, second = ready()
    silent = client.post(f"{own}/pictures/{first.picture.code}", data={"alt": " "})
    assert (silent.status_code, "Cho biết trong ảnh có gì" in silent.text) == (422, True)
    client.post(f"{own}/pictures/{first.picture.code}", data={"alt": "Kho trước khi dọn"})
    client.post(f"{own}/pictures/{second.picture.code}/removal")
    assert [one.alt for one in ready()] == ["Kho trước khi dọn"]
    assert 'value="Kho trước khi dọn"' in client.get(f"{own}/pictures").text


def test_at_most_six_and_none_once_it_is_handed_in(sign_in):
    member = a_member()
    found, client = told(member), sign_in(member)
    own = f"/me/proposals/{found.public_id}/pictures"
    assert send(client, own, *pictures(MOST_OF_A_PROPOSAL)).status_code == 302
    more = send(client, own, a_picture(width=90))
    assert (more.status_code, "tối đa sáu ảnh" in more.text) == (422, True)
    assert send(client, own, b"no picture").status_code == 422
    assert len(ready()) == MOST_OF_A_PROPOSAL
    waits = handed_in(member)
    late = send(client, f"/me/proposals/{waits.public_id}/pictures", a_picture())
    assert late.status_code == 422


def test_nobody_else_sees_them_before_the_proposal_is_handed_in(sign_in):
    member, trainer, editor = a_member(), a_trainer(), an_editor()
    found = told(member)
    mine, own = sign_in(member), f"/me/proposals/{found.public_id}"
    send(mine, f"{own}/pictures", a_picture())
    (one,) = ready()
    address = str(one.picture.address)
    mine.post(f"{own}/pictures/{one.picture.code}", data={"alt": "Kho trước khi dọn"})
    others = [sign_in(trainer), sign_in(editor), sign_in(a_member())]
    assert mine.get(address).status_code == 200
    assert [client.get(address).status_code for client in others] == [404, 404, 404]
    assert others[2].get(f"{own}/pictures").status_code == 404
    assert mine.post(f"{own}/submission").status_code == 302
    assert [client.get(address).status_code for client in others] == [200, 200, 404]
    desk = f"/office/knowledge/drafts/{found.public_id}"
    others[0].post(f"{desk}/taking-back")
    assert "Kho trước khi dọn" in others[0].get(desk).text


def test_whoever_looks_a_proposal_over_sees_its_pictures(sign_in):
    member, editor = a_member(), an_editor()
    found, mine = told(member), sign_in(member)
    own = f"/me/proposals/{found.public_id}"
    send(mine, f"{own}/pictures", *pictures(2))
    first, second = ready()
    words = {"alt": "Kho trước khi dọn", "caption": "Kho phụ liệu", "credit": "Tổ May 2"}
    mine.post(f"{own}/pictures/{first.picture.code}", data=words)
    mine.post(f"{own}/submission")
    page = sign_in(editor).get(f"/office/knowledge/drafts/{found.public_id}").text
    assert complaints(page) == []
    assert "Ảnh chưa được đặt vào bài" in page
    for one in (first, second):
        assert f'src="{next(iter(one.picture.address.narrower()))}"' in page
    for said in ('alt="Kho trước khi dọn"', "Kho phụ liệu", "Tổ May 2", "Chưa ai ghi trong ảnh"):
        assert said in page, said


def test_a_picture_that_stands_in_the_text_is_not_shown_twice(sign_in):
    member, trainer = a_member(), a_trainer()
    found, mine = told(member), sign_in(member)
    own = f"/me/proposals/{found.public_id}"
    send(mine, f"{own}/pictures", a_picture())
    (one,) = ready()
    mine.post(f"{own}/pictures/{one.picture.code}", data={"alt": "Kho trước khi dọn"})
    mine.post(f"{own}/submission")
    completed(found, trainer, body=f"Đây.\n\n![Kho]({one.picture.address})")
    page = sign_in(an_editor()).get(f"/office/knowledge/drafts/{found.public_id}").text
    assert 'alt="Kho"' in page
    assert "Ảnh chưa được đặt vào bài" not in page


def test_a_picture_that_a_firm_may_take_back_is_asked_for_each_time(client, sign_in):
    member, editor = a_member(), an_editor()
    found, mine = told(member), sign_in(member)
    own = f"/me/proposals/{found.public_id}"
    send(mine, f"{own}/pictures", a_picture())
    (one,) = ready()
    address = str(one.picture.address)
    mine.post(f"{own}/pictures/{one.picture.code}", data={"alt": "Kho trước khi dọn"})
    mine.post(f"{own}/submission")
    whole = completed(found, a_trainer(), body=f"Đây.\n\n![Kho]({address})")
    agreed(whole, editor)
    reviewing.publish(whole.id, by=editor.id, now=NOW)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, no-cache")
    known = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304


def test_nobody_sends_pictures_without_end(sign_in, app, monkeypatch):
    member, other = a_member(), a_member()
    own = f"/me/proposals/{told(member).public_id}/pictures"
    others = f"/me/proposals/{told(other).public_id}/pictures"
    client = sign_in(member)
    monkeypatch.setitem(app.extensions, "club.limits", True)
    answers = [send(client, own).status_code for _each in range(61)]
    assert answers == [422] * 60 + [429]
    assert send(sign_in(other), others).status_code == 422


def test_with_the_member_their_pictures_go(sign_in):
    member = a_member()
    found = told(member)
    send(sign_in(member), f"/me/proposals/{found.public_id}/pictures", a_picture())
    erase(asked(member.person))
    assert ready() == []
    assert draft(found.public_id).proposer_id is None
