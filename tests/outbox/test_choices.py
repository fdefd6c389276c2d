import re

import pytest
from sqlalchemy import select

from club.db import db
from club.outbox.kinds import Matter
from club.outbox.models import Channel, Letter, LetterChoice, LetterState
from club.outbox.operations import write_letter
from club.outbox.reading import choose_letters
from club.outbox.turning_off import turn_off_address
from club.refusal import RefusedError
from tests.support.factories import NOW, a_person, an_account
from tests.support.letters import letter_with


def a_letter(person, kind="registration.reminder", n=1):
    return letter_with(
        write_letter(
            kind=kind,
            event_key=f"{kind}:{person.id}:{n}",
            person_id=person.id,
            recipient="an@example.vn",
            language="vi",
            subject="Nhắc",
            body_text="Chào chị.\n",
            now=NOW,
        )
    )


def choices():
    rows = db.session.scalars(select(LetterChoice).order_by(LetterChoice.id))
    return [(row.person_id, row.matter, row.wants, row.channel) for row in rows]


def link(letter):
    return turn_off_address(letter).removeprefix("http://localhost")


@pytest.fixture
def tokens_matter(app, monkeypatch):
    """Posting needs the form's token, as it does for people."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


def test_a_turned_off_letter_is_a_notice_only():
    person = a_person()
    choose_letters(person.id, Matter.REMINDERS, wants=False, channel=Channel.LINK, now=NOW)
    reminder = a_letter(person)
    assert (reminder.state, reminder.in_site) == (LetterState.IN_SITE, True)
    assert a_letter(person, "registration.confirmed").state is LetterState.WAITING
    assert a_letter(person, "records.certificate_issued").state is LetterState.WAITING
    assert a_letter(a_person()).state is LetterState.WAITING


def test_what_a_registration_needs_cannot_be_turned_off():
    person = a_person()
    with pytest.raises(RefusedError, match="cannot be turned off"):
        choose_letters(person.id, Matter.PLACES, wants=False, channel=Channel.LINK, now=NOW)
    assert choices() == []


def test_each_choice_is_a_row_and_the_latest_counts():
    person = a_person()
    for wants in (True, False, False, True):
        choose_letters(person.id, Matter.REMINDERS, wants=wants, channel=Channel.LINK, now=NOW)
    assert [wants for _, _, wants, _ in choices()] == [False, True]
    assert a_letter(person).state is LetterState.WAITING


def test_the_switches_are_kept(sign_in):
    account = an_account()
    client = sign_in(account)
    page = client.get("/me/notices/settings").text
    assert re.findall(r'value="(\w+)" checked', page) == [
        "reminders", "certificates", "expiry", "courses", "materials", "feedback", "follow_ups",
        "figures",
    ]  # fmt: skip
    client.post("/me/notices/settings", data={"wanted": ["certificates", "places", "nonsense"]})
    page = client.get("/me/notices/settings").text
    assert re.findall(r'value="(\w+)" checked', page) == ["certificates"]
    assert choices() == [
        (account.person_id, matter, False, Channel.SETTINGS)
        for matter in (
            "reminders",
            "expiry",
            "courses",
            "materials",
            "feedback",
            "follow_ups",
            "figures",
        )
    ]


def test_the_link_in_a_letter_asks_first_and_works_without_signing_in(client, tokens_matter):
    person = a_person()
    address = link(a_letter(person))
    for _ in range(2):
        assert "Turn these letters off" in client.get(address.replace("lang=vi", "lang=en")).text
    client.head(address)
    assert choices() == []
    page = client.post(address)
    assert page.status_code == 200
    assert choices() == [(person.id, "reminders", False, Channel.LINK)]
    assert "Tôi muốn nhận lại" in page.text
    client.post(address, data={"wants": "1"})
    assert [wants for _, _, wants, _ in choices()] == [False, True]


def test_the_mail_program_s_own_button_needs_neither_cookie_nor_redirect(client, tokens_matter):
    person = a_person()
    answer = client.post(link(a_letter(person)), data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert choices() == [(person.id, "reminders", False, Channel.ONE_CLICK)]


def test_a_link_that_somebody_made_up_changes_nothing(client):
    good = link(a_letter(a_person())).split("?")[0]
    bodies = [
        "not-a-token",
        good.split("/")[-1][:-1],
        good.split("/")[-1] + "x",
        "WzEsInBsYWNlcyJd.x",
    ]
    for token in bodies:
        assert client.get(f"/letters/off/{token}").status_code == 404
        assert client.post(f"/letters/off/{token}").status_code == 404
    assert choices() == []


def test_every_letter_keeps_its_reader(client):
    """The link of one person never touches another one's choice."""
    an, binh = a_person(), a_person()
    client.post(link(a_letter(an)))
    assert {person for person, *_ in choices()} == {an.id}
    assert a_letter(binh).state is LetterState.WAITING
    assert db.session.scalars(select(Letter)).all()
