import email
import email.policy
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from club import clock
from club.db import db, transaction
from club.outbox import posting
from club.outbox.composing import composed
from club.outbox.delivery import CLAIM, Sent, _claim, send_due_letters
from club.outbox.models import Letter, LetterState
from club.outbox.operations import resend, write_letter
from club.outbox.showing import shown_to_staff
from club.refusal import RefusedError
from tests.outbox.mail_server import a_free_port, mail_server
from tests.registration.support import a_registrant
from tests.support.factories import NOW, a_person, a_run, an_account
from tests.support.letters import letter_with

CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def a_letter(n=1, **given):
    defaults = {
        "kind": "test.kind",
        "event_key": f"test:{n}",
        "person_id": None,
        "recipient": "an@example.vn",
        "language": "vi",
        "subject": "Anh chị đã có chỗ: Thực hành 5S",
        "body_text": "Chào chị.\n\nXem http://localhost/me/\n",
        "now": NOW,
    }
    return letter_with(write_letter(**defaults | given))


def letters():
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def send(now=NOW):
    return send_due_letters(now=lambda: now)


@pytest.fixture
def mail_to(app):
    """``mail_to(url)`` sends the letters of this test there."""
    settings = app.extensions["club.settings"]

    def use(url):
        app.extensions["club.settings"] = replace(settings, mail_url=url)

    yield use
    app.extensions["club.settings"] = settings


@pytest.fixture
def server(mail_to, monkeypatch):
    monkeypatch.setattr(posting, "PATIENCE", 0.5)
    with mail_server() as (faulty, url):
        mail_to(url)
        yield faulty


@pytest.fixture
def folder(mail_to, tmp_path):
    mail_to(f"file:{tmp_path}/mail")
    return tmp_path / "mail"


def test_a_letter_arrives_with_text_html_and_steady_headers(server):
    letter = a_letter()
    assert send() == Sent(sent=1)
    [message] = server.taken
    assert message["Message-ID"] == f"<{letter.public_id}@club.example>"
    assert message["Subject"] == "Anh chị đã có chỗ: Thực hành 5S"
    assert message["To"] == "an@example.vn"
    assert message["From"].addresses[0].addr_spec == "clb@club.example"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text.startswith("Chào chị.\n\nXem http://localhost/me/\n")
    html = message.get_body(("html",)).get_content()
    assert '<a href="http://localhost/me/"' in html
    [sent] = letters()
    assert (sent.state, sent.sent_at, sent.last_error) == (LetterState.SENT, NOW, None)


def test_a_calendar_goes_along(server):
    a_letter(calendar=CALENDAR)
    send()
    [attachment] = server.taken[0].iter_attachments()
    assert attachment.get_content_type() == "text/calendar"
    assert attachment["Content-Type"].params["method"] == "REQUEST"
    assert "BEGIN:VCALENDAR" in attachment.get_content()


def test_a_sent_letter_is_not_sent_again(server):
    a_letter()
    send()
    assert send() == Sent()
    assert len(server.taken) == 1


def test_letters_go_into_a_folder_under_one_name_each(folder):
    letter = a_letter()
    send()
    with transaction() as session:
        session.execute(update(Letter).values(state=LetterState.WAITING, next_attempt_at=NOW))
    send()
    [path] = folder.iterdir()
    assert path.name == f"20260303-090000-{letter.public_id}.eml"
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["Subject"] == "Anh chị đã có chỗ: Thực hành 5S"


def test_a_temporary_no_is_tried_again_later_and_later(server):
    server.mode = "4xx"
    a_letter()
    waits, now = [], NOW
    for _ in range(7):
        assert send(now) == Sent(later=1)
        [letter] = letters()
        waits.append((letter.next_attempt_at - now) // timedelta(minutes=1))
        assert send(letter.next_attempt_at - timedelta(seconds=1)) == Sent()
        now = letter.next_attempt_at
    assert waits == [1, 5, 15, 60, 240, 240, 240]
    assert send(now) == Sent(failed=1)
    [letter] = letters()
    assert (letter.state, letter.attempts) == (LetterState.FAILED, 8)
    assert letter.last_error == "451 4.3.0 try later"


def test_a_temporary_no_to_one_letter_does_not_hold_up_the_next(server):
    server.mode = "4xx"
    a_letter(1)
    a_letter(2)
    assert send() == Sent(later=2)


@pytest.mark.parametrize(
    ("mode", "error"),
    [("5xx", "554 5.7.1 no"), ("refuse-recipient", "550 5.1.1 nobody of that name")],
)
def test_a_permanent_no_fails_at_once_and_says_why(server, mode, error):
    server.mode = mode
    a_letter(1)
    assert send() == Sent(failed=1)
    [letter] = letters()
    assert (letter.state, letter.attempts, letter.last_error) == (LetterState.FAILED, 1, error)


def test_a_refused_sender_is_a_matter_of_settings_not_of_the_letter(server):
    server.mode = "refuse-sender"
    a_letter()
    assert send() == Sent(later=1)
    server.mode = "ok"
    assert send(NOW + timedelta(minutes=1)) == Sent(sent=1)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["hang", "drop-after-data"])
