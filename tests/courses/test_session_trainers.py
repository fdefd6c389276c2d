from datetime import timedelta

import pytest

from club.accounts.models import RoleName
from club.courses import operations
from club.courses.models import RunEventKind, RunState, SessionState
from club.courses.rules import RunRefusal, SessionRefusal, TrainerRefusal
from club.courses.session_trainers import hold_session
from club.db import transaction
from club.refusal import RefusedError
from tests.support.factories import NOW, a_person, a_run, an_account, reload

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def run(app):
    khoa, lan = a_person(full_name="Trần Khoa"), a_person(full_name="Lê Lan")
    return a_run(sessions=2, trainers=[khoa, lan])


def holds(run, *trainers, session=0):
    people = {trainer.person.public_id for trainer in trainers}
    hold_session(run.sessions[session], people, by=None, now=LATER)


def names(session):
    return [trainer.person.full_name for trainer in reload(session).held_by]


def refused(run, people):
    with pytest.raises(RefusedError) as error:
        hold_session(run.sessions[0], people, by=None, now=LATER)
    return error.value.refusal


def story(run):
    return [(event.kind, event.detail) for event in reload(run).events]


def test_a_session_names_which_of_the_trainers_hold_it(run):
    holds(run, run.trainers[1])
    assert [names(session) for session in run.sessions] == [["Lê Lan"], []]
    holds(run)
    assert names(run.sessions[0]) == []
    assert story(run) == [
        (RunEventKind.TRAINER_ADDED, "Lê Lan, 13/03/2026 09:00"),
        (RunEventKind.TRAINER_REMOVED, "Lê Lan, 13/03/2026 09:00"),
    ]


def test_pages_are_drawn_anew_and_calendars_left_alone(run):
    before = run.revision, run.sessions[0].sequence
    holds(run, run.trainers[0])
    assert (run.revision, run.sessions[0].sequence) == (before[0] + 1, before[1])
    holds(run, run.trainers[0])
    assert run.revision == before[0] + 1


def test_only_trainers_of_the_run_hold_its_sessions(run):
    assert refused(run, {a_person().public_id}) is TrainerRefusal.NOT_THERE


def test_who_leaves_the_run_leaves_its_sessions(run):
    holds(run, *run.trainers)
    operations.remove_trainer(run, run.trainers[0].person_id, by=None, now=LATER)
    assert names(run.sessions[0]) == ["Lê Lan"]


def test_what_is_over_stays_as_it_was(run):
    with transaction():
        run.sessions[0].state = SessionState.CANCELLED
    assert refused(run, set()) is SessionRefusal.CANCELLED
    with transaction():
        reload(run).state = RunState.CLOSED
    assert refused(run, set()) is RunRefusal.NOT_EDITABLE


def test_the_coordinator_ticks_them_and_the_schedule_shows_them(run, sign_in, client):
    coordinator = sign_in(an_account(RoleName.COORDINATOR))
    address = f"/office/runs/{run.code}/sessions/{run.sessions[0].public_id}"
    lan = str(run.trainers[1].person.public_id)
    assert "Ai dạy buổi này" in coordinator.get(address).text
    assert "Giảng viên: Lê Lan" not in client.get(f"/runs/{run.code}").text
    assert coordinator.post(f"{address}/trainers", data={"trainers": [lan]}).status_code == 302
    assert "Giảng viên: Lê Lan" in client.get(f"/runs/{run.code}").text
    assert f'value="{lan}"' in coordinator.get(address).text
    wrong = {"trainers": [str(a_person().public_id)]}
    assert coordinator.post(f"{address}/trainers", data=wrong).status_code == 422
    assert coordinator.post(f"{address}/trainers", data={"trainers": "x"}).status_code == 422


def test_a_run_with_one_trainer_asks_nothing(sign_in):
    run = a_run(trainers=[a_person()])
    coordinator = sign_in(an_account(RoleName.COORDINATOR))
    address = f"/office/runs/{run.code}/sessions/{run.sessions[0].public_id}"
    assert "Ai dạy buổi này" not in coordinator.get(address).text
