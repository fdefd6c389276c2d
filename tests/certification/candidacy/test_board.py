"""The coordinators' board: its deadlines and medians are those of everybody whom the filter leaves."""

import re
from datetime import timedelta
from html import unescape

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy import board as boards
from club.certification.candidacy.board import BoardStage, Deadline, bottlenecks, next_deadlines
from club.certification.candidacy.board_queries import BoardFilter, StateAt, changes_of_state
from club.certification.candidacy.models import CandidateState, WaitsFor
from club.clock import local_day
from tests.certification.candidacy.kit import a_level, admitted, applied
from tests.certification.objections.kit import a_complaint
from tests.certification.scheme_kit import a_scheme
from tests.support.factories import NOW, a_person, an_account
from tests.support.queries import counting_queries

pytestmark = pytest.mark.usefixtures("context")
BOARD = "/office/certification/candidates"
TODAY = local_day(NOW)


@pytest.fixture
def due(monkeypatch):
    """Deadlines by candidacy, as another room says them."""
    found = {}
    monkeypatch.setattr(
        boards, "DEADLINES", [lambda ids: {k: v for k, v in found.items() if k in ids}]
    )
    return found


@pytest.fixture
def desk(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def dated(page):
    """Names under “next deadlines”, in their order."""
    part = page.text.partition('id="deadlines"')[2].partition("</ul>")[0]
    return re.findall(r">([^<>]+)</a>", part)


def of_somebody(level, name):
    return applied(level, an_account(person=a_person(full_name=name)))


def test_a_deadline_shows_whether_its_card_is_drawn_or_not(desk, due, monkeypatch):
    monkeypatch.setattr(boards, "CARDS", 2)
    level = a_level()
    everybody = [of_somebody(level, f"Người {number}") for number in range(4)]
    due[everybody[3].id] = Deadline(TODAY, "đến hạn")
    due[everybody[0].id] = Deadline(TODAY + timedelta(days=1), "đến hạn")
    page = desk.get(BOARD)
    assert "Người 3</a></h3>" not in page.text
    assert dated(page) == ["Người 3", "Người 0"]


def test_the_nearest_are_shown_and_how_many_there_are(desk, due, monkeypatch):
    monkeypatch.setattr(boards, "DEADLINES_SHOWN", 1)
    level = a_level()
    for days, name in enumerate(("An", "Bình")):
        deadline = Deadline(TODAY + timedelta(days=days), "đến hạn")
        due[of_somebody(level, name).id] = deadline
    page = desk.get(BOARD)
    assert dated(page) == ["An"]
    assert "Hiện 1 hạn gần nhất trong 2" in page.text


def test_the_filter_leaves_out_deadlines_of_others(desk, due):
    one, other = a_level(a_scheme("one")), a_level(a_scheme("other"))
    for level, name in ((one, "An"), (other, "Bình")):
        due[of_somebody(level, name).id] = Deadline(TODAY, "đến hạn")
    assert dated(desk.get(f"{BOARD}?scheme=other")) == ["Bình"]
    assert dated(desk.get(f"{BOARD}?q=an")) == ["An"]
    assert dated(desk.get(f"{BOARD}?waits_for=candidate")) == []


def test_it_costs_the_same_for_one_deadline_and_for_many(desk, due):
    level, asked = a_level(), []
    for number in (1, 6):
        for _ in range(number):
            due[applied(level).id] = Deadline(TODAY, "đến hạn")
        desk.get(BOARD)
        with counting_queries() as questions:
            desk.get(BOARD)
        asked.append(len(questions))
    assert asked[0] == asked[1]


def test_of_two_deadlines_the_nearer_one_counts(monkeypatch):
    days = [TODAY + timedelta(days=2), TODAY, TODAY + timedelta(days=1)]
    sources = [lambda _ids, on=on: {1: Deadline(on, "đến hạn")} for on in days]
    monkeypatch.setattr(boards, "DEADLINES", sources)
    assert next_deadlines([1])[1].on == TODAY


def test_years_of_validity_are_no_stage_that_takes_long():
    way = [
        *(CandidateState.APPLIED, CandidateState.CERTIFIED, CandidateState.VALID),
        *(CandidateState.RENEWAL_DUE, CandidateState.RENEWAL_UNDER_ASSESSMENT),
        *(CandidateState.RENEWED, CandidateState.SUSPENDED, CandidateState.WITHDRAWN),
        *(CandidateState.APPEALED, CandidateState.HELD, CandidateState.EXPIRED),
    ]
    steps = [StateAt(1, state, NOW + timedelta(days=n)) for n, state in enumerate(way)]
    assert {one.state for one in bottlenecks(steps)} == {
        CandidateState.APPLIED,
        CandidateState.CERTIFIED,
        CandidateState.RENEWAL_UNDER_ASSESSMENT,
        CandidateState.APPEALED,
    }


def test_medians_are_of_those_whom_the_filter_leaves():
    one, other = a_level(a_scheme("one")), a_level(a_scheme("other"))
    mine, theirs = admitted(one), applied(other)

    def looked_at(**wanted):
        return {step.candidate_id for step in changes_of_state(BoardFilter(**wanted))}

    assert looked_at() == {mine.id, theirs.id}
    assert looked_at(scheme="one") == {mine.id}
    assert looked_at(q=theirs.person.full_name) == {theirs.id}
    assert looked_at(waits_for=WaitsFor.CANDIDATE) == {mine.id}


def test_every_open_state_stands_in_one_column():
    shown = [state for stage in BoardStage for state in stage.value]
    assert sorted(shown) == sorted(state for state in CandidateState if state.is_open)


def test_a_column_has_pages_of_its_own_and_the_filter_stays(desk, monkeypatch):
    monkeypatch.setattr(boards, "CARDS", 2)
    level = a_level()
    for number in range(5):
        of_somebody(level, f"Người {number}")
    admitted(level, an_account(person=a_person(full_name="Người đã nhận")))

    def cards(page):
        return re.findall(r"<h3><a [^>]*>([^<]+)</a></h3>", page.text)

    first = desk.get(f"{BOARD}?q=ngu")
    assert cards(first) == ["Người 0", "Người 1", "Người đã nhận"]
    (onward,) = re.findall(r'rel="next"\s+href="([^"]+)"', first.text)
    second = desk.get(unescape(onward))
    assert cards(second) == ["Người 2", "Người 3", "Người đã nhận"]
    assert "q=ngu" in onward
    third = desk.get(f"{BOARD}?beginning=3&collecting=x")
    assert cards(third) == ["Người 4", "Người đã nhận"]
    assert cards(desk.get(f"{BOARD}?beginning=99")) == ["Người đã nhận"]


def test_complaints_that_wait_stand_on_the_board_with_their_day(desk, sign_in):
    assert 'id="complaints-due"' not in desk.get(BOARD).text
    named = an_account(RoleName.COORDINATOR, person=a_person(full_name="Lê Văn Tám"))
    made = a_complaint(named="Người thẩm định Lê Văn Tám")
    page = desk.get(BOARD)
    assert made.number in page.text
    assert made.acknowledge_by.strftime("%d/%m/%Y") in page.text
    assert 'id="complaints-due"' not in sign_in(named).get(BOARD).text
