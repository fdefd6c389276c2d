"""The week's figures by letter: the dashboard's, once a week, for those who asked."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from sqlalchemy import delete

from club.accounts.models import RoleName, account_role
from club.db import transaction
from club.outbox.composing import bodies_of, composed
from club.outbox.kinds import Matter
from club.outbox.models import Channel, LetterState
from club.outbox.reading import choose_letters
from club.outbox.turning_off import turn_off_address
from club.statistics.dashboard.operations import forget_view, save_view
from club.statistics.dashboard.queries import opening_for
from club.statistics.weekly.letters import KIND, tell_the_week
from club.statistics.weekly.operations import ask_weekly, end_weekly, write_weekly
from club.statistics.weekly.queries import who_gets_them
from tests.plan.kit import bring_in_plan
from tests.statistics.test_figures import a_record
from tests.support.factories import a_person, a_run, a_unit, an_account
from tests.support.inspector import complaints
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")
HERE = "/office/dashboard"
#: Where the club is: a Wednesday afternoon, and the Monday after it at seven.
ASKED = datetime(2026, 3, 11, 8, tzinfo=UTC)
MONDAY = datetime(2026, 3, 16, 0, tzinfo=UTC)
WEEK = timedelta(days=7)


def a_round(now):
    with time_machine.travel(now, tick=False):
        return write_weekly(now=now, stopped=lambda: False)


def an_official(role=RoleName.OFFICIAL, asked="", **given):
    account = an_account(role, **given)
    ask_weekly(account.person_id, asked, now=ASKED)
    return account


def letters(account):
    return letters_to(account.person_id, KIND)


def some_turns():
    ward = a_unit()
    for n in range(3):
        a_record(a_run(), a_person(), day=date(2026, 2, 3 + n), unit_id=ward.id)
    a_record(a_run(), a_person(), day=date(2025, 2, 3), sector="C10")


def test_it_comes_on_monday_at_seven_and_once_a_week():
    account = an_official()
    assert a_round(MONDAY - timedelta(seconds=1)) == 0
    assert [a_round(MONDAY + timedelta(minutes=10 * n)) for n in range(3)] == [1, 0, 0]
    assert a_round(MONDAY + WEEK) == 1
    [first, second] = letters(account)
    assert (first.state, first.next_attempt_at) == (LetterState.WAITING, MONDAY)
    assert second.created_at == MONDAY + WEEK


def test_a_worker_that_stood_still_for_three_weeks_writes_this_weeks_alone():
    account = an_official()
    assert a_round(MONDAY + 3 * WEEK + timedelta(days=2)) == 1
    assert a_round(MONDAY + 3 * WEEK + timedelta(days=3)) == 0
    assert len(letters(account)) == 1


def test_nothing_of_the_week_is_made_up_for_at_its_end():
    account = an_official()
    saturday = MONDAY + timedelta(days=5)
    assert a_round(saturday) == a_round(saturday + timedelta(days=1)) == 0
    assert a_round(MONDAY + WEEK) == 1
    assert len(letters(account)) == 1


def test_a_clock_that_jumps_there_and_back_brings_one_letter_for_each_week():
    account = an_official()
    for moment in (
        MONDAY, MONDAY + 40 * WEEK, MONDAY, MONDAY - WEEK, MONDAY + timedelta(hours=1),
        MONDAY + 40 * WEEK, MONDAY,
    ):  # fmt: skip
        a_round(moment)
    assert [letter.created_at for letter in letters(account)] == [MONDAY, MONDAY + 40 * WEEK]


def test_what_was_held_up_until_the_night_waits_for_the_morning():
    account = an_official()
    a_round(MONDAY + timedelta(hours=16))
    [letter] = letters(account)
    assert letter.next_attempt_at == MONDAY + timedelta(days=1)


def test_two_workers_at_once_write_one():
    account = an_official()
    [(wish, reader)] = who_gets_them()
    for _ in range(2):
        tell_the_week(wish, reader, week=date(2026, 3, 16), now=MONDAY)
    assert len(letters(account)) == 1


def plain(markup):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", markup))).strip()


def figures_on_the_page(page):
    """Each large figure that the letter has as well, with its note, and what each chart says."""
    stats = re.findall(
        r'<dt>(.*?)</dt>.*?<span class="num">(.*?)</span>.*?class="stat-note">(.*?)</span>',
        page,
        re.DOTALL,
    )
    charts = re.findall(
        r'class="dash-heading">(.*?)</h3>\s*<p class="dash-finding">(.*?)</p>(.*?)</figure>',
        page,
        re.DOTALL,
    )
    return [
        *(f"{plain(what)}: {plain(figure)}. {plain(note)}" for what, figure, note in stats),
        *(f"{plain(head)}: {plain(says)}" for head, says, rest in charts if "<svg" in rest),
    ]


@pytest.mark.parametrize("asked", ["", "year=2026&cut=calendar&show=steps&show=sector"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_its_figures_are_those_of_the_view_in_the_same_moment(sign_in, asked, language):
    some_turns()
    account = an_account(RoleName.OFFICIAL)
    with transaction():
        account.person.language = language
    with time_machine.travel(MONDAY, tick=False):
        view = save_view(account.person_id, "Theo ngành", asked, now=ASKED)
        client = sign_in(account)
        ask_weekly(account.person_id, view.asked, view_name=view.name, now=ASKED)
        write_weekly(now=MONDAY, stopped=lambda: False)
        page = client.get(f"{HERE}/views/{view.public_id}?lang={language}").text
    [letter] = letters(account)
    on_both = figures_on_the_page(page)
    assert len(on_both) == 6 + (2 if asked else 6)
    for said in on_both:
        assert said in letter.body_text
    assert f"{HERE}?{asked}".rstrip("?") in letter.body_text
    assert "“Theo ngành”" in letter.body_text
    assert (
        letter.subject
        == {
            "vi": "Số liệu trong tuần: 3 lượt, 3 người",
            "en": "The week's figures: 3 turns, 3 people",
        }[language]
    )


def test_targets_and_doubts_stand_in_it_with_who_can_mend_them():
    bring_in_plan(now=ASKED)
    a_record(a_run(), a_person(), day=date(2026, 2, 3))
    account = an_official()
    with transaction():
        account.person.language = "en"
    a_round(MONDAY)
    [letter] = letters(account)
    assert "Turns without a ward: 1 (up to 1 turn in another line; totals stay). The coord" in (
        letter.body_text
    )
    assert re.search(r"^.*expert.*: 0 of \d+\. .*\.$", letter.body_text, re.MULTILINE)
    assert "The plan sets no number of trainees." in letter.body_text


def test_it_is_plain_text_and_html_and_can_be_turned_off_by_its_link():
    account = an_official()
    a_round(MONDAY)
    [letter] = letters(account)
    message = composed(letter)
    assert message["List-Unsubscribe"] == f"<{turn_off_address(letter)}>"
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]
    assert turn_off_address(letter) in bodies_of(letter).text
    assert f'href="http://localhost{HERE}"' in bodies_of(letter).html
    choose_letters(account.person_id, Matter.FIGURES, wants=False, channel=Channel.LINK, now=MONDAY)
    a_round(MONDAY + WEEK)
    assert [one.state for one in letters(account)] == [LetterState.WAITING, LetterState.IN_SITE]


def without_roles(account):
    with transaction() as session:
        session.execute(delete(account_role).where(account_role.c.account_id == account.id))


def closed(account):
    with transaction():
        account.active = False


@pytest.mark.parametrize("what", [without_roles, closed])
def test_who_may_not_see_the_dashboard_any_more_gets_none(what):
    account, other = an_official(), an_official(RoleName.COORDINATOR)
    what(account)
    assert a_round(MONDAY) == 1
    assert letters(account) == []
    assert len(letters(other)) == 1


def test_a_question_that_cannot_be_read_any_more_brings_the_present_year():
    account = an_official(asked="period=2050-13")
    assert a_round(MONDAY) == 1
    assert "15/12/2025" in letters(account)[0].body_text


def test_it_keeps_coming_when_its_view_is_removed():
    account = an_account(RoleName.OFFICIAL)
    view = save_view(account.person_id, "Một", "year=2025&cut=calendar", now=ASKED)
    ask_weekly(account.person_id, view.asked, view_name=view.name, now=ASKED)
    forget_view(view)
    assert a_round(MONDAY) == 1
    assert "01/01/2025" in letters(account)[0].body_text


def test_it_is_asked_for_changed_and_ended_on_the_dashboard(sign_in):
    account = an_account(RoleName.OFFICIAL)
    with time_machine.travel(ASKED, tick=False):
        official = sign_in(account)
        assert "Get these figures each Monday" in official.get(f"{HERE}?lang=en").text
        answer = official.post(f"{HERE}/weekly", data={"asked": "year=2026&part=Q1&cut=report"})
        assert answer.headers["Location"] == f"{HERE}?year=2026&part=Q1&cut=report"
        page = official.get(answer.headers["Location"]).text
        assert complaints(page) == []
        assert "Get these figures each Monday" not in page
        assert "Get the figures of this page instead" in official.get(HERE).text
        other = save_view(a_person().id, "Của bạn", "show=unit", now=ASKED)
        official.post(f"{HERE}/views/{other.public_id}/weekly")
        assert opening_for(account.person_id).letter.view_name == "Của bạn"
        assert "the view “Của bạn”" in official.get(HERE).text
        official.post(f"{HERE}/weekly/removal")
        official.post(f"{HERE}/weekly/removal")
    assert opening_for(account.person_id).letter is None
    assert a_round(MONDAY) == 0


def test_letters_that_were_turned_off_come_again_to_who_asks_for_them():
    account = an_account(RoleName.OFFICIAL)
    choose_letters(account.person_id, Matter.FIGURES, wants=False, channel=Channel.LINK, now=ASKED)
    ask_weekly(account.person_id, "", now=ASKED)
    a_round(MONDAY)
    assert letters(account)[0].state is LetterState.WAITING


def test_who_ended_it_gets_none():
    account = an_official()
    end_weekly(account.person_id)
    assert a_round(MONDAY) == 0


@pytest.mark.parametrize("role", [RoleName.MEMBER, RoleName.TRAINER, RoleName.REPORTING_OFFICER])
def test_others_cannot_ask_for_it(sign_in, role):
    assert sign_in(an_account(role)).post(f"{HERE}/weekly", data={"asked": ""}).status_code == 403


def test_a_question_that_cannot_be_read_is_refused(sign_in):
    official = sign_in(an_account(RoleName.OFFICIAL))
    assert official.post(f"{HERE}/weekly", data={"asked": "year=1999"}).status_code == 422
