import re
import threading
import uuid

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.outbox.composing import composed
from club.outbox.models import Letter, LetterState
from club.refusal import RefusedError
from club.registration import operations
from club.registration.messages import queries
from club.registration.messages.models import Group, RunMessage
from club.registration.messages.operations import Draft, send_message
from tests.registration.support import a_registrant, accept, agree, register, withdraw
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.pages import words

BODY = "Mời anh chị mang theo máy tính.\n\nXem http://localhost/courses/"


pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def run():
    return a_run(seats=2)


@pytest.fixture
def people(run):
    """Two with a place, one who waits, one who left."""
    accounts = [a_registrant() for _ in range(4)]
    for account in accounts:
        register(account, run)
    withdraw(accounts[3], run)
    return accounts


@pytest.fixture
def coordinator():
    return an_account(RoleName.COORDINATOR)


def typed(group="confirmed", **given):
    return {"group": group, "subject": "Mang theo máy tính", "body": BODY} | given


def hidden(page):
    """What the preview sends on."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', page.text)[1]
        for name in ("group", "subject", "message", "seen")
    } | {"body": BODY}


def preview(client, run, **given):
    return client.post(f"/office/runs/{run.code}/messages/preview?lang=en", data=typed(**given))


def sent_to():
    query = select(Letter).where(Letter.kind == "registration.message").order_by(Letter.id)
    db.session.rollback()
    return {letter.recipient for letter in db.session.scalars(query)}


@pytest.mark.parametrize(
    ("group", "who"), [("all", [0, 1, 2]), ("confirmed", [0, 1]), ("waiting", [2])]
)
def test_each_of_the_group_gets_one_letter(run, people, coordinator, sign_in, group, who):
    client = sign_in(coordinator)
    page = preview(client, run, group=group)
    assert sent_to() == set()
    answer = client.post(f"/office/runs/{run.code}/messages", data=hidden(page))
    assert answer.location == f"/office/runs/{run.code}/messages"
    assert sent_to() == {people[n].email for n in who}
    [message] = db.session.scalars(select(RunMessage))
    assert (message.people, message.group, message.by_id) == (
        len(who),
        Group(group),
        coordinator.id,
    )
    [entry] = db.session.scalars(select(AuditEntry).where(AuditEntry.subject_id == run.code))
    assert entry.detail == {"readers": group, "people": len(who), "subject": "Mang theo máy tính"}


def test_the_preview_names_everybody_and_says_how_it_gets_there(run, people, coordinator, sign_in):
    silent = a_person(email=None, phone="+84912345678", full_name="Lý Không Thư")
    agree(silent)
    with_room = a_run(seats=20)
    for account in people[:2]:
        register(account, with_room)
    operations.register_on_behalf(
        silent.id, run_id=with_room.id, organisation_id=None, by=coordinator.id, now=NOW
    )
    text = words(preview(sign_in(coordinator), with_room))
    for account in people[:2]:
        assert account.person.full_name in text
        assert f"Letter to {account.email}, and a notice on the site" in text
    assert "No address: only a notice on the site. Call 0912 345 678." in text
    assert "Mời anh chị mang theo máy tính." in text
    assert f"{coordinator.person.full_name} gửi thư này cho người của lớp:" in text
    assert "Send to 3 people" in text


def test_what_was_typed_is_kept_on_the_way_back_and_after_a_mistake(
    run, people, coordinator, sign_in
):
    client = sign_in(coordinator)
    for address, data, status in (
        ("new", typed(group="waiting"), 200),
        ("preview", typed(group="waiting", subject=""), 422),
        ("preview", typed(group="nonsense"), 422),
        ("preview", typed(body="x" * 5001), 422),
    ):
        page = client.post(f"/office/runs/{run.code}/messages/{address}", data=data)
        assert page.status_code == status
        assert data["body"] in page.text


def test_an_empty_group_is_said_and_nothing_lost(run, coordinator, sign_in):
    page = preview(sign_in(coordinator), run)
    assert page.status_code == 422
    assert "There is nobody in this group now." in words(page)
    assert BODY in page.text


def test_a_list_that_changed_since_is_shown_again_first(run, people, coordinator, sign_in):
    client = sign_in(coordinator)
    seen = hidden(preview(client, run))
    withdraw(people[0], run)
    accept(people[2], run)
    page = client.post(f"/office/runs/{run.code}/messages?lang=en", data=seen)
    assert page.status_code == 409
    assert sent_to() == set()
    text = words(page)
    assert f"New on it: {people[2].person.full_name}" in text
    assert f"No longer on it: {people[0].person.full_name}" in text
    client.post(f"/office/runs/{run.code}/messages", data=hidden(page))
    assert sent_to() == {people[1].email, people[2].email}


def test_sending_twice_is_once(run, people, coordinator, sign_in):
    client = sign_in(coordinator)
    data = hidden(preview(client, run))
    for _ in range(3):
        assert client.post(f"/office/runs/{run.code}/messages", data=data).status_code == 302
    assert len(db.session.scalars(select(Letter).where(Letter.kind.like("%message"))).all()) == 2
    assert len(db.session.scalars(select(RunMessage)).all()) == 1


def test_five_who_press_at_once_send_it_once(app, run, people, coordinator):
    draft = Draft(uuid.uuid4(), Group.ALL, "Chào", BODY, "Lê Hạnh")
    seen = {p.public_id for p in queries.recipients(run.id, Group.ALL)}
    run_id, by, barrier, failed = run.id, coordinator.id, threading.Barrier(5), []
    db.session.rollback()

    def press():
        with app.app_context():
            from club.courses.models import Run

            mine = db.session.get_one(Run, run_id)
            barrier.wait(30)
            try:
                send_message(draft, mine, seen=seen, by=by, now=NOW)
            except Exception as error:  # noqa: BLE001  the test says which ones came
                failed.append(error)
            db.session.remove()

    threads = [threading.Thread(target=press) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert len(sent_to()) == 3
    assert len(db.session.scalars(select(RunMessage)).all()) == 1


def test_a_message_of_another_run_is_refused(run, people, coordinator):
    draft = Draft(uuid.uuid4(), Group.ALL, "Chào", BODY, "Lê Hạnh")
    seen = {p.public_id for p in queries.recipients(run.id, Group.ALL)}
    send_message(draft, run, seen=seen, by=coordinator.id, now=NOW)
    with pytest.raises(RefusedError, match="another class"):
        send_message(draft, a_run(), seen=seen, by=coordinator.id, now=NOW)


def test_made_up_people_are_not_looked_up(run, people, coordinator, sign_in):
    """Who never was on this list is not named, whatever is posted."""
    stranger, client = a_person(full_name="Người Lạ Mặt"), sign_in(coordinator)
    data = hidden(preview(client, run)) | {"seen": f"{stranger.public_id} nonsense"}
    page = client.post(f"/office/runs/{run.code}/messages", data=data)
    assert page.status_code == 409
    assert "Người Lạ Mặt" not in page.text
    for missing in ("group", "body"):
        data = hidden(preview(client, run)) | {missing: ""}
        assert client.post(f"/office/runs/{run.code}/messages", data=data).status_code == 422
    assert sent_to() == set()


@pytest.mark.parametrize("tampered", ["", "nonsense"])
def test_what_was_not_looked_over_says_so_and_keeps_the_text(
    run, people, coordinator, sign_in, tampered
):
    client = sign_in(coordinator)
    data = hidden(preview(client, run)) | {"message": tampered}
    page = client.post(f"/office/runs/{run.code}/messages?lang=en", data=data)
    assert page.status_code == 422
    assert "This has not been looked over yet. Look at it first, then send it." in words(page)
    assert BODY in page.text
    assert sent_to() == set()


def test_nothing_typed_becomes_a_header_or_markup(run, people, coordinator):
    seen = {p.public_id for p in queries.recipients(run.id, Group.ALL)}
    draft = Draft(
        uuid.uuid4(), Group.ALL, "Chào\r\nBcc: x@evil.test", "<b>A & B</b>\n\nBcc: y", "Lê Hạnh"
    )
    send_message(draft, run, seen=seen, by=coordinator.id, now=NOW)
    letter = db.session.scalars(select(Letter).where(Letter.kind.like("%message"))).first()
    assert letter.subject == "Chào Bcc: x@evil.test"
    message = composed(letter)
    assert message["Bcc"] is None
    assert "<b>A & B</b>" in message.get_body(("plain",)).get_content()
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in message.get_body(("html",)).get_content()


def test_a_trainer_writes_to_the_own_run_and_sees_no_addresses(people, sign_in):
    trainer = an_account(RoleName.TRAINER)
    taught, others = a_run(trainers=[trainer.person]), a_run()
    register(people[0], taught)
    client = sign_in(trainer)
    page = preview(client, taught)
    assert people[0].person.full_name in page.text
    assert people[0].email not in page.text
    assert client.post(f"/office/runs/{taught.code}/messages", data=hidden(page)).status_code == 302
    assert sent_to() == {people[0].email}
    for address in ("", "/new"):
        assert client.get(f"/office/runs/{others.code}/messages{address}").status_code == 404
    for address in ("", "/new", "/preview"):
        answer = client.post(f"/office/runs/{others.code}/messages{address}", data=typed())
        assert answer.status_code == 404


def test_at_night_the_preview_says_when_the_letters_go_out(
    run, people, coordinator, sign_in, present
):
    present[0] = NOW.replace(hour=15)  # 22:00
    client = sign_in(coordinator)
    page = preview(client, run)
    assert "It is night: the letters go out at 7:00." in words(page)
    client.post(f"/office/runs/{run.code}/messages", data=hidden(page))
    [first, _] = db.session.scalars(select(Letter).where(Letter.kind.like("%message")))
    assert first.waits_for_morning
    assert first.state is LetterState.WAITING


def test_what_was_written_is_on_the_run_s_page(run, people, coordinator, sign_in):
    client = sign_in(coordinator)
    client.post(f"/office/runs/{run.code}/messages", data=hidden(preview(client, run)))
    text = words(client.get(f"/office/runs/{run.code}/messages?lang=en"))
    assert "Mang theo máy tính" in text
    assert f"{coordinator.person.full_name} · Who has a place, 2 people" in text
    listed = client.get(f"/office/runs/{run.code}/registrations").text
    assert f'href="/office/runs/{run.code}/messages"' in listed


def test_previews_and_lists_take_the_same_number_of_queries(coordinator, sign_in, count_queries):
    def queries_with(number):
        run, client = a_run(seats=30), sign_in(coordinator)
        for _ in range(number):
            register(a_registrant(), run)
            seen = {p.public_id for p in queries.recipients(run.id, Group.ALL)}
            draft = Draft(uuid.uuid4(), Group.ALL, "Chào", BODY, "Lê Hạnh")
            send_message(draft, run, seen=seen, by=coordinator.id, now=NOW)
        with count_queries() as looked:
            preview(client, run)
        with count_queries() as listed:
            client.get(f"/office/runs/{run.code}/messages")
        return len(looked), len(listed)

    assert queries_with(1) == queries_with(20)
