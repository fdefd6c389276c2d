"""The register, whoever checks a certificate, the figures, and the pages of the person say one thing
of a recognition, whatever happened to it and whichever day it is.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from club.certification.awards.certificates.queries import latest_of
from club.certification.awards.certificates.standing import standing_of
from club.certification.awards.known import awards_known
from club.certification.awards.models import AwardSpan
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.renewing import confirm_renewal
from club.certification.awards.operations.suspending import resume, suspend
from club.certification.awards.operations.withdrawing import agree_to_withdrawal, propose_withdrawal
from club.certification.awards.queries import award_of
from club.certification.awards.rules import Pause
from club.certification.awards.standing import spans_of
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.awards.timelines import mend_spans
from club.certification.candidacy.operations.going_on import withdraw
from club.certification.objections.models import Appeal, AppealState
from club.certification.objections.operations import appealing, deciding
from club.certification.objections.rules import remedies_of
from club.certification.progress.validity import AwardStanding
from club.certification.register.facts import Shown
from club.certification.register.own import holdings_of, titles
from club.certification.schemes.models import RenewedFrom
from club.db import db, transaction
from club.people.models import Person
from club.records.certificates.models import CertificateState
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator
from tests.certification.awards.kit import TODAY, a_renewing_level, brought, holder, morning
from tests.certification.candidacy.test_race import at_once
from tests.certification.objections.kit import WORDS
from tests.support.factories import an_account, reload

pytestmark = pytest.mark.usefixtures("context")

#: What the register may show while a certificate stands so at ``/verify``.
REGISTER_SHOWS = {
    CertificateState.VALID: Shown.VALID,
    CertificateState.EXPIRED: None,
    CertificateState.SUSPENDED: Shown.SUSPENDED,
    CertificateState.REVOKED: Shown.WITHDRAWN,
}
TERMS = [
    {"validity_months": 12, "grace_months": 3, "renewed_from": RenewedFrom.OLD_END},
    {"validity_months": 12, "grace_months": None, "renewed_from": RenewedFrom.THRESHOLD},
    {"validity_months": 24, "grace_months": 6, "renewed_from": RenewedFrom.THRESHOLD},
    {"validity_months": None, "grace_months": None},
]


class History:
    """What becomes of one recognition; whoever acts has had no part before."""

    def __init__(self, terms):
        self.account = an_account()
        shown = {"suspended_shown": True, "withdrawn_shown": True, "appeal_days": 400}
        level = a_renewing_level(**TERMS[terms] | shown)
        self.candidate = holder(level, account=self.account)
        self.day = TODAY

    def take(self, step, days, number):
        """What is refused changes nothing."""
        self.day += timedelta(days=days)
        try:
            getattr(self, step)(number, by=a_coordinator().id, now=morning(self.day))
        except RefusedError:
            db.session.rollback()
        self.candidate = reload(self.candidate)

    def suspended_until(self, number, **given):
        pause = Pause("Lý do", "Đang xem xét", until_on=self.day + timedelta(days=number))
        suspend(self.candidate.id, pause, **given)

    def suspended(self, _number, **given):
        suspend(self.candidate.id, Pause("Lý do", "Đang xem xét", to_do="Nộp số liệu"), **given)

    def resumed(self, _number, **given):
        resume(self.candidate.id, remark=None, **given)

    def taken_away(self, _number, *, by, now):
        propose_withdrawal(self.candidate.id, reason="Lý do", by=by, now=now)
        agree_to_withdrawal(self.candidate.id, by=a_coordinator().id, now=now)

    def given_back(self, _number, *, by, now):
        withdraw(self.candidate.id, remark=None, by=self.account.id, now=now)

    def renewed(self, number, **given):
        brought(self.candidate, day=self.day - timedelta(days=number))
        confirm_renewal(self.candidate.id, remark=None, **given)

    def appealed(self, _number, *, by, now):
        appealing.appeal(self.candidate.id, WORDS, by=self.account.id, now=now)

    def answered(self, number, *, by, now):
        """Each second appeal is granted."""
        waiting = select(Appeal).where(
            Appeal.candidate_id == self.candidate.id, Appeal.state == AppealState.OPEN
        )
        if appeal := db.session.scalars(waiting).first():
            remedies = remedies_of(appeal.step.reason, appeal.step.to_state)
            remedy = remedies[0] if number % 2 else None
            deciding.decide(appeal.id, deciding.Ruling(remedy, "Lý do"), by=by, now=now)

    def followed(self, _number, *, by, now):
        follow_days(now=now)


STEPS = st.lists(
    st.tuples(
        st.sampled_from([name for name in vars(History) if name != "take" and name[0] != "_"]),
        st.sampled_from([0, 1, 30, 150, 200]),
        st.integers(0, 60),
    ),
    min_size=1,
    max_size=7,
)


def register_says(person_id, day):
    """``None``: nothing."""
    held = [one.standing for one in holdings_of([person_id], day).get(person_id, [])]
    return held[0] if held else None


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, len(TERMS) - 1), STEPS, st.lists(st.integers(0, 1500), min_size=3, max_size=6)
)
@example(0, [("suspended_until", 1, 30), ("appealed", 1, 0), ("answered", 1, 1)], [0, 31])
@example(1, [("suspended", 150, 0), ("followed", 200, 0), ("followed", 200, 0)], [0, 400])
@example(0, [("followed", 200, 0), ("renewed", 0, 30), ("followed", 200, 0)], [200, 700])
@example(2, [("taken_away", 1, 0), ("appealed", 1, 0), ("answered", 1, 1)], [0, 3])
@example(3, [("suspended", 1, 0), ("taken_away", 1, 0), ("appealed", 1, 0)], [0, 3])
def test_all_say_the_same_on_any_day_whatever_happened(terms, steps, days):
    history = History(terms)
    for step in steps:
        history.take(*step)
    candidate, award = history.candidate, award_of(history.candidate.id)
    facts = facts_of_candidates([candidate.id])[candidate.id]
    assert {one.candidate_id: one.facts for one in awards_known()}[candidate.id] == facts
    turns = [span.first + timedelta(n) for span in spans_of(facts) for n in (-1, 0)]
    for day in [*turns, history.day, *(TODAY + timedelta(n) for n in days)]:
        known, verified = facts.on(day), standing_of(latest_of(award.id), day).state
        expected = REGISTER_SHOWS[verified]
        if known in {AwardStanding.NOT_YET, AwardStanding.GIVEN_BACK}:
            expected = None
        assert register_says(candidate.person_id, day) is expected, (day, known)
        scheme = candidate.level.version.scheme.key
        found = {title.scheme_key for title in titles(select(Person.id), day)}
        assert (scheme in found) is known.is_valid


def test_a_suspension_is_over_with_its_last_day_before_any_worker_has_come():
    history = History(0)
    history.take("suspended_until", 0, 10)
    last = TODAY + timedelta(days=10)
    person_id = history.candidate.person_id
    assert register_says(person_id, last) is Shown.SUSPENDED
    assert register_says(person_id, last + timedelta(days=1)) is Shown.VALID


def test_who_gives_back_what_was_restored_is_not_shown_as_having_lost_it():
    history = History(3)
    for step in ("taken_away", "appealed", "answered"):
        history.take(step, 0, 1)
    person_id = history.candidate.person_id
    assert register_says(person_id, TODAY) is Shown.VALID
    history.take("given_back", 0, 0)
    assert register_says(person_id, TODAY) is None


def test_an_early_renewal_is_said_to_hold_through_its_own_end():
    history = History(0)
    history.take("followed", 300, 0)
    history.take("renewed", 0, 10)
    person_id = history.candidate.person_id
    (held,) = holdings_of([person_id], history.day)[person_id]
    assert held.expires_on == date(2028, 3, 3)


def test_spans_that_are_missing_or_wrong_are_mended_once():
    people = [History(0).candidate.person_id for _ in range(2)]
    with transaction() as session:
        session.execute(delete(AwardSpan))
    assert [register_says(person_id, TODAY) for person_id in people] == [None, None]
    assert (mend_spans(stopped=lambda: True), mend_spans(), mend_spans()) == (0, 2, 0)
    assert [register_says(person_id, TODAY) for person_id in people] == [Shown.VALID] * 2


def test_whoever_acts_at_once_leaves_one_timeline_that_is_right(app):
    """Somebody renews it, somebody suspends it, its holder gives it back, and two workers come by."""
    history = History(0)
    history.take("followed", 300, 0)
    brought(history.candidate, day=history.day - timedelta(days=10))
    candidate_id, now, holder_id = history.candidate.id, morning(history.day), history.account.id
    one, other = a_coordinator().id, a_coordinator().id
    pause = Pause("Lý do", "Đang xem xét", to_do="Nộp số liệu")
    outcomes = at_once(
        app,
        lambda: confirm_renewal(candidate_id, remark=None, by=one, now=now),
        lambda: suspend(candidate_id, pause, by=other, now=now),
        lambda: withdraw(candidate_id, remark=None, by=holder_id, now=now),
        lambda: follow_days(now=now),
        mend_spans,
    )
    assert outcomes.count(None) >= 3
    facts = facts_of_candidates([candidate_id])[candidate_id]
    kept = db.session.scalars(select(AwardSpan).order_by(AwardSpan.first_day)).all()
    assert [(one.first_day, one.last_day, one.standing) for one in kept] == spans_of(facts)
