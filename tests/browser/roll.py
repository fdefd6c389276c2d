"""What a trainer does with the list of a class on the phone, and finds there."""

from playwright.sync_api import expect

from club.db import db
from club.records.attendance.models import AttendanceMark
from tests.browser import steps
from tests.records.kit import every, on_the_list
from tests.support.factories import NOW, a_person, a_run

PASSWORD = "secret-2026"
FIRST = "Trần Thị Châu"


def a_class(trainer, starts_at, *names):
    run = a_run(starts_at=starts_at, trainers=[trainer.person])
    for name in names:
        on_the_list(run, a_person(full_name=name))
    return run


def signs_in_on_a_new_phone(phone, account):
    phone.page.clock.set_fixed_time(NOW)
    steps.signs_in(phone, account.email, PASSWORD)


def is_kept(phone):
    """The page that is open, for when there is no network."""
    expect(phone.page.locator("html[data-kept=yes]")).to_be_attached()


def awaits_what_answers_without_network(phone):
    phone.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")


def row(phone, name=FIRST):
    return phone.page.locator(".roll-row", has_text=name)


def taps(phone, words, name=FIRST):
    row(phone, name).get_by_role("button", name=words).click()


def is_pressed(phone, words, name=FIRST):
    button = row(phone, name).get_by_role("button", name=words)
    expect(button).to_have_attribute("aria-pressed", "true")


def unsent(phone):
    return phone.page.locator("[data-unsent]")


def marks():
    """By name: what is marked, and when that was."""
    db.session.rollback()
    return {m.person.full_name: (m.mark, m.marked_at) for m in every(AttendanceMark)}
