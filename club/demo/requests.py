"""Requests about personal data in the demo club: asked on the site, and entered from paper. Nobody
is written to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from club import clock
from club.db import db
from club.demo.accounts import DemoAccounts
from club.demo.society import Society
from club.privacy.requests.models import (
    IdentityCheck,
    PrivacyRequest,
    PrivacyRequestStep,
    RequestChannel,
    RequestKind,
    RequestState,
    RequestStep,
)
from club.privacy.requests.rules import due_on

_UNTIL_GRANTED = timedelta(days=7)


@dataclass(frozen=True)
class _Asked:
    kind: RequestKind
    days_ago: int
    words: str
    instead: str | None = None
    channel: RequestChannel = RequestChannel.SITE
    identity_check: IdentityCheck | None = None
    #: What was done; ``None``: nobody has decided yet.
    granted: str | None = None


_ASKED = (
    _Asked(
        RequestKind.CORRECTION, 8, "Năm sinh của tôi ghi sai (trình diễn).", instead="1985",
    ),
    _Asked(
        RequestKind.OBJECTION, 4, "Không dùng tên tôi trong tin bài về lớp học (trình diễn).",
        channel=RequestChannel.PAPER, identity_check=IdentityCheck.PAPER_SHOWN,
    ),
    _Asked(
        RequestKind.RESTRICTION, 40, "Chỉ liên hệ qua điện thoại (trình diễn).",
        channel=RequestChannel.SPOKEN, identity_check=IdentityCheck.KNOWN_TO_STAFF,
        granted="Đã ghi chú vào danh bạ, không gửi thư nữa.",
    ),
)  # fmt: skip


def ask_about_data(society: Society, accounts: DemoAccounts, *, now: datetime) -> None:
    """The demo member asked on the site, the others in another way."""
    people = [accounts.member.person_id, *(person.id for person in society.people[-2:])]
    for asked, person_id in zip(_ASKED, people, strict=False):
        db.session.add(_request(asked, person_id, staff=accounts.coordinator.id, now=now))
    db.session.flush()


def _request(asked: _Asked, person_id: int, *, staff: int, now: datetime) -> PrivacyRequest:
    at = now - timedelta(days=asked.days_ago)
    entered_by = None if asked.channel is RequestChannel.SITE else staff
    request = PrivacyRequest(
        person_id=person_id,
        kind=asked.kind,
        words=asked.words,
        instead=asked.instead,
        channel=asked.channel,
        identity_check=asked.identity_check,
        entered_by_id=entered_by,
        asked_at=at,
        due_on=due_on(asked.kind, asked_on=clock.local_day(at)),
        confirmed_on=clock.local_day(at),
    )
    request.steps.append(PrivacyRequestStep(step=RequestStep.ASKED, at=at, by_id=entered_by))
    if asked.granted:
        request.state, request.closed_at = RequestState.GRANTED, at + _UNTIL_GRANTED
        request.steps.append(
            PrivacyRequestStep(
                step=RequestStep.GRANTED, at=request.closed_at, by_id=staff, reason=asked.granted
            )
        )
    return request
