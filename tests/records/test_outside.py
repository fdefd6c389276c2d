"""Training taken elsewhere: handed in, checked, given back, refused, never counted."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.db import db
from club.files.models import StoredFile
from club.outbox.models import Letter
from club.periods import Cut, Period
from club.records.outside import operations
from club.records.outside.models import OutsideState, OutsideTraining
from club.records.outside.operations import Decision, OutsideFacts
from club.records.outside.rules import MOST_WAITING, OutsideRefusal
from club.refusal import RefusedError
from club.statistics.figures import NOTHING, trainee_counts
from tests.materials.kit import PDF, a_pdf
from tests.records.kit import a_coordinator, every
from tests.records.outside_kit import FACTS, decided, evidence, training_elsewhere
from tests.support.factories import NOW, a_topic, an_account, reload

TYPED = {
    "title": "Quản lý kho",
    "provider": "Trường Demo",
    "from_day": "2026-01-05",
    "to_day": "2026-01-06",
    "hours": "15,5",
    "topic": "",
}


@pytest.fixture(autouse=True)
def _present_moment():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def learner():
    return an_account()


@pytest.fixture
def coordinator():
    return a_coordinator()


def hand_in(browser, **typed):
    return browser.post("/me/records/outside/new", data=TYPED | {"file": a_pdf()} | typed)


def refusal_of(act):
    with pytest.raises(RefusedError) as raised:
        act()
    return raised.value.refusal


def test_what_is_handed_in_waits_with_its_evidence(sign_in, learner):
    a_topic(key="lean", name="Tinh gọn")
    answer = hand_in(sign_in(learner), topic="lean")
    assert answer.status_code == 302
    (entry,) = every(OutsideTraining)
    assert (entry.title, entry.minutes, entry.topic.key) == ("Quản lý kho", 930, "lean")
    assert (entry.state, entry.person_id) == (OutsideState.WAITING, learner.person_id)
    assert [s.facts["minutes"] for s in entry.steps] == [930]
    page = sign_in(learner).get(answer.location).text
    assert "Giấy xác nhận" not in page
    assert "Tài liệu buổi 1.pdf" in page


def test_everything_wrong_is_said_at_once_and_the_file_is_kept(sign_in, learner):
    browser = sign_in(learner)
    answer = hand_in(browser, title="", from_day="2026-03-01", to_day="2026-02-01", hours="x")
    assert answer.status_code == 422
    for words in ("tên khóa đào tạo", "Ngày cuối", "số giờ"):
        assert words in answer.text, words
    assert every(StoredFile) == []
    ticket = answer.text.split('name="ticket"')[1].split('value="')[1].split('"')[0]
    answer = browser.post("/me/records/outside/new", data=TYPED | {"ticket": ticket})
    assert answer.status_code == 302
    assert [f.name for f in every(StoredFile)] == ["Tài liệu buổi 1.pdf"]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"to_day": date(2026, 3, 4)}, OutsideRefusal.NOT_OVER),
        ({"from_day": date(2026, 1, 7)}, OutsideRefusal.FROM_AFTER_TO),
        ({"from_day": date(1949, 1, 1)}, OutsideRefusal.TOO_LONG_AGO),
        ({"minutes": 0}, OutsideRefusal.HOURS),
        ({"minutes": 2 * 24 * 60 + 1}, OutsideRefusal.TOO_MANY_HOURS),
    ],
)
def test_facts_that_cannot_be_are_refused(wrong, refusal):
    assert refusal_of(lambda: training_elsewhere(**wrong)) is refusal


def test_the_same_training_is_entered_once(learner):
    training_elsewhere(learner)
    refusal = refusal_of(lambda: training_elsewhere(learner, title="QUẢN LÝ KHO"))
    assert refusal is OutsideRefusal.ENTERED_ALREADY


def test_nobody_floods_the_desk(learner):
    for number in range(MOST_WAITING):
        training_elsewhere(learner, title=f"Khóa {number}")
    refusal = refusal_of(lambda: training_elsewhere(learner))
    assert refusal is OutsideRefusal.TOO_MANY_WAIT


def test_evidence_is_needed_and_programs_are_none(sign_in, learner):
    browser = sign_in(learner)
    assert browser.post("/me/records/outside/new", data=TYPED).status_code == 422
    page = hand_in(browser, file=(BytesIO(b"<script>x</script>"), "a.pdf"))
    assert page.status_code == 422
    assert every(OutsideTraining) == []


def test_only_the_person_and_coordinators_see_it_and_its_evidence(sign_in, learner, coordinator):
    address = f"/outside-training/{training_elsewhere(learner).public_id}"
    for who in (learner, coordinator):
        assert sign_in(who).get(f"{address}/evidence").data == PDF
    for who in (an_account(), an_account(RoleName.TRAINER), an_account(RoleName.OFFICIAL)):
        assert sign_in(who).get(address).status_code in {403, 404}
        assert sign_in(who).get(f"{address}/evidence").status_code in {403, 404}


def test_what_is_accepted_stands_in_the_transcript_apart_from_the_club_s_own(
    sign_in, learner, coordinator
):
    waiting = training_elsewhere(learner, title="Chưa xem")
    accepted = decided(training_elsewhere(learner), by=coordinator)
    answer = sign_in(learner).get("/me/records.json").json
    assert [t["title"] for t in answer["elsewhere"]] == [accepted.title]
    assert (answer["hours_elsewhere"], answer["hours_in_all"]) == (16, 0)
    assert answer["courses"] == []
    assert sign_in(learner).get("/me/records.json?year=2025").json["elsewhere"] == []
    assert waiting.title in sign_in(learner).get("/me/records").text


def test_it_never_makes_a_trainee_of_the_club(learner, coordinator):
    decided(training_elsewhere(learner), by=coordinator)
    year = Period(date(2026, 1, 1), date(2026, 12, 31), Cut.CALENDAR)
    assert trainee_counts(year, as_of=NOW).total == NOTHING


def test_given_back_it_is_corrected_and_waits_again_with_its_story(sign_in, learner, coordinator):
    entry = training_elsewhere(learner)
    decided(entry, OutsideState.RETURNED, by=coordinator, remark="Ảnh mờ.")
    letter = db.session.query(Letter).filter_by(person_id=learner.person_id).one()
    assert "Ảnh mờ." in letter.body_text
    browser = sign_in(learner)
    address = f"/outside-training/{entry.public_id}"
    assert "Ảnh mờ." in browser.get(address).text
    before = entry.evidence_id
    answer = browser.post(f"{address}/correction", data=TYPED | {"hours": "12"})
    assert answer.status_code == 302
    entry = reload(entry)
    assert (entry.state, entry.minutes, entry.version) == (OutsideState.WAITING, 720, 2)
    assert entry.evidence_id == before
    assert [s.state for s in entry.steps] == [
        OutsideState.WAITING, OutsideState.RETURNED, OutsideState.WAITING,
    ]  # fmt: skip
    assert [s.facts["minutes"] for s in entry.steps if s.facts] == [960, 720]


def test_refusing_and_giving_back_need_words(sign_in, learner, coordinator):
    entry = training_elsewhere(learner)
    address = f"/outside-training/{entry.public_id}/decision"
    answer = sign_in(coordinator).post(address, data={"state": "refused", "seen": "1"})
    assert answer.status_code == 422
    assert reload(entry).state is OutsideState.WAITING
    told = {"state": "refused", "seen": "1", "remark": "Không phải khóa học."}
    assert sign_in(coordinator).post(address, data=told).status_code == 302
    assert reload(entry).state is OutsideState.REFUSED
    assert "Không phải khóa học." in every(Letter)[-1].body_text


def test_a_decision_is_about_what_was_looked_at(sign_in, learner, coordinator):
    entry = training_elsewhere(learner)
    operations.correct(entry.id, FACTS, evidence(), by=learner.id, now=NOW)
    address = f"/outside-training/{entry.public_id}/decision"
    answer = sign_in(coordinator).post(address, data={"state": "accepted", "seen": "1"})
    assert answer.status_code == 409
    assert reload(entry).state is OutsideState.WAITING
    assert 'value="2"' in answer.text.split('name="seen"')[1][:60]
    answer = sign_in(coordinator).post(address, data={"state": "accepted", "seen": "2"})
    assert reload(entry).state is OutsideState.ACCEPTED


def test_nobody_accepts_the_own_training(coordinator):
    own = training_elsewhere(coordinator)
    assert refusal_of(lambda: decided(own, by=coordinator)) is OutsideRefusal.OWN


def test_two_coordinators_decide_once(learner, coordinator):
    entry = training_elsewhere(learner)
    decided(entry, OutsideState.REFUSED, by=coordinator, remark="Không.")
    again = Decision(OutsideState.ACCEPTED, entry.version)
    refusal = refusal_of(lambda: operations.decide(entry.id, again, by=a_coordinator().id, now=NOW))
    assert refusal is OutsideRefusal.DECIDED


def test_what_was_accepted_by_mistake_leaves_the_transcript(sign_in, learner, coordinator):
    entry = decided(training_elsewhere(learner), by=coordinator)
    later = NOW + timedelta(hours=1)
    decided(entry, OutsideState.REFUSED, by=coordinator, remark="Nhầm người.", now=later)
    assert sign_in(learner).get("/me/records.json").json["elsewhere"] == []


def test_once_decided_it_is_neither_corrected_nor_taken_back(sign_in, learner, coordinator):
    entry = decided(training_elsewhere(learner), by=coordinator)
    browser, address = sign_in(learner), f"/outside-training/{entry.public_id}"
    assert browser.post(f"{address}/correction", data=TYPED).status_code == 409
    assert browser.post(f"{address}/withdrawal").status_code == 409
    assert reload(entry).state is OutsideState.ACCEPTED


def test_taken_back_it_waits_no_longer(sign_in, learner, coordinator):
    entry = training_elsewhere(learner)
    browser = sign_in(learner)
    assert browser.post(f"/outside-training/{entry.public_id}/withdrawal").status_code == 302
    assert entry.title not in sign_in(coordinator).get("/office/outside-training").text


def test_the_desk_costs_the_same_for_one_entry_and_for_many(sign_in, coordinator, count_queries):
    desk = sign_in(coordinator)
    training_elsewhere()
    desk.get("/office/outside-training")
    with count_queries() as few:
        desk.get("/office/outside-training")
    for _ in range(5):
        training_elsewhere()
    with count_queries() as many:
        page = desk.get("/office/outside-training").text
    assert len(many) == len(few)
    assert page.count("Trường Demo") == 6


def test_correcting_needs_sound_facts():
    entry = training_elsewhere()
    wrong = OutsideFacts(**vars(FACTS) | {"to_day": date(2027, 1, 1)})
    refusal = refusal_of(lambda: operations.correct(entry.id, wrong, None, by=1, now=NOW))
    assert refusal is OutsideRefusal.NOT_OVER
