from datetime import timedelta

from club import clock
from club.courses.models import RunState
from tests.support.factories import a_course, a_run

NOW = clock.now()


def coming(code, days=10, **given):
    return a_run(code=code, starts_at=NOW + timedelta(days=days), **given)


def codes(response):
    return [item["code"] for item in response.json["items"]]


def test_a_run_has_the_promised_keys(client):
    run = coming("LEAN-1", course=a_course(code="LEAN", title="Tinh gọn"), seats=10)
    item = client.get("/api/runs").json["items"][0]
    assert {key: item[key] for key in ("code", "course", "title", "state")} == {
        "code": "LEAN-1",
        "course": "LEAN",
        "title": "Tinh gọn",
        "state": "published",
    }
    assert (item["places"], item["places_free"], item["waiting"]) == (10, 10, 0)
    assert item["starts_at"] == clock.local(run.starts_at).isoformat()
    assert item["ends_at"].endswith("+07:00")
    assert item["standing"] == "open"


def test_every_announced_run_is_listed_and_no_draft(client):
    coming("PAST-1", days=-9)
    coming("GONE-1", days=5, state=RunState.CANCELLED)
    coming("NEXT-1", days=9)
    coming("DRAFT-1", state=RunState.DRAFT, published_at=None)
    coming("NEVER-1", state=RunState.CANCELLED, published_at=None)
    answer = client.get("/api/runs")
    assert codes(answer) == ["PAST-1", "GONE-1", "NEXT-1"]
    assert answer.json["next"] is None


def test_open_ones_take_registrations_be_it_for_the_waiting_list(client):
    coming("PAST-1", days=-9)
    coming("FREE-1", days=5)
    coming("FULL-1", days=6, seats=2, places_taken=2, waiting_count=3)
    coming("LATER-1", registration_opens_at=NOW + timedelta(days=1))
    answer = client.get("/api/runs?open=1")
    assert codes(answer) == ["FREE-1", "FULL-1"]
    assert [item["places_free"] for item in answer.json["items"]] == [2 * 5, 0]


def test_long_lists_lead_on(client, monkeypatch):
    monkeypatch.setattr("club.courses.views.api._SIZE", 2)
    for number in range(5):
        coming(f"R-{number}", days=number + 1)
    first = client.get("/api/runs?form=in_person")
    assert codes(first) == ["R-0", "R-1"]
    assert first.json["next"] == "/api/runs?form=in_person&page=2"
    third = client.get("/api/runs?page=3")
    assert (codes(third), third.json["next"]) == (["R-4"], None)


def test_one_run_with_its_sessions(client):
    run = coming("LEAN-1", sessions=2)
    answer = client.get("/api/runs/LEAN-1").json
    assert answer["code"] == "LEAN-1"
    assert [s["id"] for s in answer["sessions"]] == [str(s.public_id) for s in run.sessions]
    assert answer["sessions"][0]["sequence"] == 0


def test_drafts_are_not_there_for_machines(client):
    coming("DRAFT-1", state=RunState.DRAFT, published_at=None)
    for code in ("DRAFT-1", "NONE-1"):
        answer = client.get(f"/api/runs/{code}")
        assert answer.status_code == 404
        assert answer.is_json
