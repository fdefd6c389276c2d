"""An organisation sees what its people learned while they work there, if they let it."""

import csv
import io
from datetime import date

import pytest
import time_machine

from club.accounts.consents import give_consent, withdraw_consent
from club.accounts.models import ConsentPurpose, RoleName
from club.records import for_employers
from club.records.operations import close_run
from tests.records.kit import a_coordinator, a_taught_run, certificates, on_the_list, present
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_topic,
    an_account,
    an_employment,
    an_organisation,
)
from tests.support.pages import words

AGREEMENT = ConsentPurpose.RECORDS_FOR_EMPLOYER


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def firm():
    return an_organisation(name="Công ty Demo Tín")


@pytest.fixture
def representative(firm):
    account = an_account(RoleName.REPRESENTATIVE)
    an_employment(account.person, firm, represents=True)
    return account


def learned(firm, name, *, agrees=True, course=None, **work):
    """Somebody of the firm who completed a class on 1 March 2026, coming as an individual."""
    person = a_person(full_name=name)
    an_employment(person, firm, **work)
    run = a_taught_run(course=course or a_course())
    present(run, on_the_list(run, person))
    close_run(run.id, by=None, now=NOW)
    if agrees:
        give_consent(person.id, AGREEMENT, language="vi", now=NOW)
    return person


def names_in(browser, firm, query=""):
    text = browser.get(f"/organisations/{firm.code}/records.csv{query}").data.decode("utf-8-sig")
    return [row["name"] for row in csv.DictReader(io.StringIO(text))]


def test_only_who_agreed_works_there_and_learned_in_that_time(sign_in, firm, representative):
    learned(firm, "Lê An")
    learned(firm, "Lê Bình", agrees=False)
    learned(firm, "Lê Chi", to_day=date(2026, 3, 2))
    learned(firm, "Lê Dung", from_day=date(2026, 3, 2))
    learned(firm, "Lê Giang", from_day=date(2026, 3, 1))
    learned(an_organisation(), "Lê Hà")
    browser = sign_in(representative)
    assert names_in(browser, firm) == ["Lê An", "Lê Giang"]
    page = browser.get(f"/organisations/{firm.code}/records").text
    shown = [n for n in ("An", "Bình", "Chi", "Dung", "Giang", "Hà") if f"Lê {n}<" in page]
    assert shown == ["An", "Giang"]


def test_whoever_takes_the_agreement_back_is_gone_at_once(sign_in, firm, representative):
    person = learned(firm, "Lê An")
    browser = sign_in(representative)
    assert names_in(browser, firm) == ["Lê An"]
    withdraw_consent(person.id, AGREEMENT, now=NOW)
    assert names_in(browser, firm) == []
    assert "Lê An" not in browser.get(f"/organisations/{firm.code}/records").text


def test_the_organisations_page_says_in_a_sentence_that_nobody_agreed(
    sign_in, firm, representative
):
    learned(firm, "Lê An", agrees=False)
    browser = sign_in(representative)
    nobody = "Nobody who works here has agreed yet that the organisation sees"
    assert nobody in words(browser.get(f"/organisations/{firm.code}/?lang=en"))
    learned(firm, "Lê Bình")
    assert nobody not in words(browser.get(f"/organisations/{firm.code}/"))


def test_two_spells_of_work_show_a_class_once(sign_in, firm, representative):
    person = learned(firm, "Lê An", to_day=date(2026, 3, 1))
    an_employment(person, firm, from_day=date(2026, 3, 2))
    an_employment(person, firm, from_day=date(2026, 2, 1), to_day=date(2026, 3, 1))
    assert names_in(sign_in(representative), firm) == ["Lê An"]


def test_the_file_says_course_hours_result_and_certificate(sign_in, firm, representative):
    topic = a_topic(key="lean")
    course = a_course(code="5S", title='=HYPERLINK("x")', topic=topic)
    learned(firm, "Lê An", course=course)
    text = sign_in(representative).get(f"/organisations/{firm.code}/records.csv").data
    (row,) = csv.DictReader(io.StringIO(text.decode("utf-8-sig")))
    facts = [row[c] for c in ("course", "title", "topic", "ended_on", "hours_attended")]
    assert facts == ["5S", '\'=HYPERLINK("x")', "lean", "2026-03-01", "8.0"]
    assert (row["completed"], row["certificate"]) == ("1", certificates()[0].number)


def test_a_long_table_is_written_in_pieces_with_the_certificates_of_each(
    sign_in, firm, representative, monkeypatch
):
    monkeypatch.setattr(for_employers, "_AT_A_TIME", 2)
    for name in ("An", "Bình", "Chi", "Dung", "Giang"):
        learned(firm, f"Lê {name}", course=a_course())
    answer = sign_in(representative).get(f"/organisations/{firm.code}/records.csv")
    assert answer.is_streamed
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["name"][3:] for row in rows] == ["An", "Bình", "Chi", "Dung", "Giang"]
    assert [row["certificate"] for row in rows] == [c.number for c in certificates()]


def test_the_page_adds_up_and_filters(sign_in, firm, representative):
    lean = a_course(topic=a_topic(key="lean", name="Tinh gọn"))
    learned(firm, "Lê An", course=lean)
    learned(firm, "Lê Bình")
    learned(firm, "Lê Chi", agrees=False)
    browser = sign_in(representative)
    figures = [
        part.split("</span>")[0].split(">")[-1].strip()
        for part in browser.get(f"/organisations/{firm.code}/records").text.split('class="num"')[
            1:4
        ]
    ]
    assert figures == ["2", "2", "16"]
    assert names_in(browser, firm, "?topic=lean") == ["Lê An"]
    assert names_in(browser, firm, "?year=2025") == []


@pytest.mark.parametrize("year", ["020219", "02021" + "0" * 5000, "20260", "-2026", "２０２６"])
def test_a_year_that_means_nothing_is_left_out(sign_in, firm, representative, year):
    learned(firm, "Lê An")
    assert names_in(sign_in(representative), firm, f"?year={year}") == ["Lê An"]


def test_others_are_not_let_in(sign_in, firm):
    address = f"/organisations/{firm.code}/records"
    colleague = an_account(RoleName.MEMBER)
    an_employment(colleague.person, firm)
    elsewhere = an_account(RoleName.REPRESENTATIVE)
    an_employment(elsewhere.person, an_organisation(), represents=True)
    for account in (colleague, elsewhere, an_account(RoleName.OFFICIAL)):
        assert sign_in(account).get(address).status_code in {403, 404}
        assert sign_in(account).get(f"{address}.csv").status_code in {403, 404}
    assert sign_in(a_coordinator()).get(address).status_code == 200


def test_the_organisation_s_page_leads_there(sign_in, firm, representative):
    learned(firm, "Lê An")
    page = sign_in(representative).get(f"/organisations/{firm.code}/").text
    assert f"/organisations/{firm.code}/records" in page
    assert "2 người đang làm việc ở đây, trong đó 1 người đồng ý" in page


def test_the_page_costs_the_same_for_one_person_and_for_many(
    sign_in, firm, representative, count_queries
):
    browser, address = sign_in(representative), f"/organisations/{firm.code}/records"
    learned(firm, "Lê An")
    browser.get(address)
    with count_queries() as few:
        browser.get(address)
    for number in range(5):
        learned(firm, f"Lê {number}")
    with count_queries() as many:
        browser.get(address)
    assert len(many) == len(few)
