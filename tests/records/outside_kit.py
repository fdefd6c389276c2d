"""Training taken elsewhere to test with."""

from datetime import date
from io import BytesIO

from club.files.receiving import receive
from club.records.outside.models import OutsideState
from club.records.outside.operations import Decision, OutsideFacts, decide, enter
from tests.materials.kit import PDF
from tests.support.factories import NOW, an_account

FACTS = OutsideFacts(
    title="Quản lý kho",
    provider="Trường Demo",
    from_day=date(2026, 1, 5),
    to_day=date(2026, 1, 6),
    minutes=960,
)


def evidence():
    return receive(BytesIO(PDF), name="Giấy xác nhận.pdf")


def training_elsewhere(account=None, **facts):
    """Handed in, and not looked at yet."""
    account = account or an_account()
    given = OutsideFacts(**vars(FACTS) | facts)
    return enter(account.person_id, given, evidence(), by=account.id, now=NOW)


def decided(training, state=OutsideState.ACCEPTED, *, by, remark=None, now=NOW):
    return decide(training.id, Decision(state, training.version, remark), by=by.id, now=now)