def test_a_server_that_hangs_or_hangs_up_loses_nothing(server, mode):
    server.mode = mode
    a_letter(1)
    a_letter(2)
    began = time.monotonic()
    assert send() == Sent(later=1)
    assert time.monotonic() - began < 5
    server.mode = "ok"
    assert send() == Sent(sent=1)
    assert send(NOW + timedelta(minutes=1)) == Sent(sent=1)
    ids = {f"<{letter.public_id}@club.example>" for letter in letters()}
    assert set(server.ids) == ids
    repeated = [number for number in ids if server.ids.count(number) > 1]
    assert len(repeated) == (1 if mode == "drop-after-data" else 0)


@pytest.mark.slow
def test_a_slow_server_gets_every_letter_once(server):
    server.mode = "slow"
    for n in range(3):
        a_letter(n)
    assert send() == Sent(sent=3)
    assert len(set(server.ids)) == len(server.ids) == 3


def test_a_moody_server_gets_every_letter_once_in_the_end(server):
    server.mode = "flaky"
    for n in range(6):
        a_letter(n)
    now = NOW
    while any(letter.state is LetterState.WAITING for letter in letters()):
        send(now)
        db.session.expire_all()
        now += timedelta(minutes=5)
    assert {letter.state for letter in letters()} == {LetterState.SENT}
    assert len(set(server.ids)) == len(server.ids) == 6


def test_no_page_waits_for_a_mail_server_that_hangs(app, server, sign_in, monkeypatch):
    """The worker holds a letter out to it; meanwhile people go on registering."""
    monkeypatch.setattr(posting, "PATIENCE", 4)
    server.mode = "hang"
    a_letter()
    run, account = a_run(starts_at=clock.now() + timedelta(days=9)), a_registrant()
    client = sign_in(account)
    client.get(f"/runs/{run.code}")

    def deliver():
        with app.app_context():
            send()

    worker = threading.Thread(target=deliver)
    worker.start()
    while not server.offered:
        time.sleep(0.01)
    began = time.monotonic()
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    took = time.monotonic() - began
    assert worker.is_alive()
    worker.join(20)
    assert answer.status_code == 302
    assert took < 1
    db.session.rollback()
    told = db.session.scalars(select(Letter.kind).where(Letter.person_id == account.person_id))
    assert told.all() == ["registration.confirmed"]


def test_no_server_at_all_is_a_reason_to_wait(mail_to):
    mail_to(f"smtp://127.0.0.1:{a_free_port()}")
    a_letter(1)
    a_letter(2)
    assert send() == Sent(later=1)
    assert [letter.attempts for letter in letters()] == [1, 0]
    assert "refused" in letters()[0].last_error


def test_writing_a_letter_never_talks_to_the_mail_server(mail_to):
    mail_to("smtp://192.0.2.1:25")
    began = time.monotonic()
    a_letter()
    assert time.monotonic() - began < 1


def test_a_password_is_not_sent_in_the_open(mail_to, monkeypatch):
    with mail_server() as (_faulty, url):
        port = url.rsplit(":", 1)[1]
        monkeypatch.setattr(posting, "_LOOPBACK", set())
        mail_to(f"smtp://ten:matkhau@127.0.0.1:{port}")
        a_letter()
        assert send() == Sent(later=1)
    assert letters()[0].last_error == (
        "the mail server offers no encryption, so the password was not sent"
    )


def test_two_workers_never_hold_the_same_letter():
    a_letter(1)
    a_letter(2)
    first, second = _claim(now=NOW), _claim(now=NOW)
    assert [first, second] == [letter.id for letter in letters()]
    assert _claim(now=NOW) is None


