from sqlalchemy import select

from club.audit.models import AuditEntry
from club.audit.operations import record
from club.db import db
from tests.support.factories import NOW, an_account


def test_a_decision_is_written_down_with_who_and_when():
    account = an_account()
    record(
        "courses.publish",
        subject_kind="run",
        subject_id="5S-2026-01",
        by=account.id,
        now=NOW,
        detail={"seats": 20},
    )
    [entry] = db.session.scalars(select(AuditEntry))
    assert (entry.action, entry.subject_kind, entry.subject_id) == (
        "courses.publish",
        "run",
        "5S-2026-01",
    )
    assert (entry.account_id, entry.at, entry.detail) == (account.id, NOW, {"seats": 20})
    assert entry.request_number is None


def test_a_decision_made_in_a_request_carries_its_number(app):
    with app.test_request_context("/"):
        entry = record("units.add", subject_kind="unit", subject_id="x", by=None, now=NOW)
        assert len(entry.request_number) == 8
