"""What needs a decision today: the same things that the desks list."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import transaction
from club.home.labels import LABELS, place_of
from club.home.queries import Errand, Waiting, waiting_today
from club.knowledge.questions.models import MemberQuestion, QuestionState
from club.membership.models import MembershipApplication
from club.outbox.models import Letter, LetterState
from club.privacy.requests.models import PrivacyRequest, RequestKind
from club.reporting.queries import awaited_reports
from tests.reporting.kit import a_department, asked, submitted
from tests.statistics.reports.kit import a_draft, an_official, checked, facts
from tests.support.factories import NOW, a_person, a_run, a_topic, an_account
from tests.support.inspector import complaints
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")
HERE = "/office/today"
#: The period of a report that was due before now.
ENDED = {"first_day": date(2025, 1, 1), "last_day": date(2025, 12, 31), "period_name": "2025"}


@pytest.fixture(autouse=True)
def at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def kept(row):
    with transaction() as session:
        session.add(row)
    return row


def an_application(days=1):
    return kept(
        MembershipApplication(person_id=a_person().id, applied_at=NOW - timedelta(days=days))
    )


def a_privacy_request(*, due_in):
    return kept(
        PrivacyRequest(
            person_id=a_person().id,
            kind=RequestKind.ERASURE,
            words="Xin xóa",
            keeps_certificates=True,
            asked_at=NOW,
            due_on=(NOW + timedelta(days=due_in)).date(),
        )
    )


def a_lost_letter():
    person = a_person()
    return kept(
        Letter(
            kind="registration.confirmed", event_key=f"lost {person.id}", person_id=person.id,
            recipient="a@people.example", language="vi", subject="Thư", body_text="Thư",
            state=LetterState.FAILED, created_at=NOW - timedelta(hours=3), next_attempt_at=NOW,
        )
    )  # fmt: skip


def a_question():
    return kept(
        MemberQuestion(
            person_id=a_person().id, topic_id=a_topic().id, original_title="Hỏi", title="Hỏi",
            original_words="Hỏi", words="Hỏi", state=QuestionState.ASKED, asked_at=NOW - timedelta(days=2),
            state_since=NOW - timedelta(days=2),
        )
    )  # fmt: skip


def test_what_is_overdue_comes_first_then_what_has_waited_longest():
    an_application(days=1)
    an_application(days=9)
    a_question()
    a_privacy_request(due_in=-1)
    run = a_run(starts_at=NOW - timedelta(days=5))
    found = waiting_today(now=NOW)
    assert [(one.errand, one.number, one.run) for one in found] == [
        (Errand.PRIVACY, 1, ""),
        (Errand.APPLICATIONS, 2, ""),
        (Errand.CLOSE_RUN, 1, run.code),
        (Errand.QUESTIONS, 1, ""),
    ]
    assert found[1].since == NOW - timedelta(days=9)
    assert [one.is_overdue(NOW.date()) for one in found] == [True, False, False, False]


def test_a_last_day_is_overdue_only_after_it():
    a_privacy_request(due_in=0)
    [one] = waiting_today(now=NOW)
    assert not one.is_overdue(NOW.date())
    assert one.is_overdue(NOW.date() + timedelta(days=1))


def test_every_errand_has_a_name_and_a_place():
    of_a_run = {Errand.CLOSE_RUN, Errand.DECIDE_PLACES, Errand.OFFERS_END}
    for errand in Errand:
        run = "5S-2026-01" if errand in of_a_run else ""
        assert str(LABELS[errand])
        assert place_of(Waiting(errand, 1, NOW, None, run)).startswith(("/office/", "/teaching/"))


def test_the_page_leads_to_each_desk(coordinator):
    an_application()
    a_lost_letter()
    run = a_run(starts_at=NOW - timedelta(days=5))
    page = coordinator.get(f"{HERE}?lang=en")
    assert complaints(page.text) == []
    main = page.text.split("<main")[1]
    assert re.findall(r'<th scope="row"><a href="([^"]+)"', main) == [
        f"/teaching/runs/{run.code}/closing",
        "/office/members",
        "/office/letters",
    ]
    assert "3 things wait. Nothing is overdue." in main


def test_nothing_waits_in_an_empty_club(coordinator):
    assert "Nothing waits for you" in coordinator.get(f"{HERE}?lang=en").text


@pytest.mark.parametrize("role", [RoleName.OFFICIAL, RoleName.TRAINER, RoleName.MEMBER])
def test_it_is_for_coordinators(sign_in, role):
    assert sign_in(an_account(role)).get(HERE).status_code == 403


def test_it_costs_as_many_statements_however_much_waits(coordinator):
    def statements():
        with counting_queries() as seen:
            coordinator.get(HERE)
        return len(seen)

    a_run(starts_at=NOW - timedelta(days=5))
    few = statements()
    for _ in range(10):
        a_run(starts_at=NOW - timedelta(days=5))
        an_application()
    assert statements() == few
    assert few <= 10


def some_reports_of_departments():
    """Two that are late since different days, one that was handed in."""
    late, later, done = a_department(), a_department("Phòng Hai"), a_department("Phòng Ba")
    asked(late, now=NOW - timedelta(days=40), due_on=NOW.date() - timedelta(days=3), **ENDED)
    asked(later, done, now=NOW - timedelta(days=40), due_on=NOW.date() - timedelta(days=1), **ENDED)
    [report] = [one for one in awaited_reports() if one.unit_id == done.id]
    submitted(report)
    return report


def test_reports_of_departments_that_are_late_or_wait_are_among_them(coordinator):
    report = some_reports_of_departments()
    found = {one.errand: one for one in waiting_today(now=NOW)}
    late = found[Errand.DEPARTMENTS_LATE]
    assert (late.number, late.due_on) == (2, NOW.date() - timedelta(days=3))
    assert late.is_overdue(NOW.date())
    assert found[Errand.DEPARTMENTS_CHECK].number == 1
    assert found[Errand.DEPARTMENTS_CHECK].since == report.state_since
    page = coordinator.get(f"{HERE}?lang=en").text
    assert page.count('href="/office/department-reports"') >= 2
    assert "Reports of departments that are late" in page


def test_an_administrator_is_not_sent_to_the_coordinators_desk(sign_in):
    some_reports_of_departments()
    administrator = sign_in(an_account(RoleName.ADMINISTRATOR))
    assert "/office/department-reports" not in administrator.get(HERE).text
    assert administrator.get("/office/department-reports").status_code == 403


def test_reports_of_figures_wait_for_officials_alone(sign_in):
    writer = an_official().id
    a_draft(facts(name="2026-01"), by=writer, now=NOW)
    checked(a_draft(facts(name="2026-02"), by=writer, now=NOW), now=NOW)
    said = ("Drafts of reports, to check", "Checked reports whose period is over, to freeze")
    for roles, is_shown in (
        ([RoleName.COORDINATOR], False),
        ([RoleName.ADMINISTRATOR], False),
        ([RoleName.COORDINATOR, RoleName.OFFICIAL], True),
    ):
        page = sign_in(an_account(*roles)).get(f"{HERE}?lang=en").text
        assert [words in page for words in said] == [is_shown] * 2, roles
