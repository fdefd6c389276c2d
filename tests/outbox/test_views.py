import pytest
from sqlalchemy import update

from club import clock
from club.accounts.models import RoleName
from club.db import db, transaction
from club.outbox.models import Letter, LetterState
from club.outbox.operations import write_letter
from tests.support.factories import NOW, a_person, an_account
from tests.support.letters import letter_with


@pytest.fixture
def coordinator(sign_in, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return sign_in(an_account(RoleName.COORDINATOR))


def a_letter(n=1, *, state=LetterState.WAITING, error=None, **given):
    defaults = {
        "kind": "test.kind",
        "event_key": f"test:{n}",
        "person_id": None,
        "recipient": f"nguoi{n}@example.vn",
        "language": "vi",
        "subject": f"Thư số {n}",
        "body_text": "Chào chị.\n",
        "now": NOW,
    }
    letter = letter_with(write_letter(**defaults | given))
    if state is not LetterState.WAITING:
        with transaction() as session:
            session.execute(
                update(Letter).where(Letter.id == letter.id).values(state=state, last_error=error)
            )
    return letter


def test_the_desk_shows_first_what_could_not_be_delivered(coordinator):
    a_letter(1)
    a_letter(2, state=LetterState.FAILED, error="550 nobody of that name")
    page = coordinator.get("/office/letters?lang=en").text
    assert "550 nobody of that name" in page
    assert ("Thư số 1" in page, "Thư số 2" in page) == (False, True)
    assert "Thư số 1" in coordinator.get("/office/letters?state=waiting").text


def test_letters_are_found_by_a_part_of_the_address(coordinator):
    a_letter(1)
    a_letter(2)
    page = coordinator.get("/office/letters?state=waiting&q=NGUOI2@").text
    assert ("Thư số 1" in page, "Thư số 2" in page) == (False, True)
    assert coordinator.get("/office/letters?q=%25&lang=en").status_code == 200


def test_the_desk_says_when_nothing_leaves(coordinator, monkeypatch):
    a_letter()
    assert "more than ten minutes" not in coordinator.get("/office/letters?lang=en").text
    monkeypatch.setattr(clock, "now", lambda: NOW.replace(hour=3))
    assert "1 letter has been waiting for more than ten minutes" in " ".join(
        coordinator.get("/office/letters?lang=en").text.split()
    )


def test_nobody_learns_at_the_desk_who_complained(coordinator):
    letter = a_letter(kind="certification.complaint_received", body_text="Chị Lan viết\n")
    here = f"/office/letters/{letter.public_id}"
    desk = coordinator.get("/office/letters?state=waiting").text
    pages = [desk, coordinator.get(here).text, coordinator.get(f"{here}/html").text]
    assert [("nguoi1@" in page, "Chị Lan" in page) for page in pages] == [(False, False)] * 3
    assert "Thư số 1" in desk
    assert "Thư số 1" not in coordinator.get("/office/letters?state=waiting&q=nguoi1").text


def test_a_letter_is_shown_as_it_reads_but_for_its_secrets(coordinator):
    letter = a_letter(body_text=f"http://localhost/reset/link/{'x' * 40}\n<b>không</b>\n")
    page = coordinator.get(f"/office/letters/{letter.public_id}").text
    assert "http://localhost/reset/link/…" in page
    assert "x" * 40 not in page
    assert "&lt;b&gt;không&lt;/b&gt;" in page


def test_a_letter_is_shown_in_its_own_look_inside_a_powerless_frame(coordinator):
    token = "x" * 40
    letter = a_letter(body_text=f"http://localhost/reset/link/{token}\n\n<script>x()</script>\n")
    page = coordinator.get(f"/office/letters/{letter.public_id}")
    assert f'src="/office/letters/{letter.public_id}/html"' in page.text
    assert "sandbox" in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    shown = coordinator.get(f"/office/letters/{letter.public_id}/html")
    policy = shown.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
    )
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert token not in shown.text
    assert "&lt;script&gt;x()&lt;/script&gt;" in shown.text
    assert "<script" not in shown.text


def test_a_letter_that_rests_over_night_says_until_when(coordinator):
    at_night = NOW.replace(hour=16)
    letter = a_letter(kind="membership.accepted", now=at_night)
    for address in ("/office/letters?state=waiting", f"/office/letters/{letter.public_id}"):
        assert (
            "Waits until 7:00"
            in coordinator.get(f"{address}{'&' if '?' in address else '?'}lang=en").text
        )


def test_what_was_shown_on_the_site_only_is_listed_and_cannot_be_sent(coordinator):
    letter = a_letter(kind="registration.confirmed", person_id=a_person().id, recipient=None)
    assert "Thư số 1" in coordinator.get("/office/letters?state=in_site").text
    answer = coordinator.post(f"/office/letters/{letter.public_id}/resending?lang=en")
    assert answer.status_code == 409
    assert "only shown on the site" in answer.text


def test_a_letter_that_got_stuck_is_sent_again(coordinator):
    letter = a_letter(state=LetterState.FAILED, error="550 no")
    address = f"/office/letters/{letter.public_id}"
    assert "Send it again" in coordinator.get(f"{address}?lang=en").text
    coordinator.post(f"{address}/resending")
    db.session.expire_all()
    assert db.session.get(Letter, letter.id).state is LetterState.WAITING


def test_a_letter_that_was_sent_stays_sent(coordinator):
    letter = a_letter(state=LetterState.SENT)
    address = f"/office/letters/{letter.public_id}"
    assert "Send it again" not in coordinator.get(f"{address}?lang=en").text
    answer = coordinator.post(f"{address}/resending?lang=en")
    assert answer.status_code == 409
    assert "This letter has already been sent." in answer.text
    assert letter.subject in answer.text


def test_letters_are_for_coordinators(sign_in, client):
    letter = a_letter()
    assert client.get("/office/letters").status_code == 302
    for role in (RoleName.MEMBER, RoleName.TRAINER, RoleName.OFFICIAL):
        reader = sign_in(an_account(role))
        assert reader.get("/office/letters").status_code == 403
        assert reader.get(f"/office/letters/{letter.public_id}").status_code == 403
        assert reader.post(f"/office/letters/{letter.public_id}/resending").status_code == 403


def test_the_list_takes_the_same_number_of_queries_however_long(coordinator, count_queries):
    def queries_with(numbers):
        for n in numbers:
            a_letter(n)
        with count_queries() as seen:
            coordinator.get("/office/letters?state=waiting")
        return len(seen)

    assert queries_with([1]) == queries_with(range(2, 21))