def test_a_letter_whose_worker_died_is_sent_after_a_while(server):
    a_letter()
    _claim(now=NOW)
    assert send(NOW + CLAIM - timedelta(seconds=1)) == Sent()
    assert send(NOW + CLAIM) == Sent(sent=1)


@pytest.mark.parametrize("recipient", ["khong-phai-dia-chi", "a@b.vn, c@d.vn", "a b@c.vn", ""])
def test_an_address_that_is_none_fails_for_good(server, recipient):
    a_letter(recipient=recipient)
    assert send() == Sent(failed=1)
    assert server.taken == []
    assert letters()[0].last_error == f"not an e-mail address: {recipient}".strip()


def test_nothing_typed_becomes_a_header(server):
    letter = a_letter(
        subject="5S\r\nBcc: x@evil.test", recipient="an@example.vn\r\nBcc: x@evil.test"
    )
    with transaction() as session:
        session.execute(update(Letter).values(subject="5S\nBcc: x@evil.test"))
    assert send() == Sent(failed=1)
    assert server.taken == []
    db.session.refresh(letter)
    letter.recipient = "an@example.vn"
    with pytest.raises(ValueError, match=r"newline|linefeed"):
        composed(letter)
    db.session.rollback()


def test_a_stuck_letter_is_sent_again_on_demand(server):
    by = an_account()
    server.mode = "5xx"
    letter = a_letter()
    send()
    resend(letter.public_id, by=by.id, now=NOW)
    server.mode = "ok"
    assert send() == Sent(sent=1)
    with pytest.raises(RefusedError, match="already been sent"):
        resend(letter.public_id, by=by.id, now=NOW)


def test_staff_do_not_see_secret_links():
    secret, kept = "a" * 32, "0b0f8b7e-6f0f-4c38-9a55-0e5a0a3f4c11"
    letter = a_letter(
        body_text=f"http://localhost/reset/link/{secret}\nhttp://localhost/registrations/{kept}\n"
    )
    text = shown_to_staff(letter).text
    assert secret not in text
    assert "http://localhost/reset/link/…" in text
    assert kept in text


def test_staff_see_the_names_of_pages_however_long():
    letter = a_letter(
        body_text="http://localhost/courses/quan-tri-tinh-gon-cho-xuong-may\n"
        "Xem https://clb.nangsuat.thuanan.binhduong.gov.vn/a\n"
    )
    shown = shown_to_staff(letter)
    assert "https://clb.nangsuat.thuanan.binhduong.gov.vn/a" in shown.text
    assert "/courses/quan-tri-tinh-gon-cho-xuong-may" in shown.text
    assert 'href="http://localhost/courses/quan-tri-tinh-gon-cho-xuong-may"' in shown.html


@pytest.mark.parametrize(
    "token", ["ab-cd-EFghIJ_klmnopqrstuvw", "x" * 20, "abc-def.ghi.jkl-mno-pqr"]
)
def test_no_shape_of_token_is_shown_to_staff(token):
    shown = shown_to_staff(a_letter(body_text=f"Mời xem http://localhost/reset/link/{token}\n"))
    assert token not in shown.text + shown.html


def test_a_letter_that_can_be_turned_off_says_how_in_its_head_and_at_its_foot(server):
    person = a_person(language="en")
    a_letter(kind="registration.reminder", person_id=person.id, language="en")
    send()
    [message] = server.taken
    address = message["List-Unsubscribe"].strip("<>")
    assert address.startswith("http://localhost/letters/off/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in message.get_body(("plain",)).get_content()
    assert address in message.get_body(("html",)).get_content()


def test_a_letter_that_is_needed_cannot_be_turned_off(server):
    a_letter(kind="registration.confirmed", person_id=a_person().id)
    send()
    assert server.taken[0]["List-Unsubscribe"] is None
    assert "/letters/off/" not in server.taken[0].as_string()


def test_a_wrong_address_of_the_post_office_is_said_clearly(mail_to):
    mail_to("gopher://x")
    with pytest.raises(ValueError, match="MAIL_URL begins with"):
        send()


def test_the_folder_may_be_named_below_the_project():
    with posting.post_office("file:var/mail") as post:
        assert post._folder == Path(__file__).parents[2] / "var/mail"
