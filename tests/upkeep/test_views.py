from dataclasses import replace

import pytest

from club.upkeep import readiness
from tests.support.factories import a_person, a_run


def test_not_ready_while_migrations_wait(client, monkeypatch):
    monkeypatch.setattr(readiness, "newest_revision", lambda: "0007")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["migrations"] is False
    assert answer.json["checks"]["database"] is True


def test_ready_when_every_check_holds(client, monkeypatch):
    monkeypatch.setattr(readiness, "pending_migrations", lambda: False)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "ready": True,
        "checks": {"database": True, "migrations": True, "storage": True, "outbox": True},
    }


def test_metrics_count_what_is_there(client):
    a_person()
    a_run()
    page = client.get("/metrics")
    assert page.mimetype == "text/plain"
    assert "club_people 1\n" in page.text
    assert 'club_runs{state="published"} 1\n' in page.text


@pytest.mark.parametrize(
    ("where", "headers"),
    [
        ("203.0.113.9", {}),
        ("203.0.113.9", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"X-Forwarded-For": "203.0.113.9"}),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("127.0.0.1", {"X-Forwarded-Proto": "https"}),
        ("127.0.0.1", {"X-Real-IP": "127.0.0.1"}),
        ("127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
    ],
)
def test_metrics_are_for_this_machine_only(client, where, headers):
    page = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": where})
    assert page.status_code == 404


@pytest.mark.parametrize("behind", [{"proxies": 1}, {"production": True}])
def test_behind_a_proxy_metrics_need_a_token_whatever_headers_say(app, client, monkeypatch, behind):
    settings = replace(app.extensions["club.settings"], **behind)
    monkeypatch.setitem(app.extensions, "club.settings", settings)
    assert client.get("/metrics").status_code == 404


def test_metrics_with_a_token_ask_for_it(app, client, monkeypatch):
    settings = replace(app.extensions["club.settings"], metrics_token="let-me-in")
    monkeypatch.setitem(app.extensions, "club.settings", settings)
    assert client.get("/metrics").status_code == 404
    for wrong in ("Bearer let-me", "let-me-in", "Bearer ", "Bearer lét-me-in"):
        headers = {"Authorization": wrong.encode().decode("latin-1")}
        assert client.get("/metrics", headers=headers).status_code == 404
    shown = {"Authorization": "Bearer let-me-in"}
    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", headers=shown, environ_base=far).status_code == 200
