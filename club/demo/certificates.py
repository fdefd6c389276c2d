"""Certificates of the demo club: most hold, one each expired, was suspended, was revoked, was
replaced and was given by exception. Nobody is written to.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from club import clock
from club.demo.accounts import DemoAccounts
from club.demo.invention import Invention
from club.demo.results import MAXIMUM
from club.demo.rows import Rows
from club.demo.runs import DemoRun
from club.demo.society import DemoPerson
from club.identity.models import ClubProfile
from club.identity.queries import club_profile_on
from club.records.certificates import codes
from club.records.certificates.designing import keep_design
from club.records.certificates.designs import Wording
from club.records.certificates.models import (
    CertificateException,
    CertificateState,
    CertificateStep,
    CertificateStepKind,
    CompletionCertificate,
    NumberSeries,
)
from club.records.certificates.rules import months_later
from club.records.certificates.states import TRANSITIONS
from club.vietnamese import folded

#: With fewer certificates than this all hold.
_ENOUGH = 20
_VALID_MONTHS = 6
_DOUBTED = "Đang đối chiếu lại danh sách điểm danh (trình diễn)"
_MISSPELT = "Tên in thiếu dấu (trình diễn)"
_WRONG = "Cấp nhầm người (trình diễn)"
_MADE_UP_FOR = "Đã học bù và làm lại bài với giảng viên (trình diễn)"


@dataclass(frozen=True)
class Earned:
    """What a certificate rests on."""

    run: DemoRun
    person: DemoPerson
    record_id: int
    attended_minutes: int
    post_test: Decimal | None = None


class Certificates:
    def __init__(self, rows: Rows, invention: Invention) -> None:
        self._rows, self._invention = rows, invention
        self.earned: list[Earned] = []
        #: Who was there for half of the class at least and did not complete it.
        self.missed: list[Earned] = []
        #: What all of them look like.
        self.design_id: int | None = None
        self._last: dict[int, int] = {}
        self._profile: ClubProfile | None = None

    def issue(
        self, accounts: DemoAccounts, *, regulars: Collection[DemoPerson], now: datetime
    ) -> int:
        """Number them in the order in which their runs were closed; returns how many."""
        self._profile = club_profile_on(clock.local_day(now))
        by, others = accounts.coordinator.id, list[tuple[int, Earned]]()
        for one in sorted(self.earned, key=lambda found: (found.run.closed_at, found.record_id)):
            assert one.run.closed_at
            certificate_id = self._certificate(one, by=by, at=one.run.closed_at)
            if one.person not in regulars:
                others.append((certificate_id, one))
            self._rows.write_when_many()
        if self.missed:
            self._by_exception(self.missed[-1], accounts, now=now)
        self._rows.write()
        if len(others) >= _ENOUGH:
            self._end_some(others, by=by, now=now)
        for year, number in self._last.items():
            self._rows.add(NumberSeries, series="CN", year=year, last=number)
        self._rows.write()
        return sum(self._last.values())

    def _by_exception(self, one: Earned, accounts: DemoAccounts, *, now: datetime) -> None:
        asker, agreer = accounts.coordinator.id, accounts.administrator.id
        exception_id = self._rows.add(
            CertificateException,
            public_id=self._rows.uuid(),
            training_record_id=one.record_id,
            run_id=one.run.id,
            person_id=one.person.id,
            reason=_MADE_UP_FOR,
            asked_at=now - timedelta(hours=9),
            asked_by_id=asker,
            agreed=True,
            decided_at=now,
            decided_by_id=agreer,
        )
        self._certificate(one, by=agreer, at=now, exception_id=exception_id)

    def _end_some(self, issued: Sequence[tuple[int, Earned]], *, by: int, now: datetime) -> None:
        """``issued``: the ids and what they rest on, the oldest first."""
        (oldest, first), (second, _) = issued[:2]
        assert first.run.closed_at
        last_day = months_later(clock.local_day(first.run.closed_at), _VALID_MONTHS)
        self._rows.rewrite(CompletionCertificate, [{"id": oldest, "expires_on": last_day}])
        half = len(issued) // 2
        self._step(issued[half][0], CertificateStepKind.SUSPENDED, _DOUBTED, by=by, now=now)
        self._step(second, CertificateStepKind.REVOKED, _WRONG, by=by, now=now)
        scored = [found for found in issued[half + 1 :] if found[1].post_test is not None]
        self._correct(*(scored or issued)[-1], by=by, now=now)

    def _correct(self, old: int, one: Earned, *, by: int, now: datetime) -> None:
        """The name was printed without its marks."""
        self._step(old, CertificateStepKind.REPLACED, _MISSPELT, by=by, now=now)
        misspelt = folded(one.person.name).title()
        self._rows.rewrite(CompletionCertificate, [{"id": old, "holder_name": misspelt}])
        self._certificate(one, by=by, at=now, replaces_id=old)

    def _step(
        self, certificate_id: int, kind: CertificateStepKind, reason: str, *, by: int, now: datetime
    ) -> None:
        self._rows.add(
            CertificateStep,
            certificate_id=certificate_id, kind=kind, reason=reason, at=now, by_id=by,
        )  # fmt: skip
        changed = {
            "id": certificate_id, "state": TRANSITIONS[kind][1], "state_reason": reason,
            "state_changed_at": now, "state_changed_by_id": by,
        }  # fmt: skip
        self._rows.rewrite(CompletionCertificate, [changed])

    def _certificate(self, one: Earned, *, by: int, at: datetime, **more: int) -> int:
        run, day, profile = one.run, clock.local_day(at), self._profile
        post_test = one.post_test if self.design_id else None
        self._last[day.year] = self._last.get(day.year, 0) + 1
        return self._rows.add(
            CompletionCertificate,
            public_id=self._rows.uuid(),
            number=f"CN-{day.year}-{self._last[day.year]:06d}",
            code=codes.new_code(self._invention.chance.choice),
            training_record_id=one.record_id,
            run_id=run.id,
            person_id=one.person.id,
            holder_name=one.person.name,
            course_code=run.course.code,
            course_slug=run.course.slug,
            course_title=run.course.title,
            course_title_en=run.course.title_en,
            run_code=run.code,
            first_day=clock.local_day(run.sessions[0].starts_at),
            last_day=clock.local_day(run.sessions[-1].ends_at),
            attended_minutes=one.attended_minutes,
            issuer_name=profile.name if profile else "",
            issuer_name_en=profile.name_en if profile else "",
            issued_on=day,
            issued_at=at,
            issued_by_id=by,
            state=CertificateState.VALID,
            state_changed_at=None,
            state_reason=None,
            design_id=self.design_id,
            post_test=post_test,
            post_test_maximum=None if post_test is None else MAXIMUM,
            **{"exception_id": None, "replaces_id": None} | more,
        )


def word_certificates(accounts: DemoAccounts, *, now: datetime) -> int:
    """What certificates look like from then on; returns the design's id."""
    signer = accounts.coordinator
    wording = Wording(
        signer_name=signer.person.full_name,
        signer_title="Điều phối viên (trình diễn)",
        signer_title_en="Coordinator (demonstration)",
        prints_scores=True,
    )
    return keep_design(wording, logo=None, signature=None, by=signer.id, now=now).id
