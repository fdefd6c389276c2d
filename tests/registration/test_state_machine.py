"""Any sequence of what people and staff do leaves the books in order.

Hypothesis draws the sequences; after each step the invariants of ``check`` hold.
"""

import uuid
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from club.accounts.models import RoleName
from club.courses.models import Run, RunState
from club.db import db
from club.knowledge.following import follow_only
from club.outbox.models import Letter
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import accepting, line, moving, offer_round, operations, pool, queries, terms
from club.registration.held import holding, seating
from club.registration.models import (
    ACTIVE_STATES,
    SEATED_STATES,
    Offer,
    Registration,
    RegistrationState,
    RegistrationStep,
    WayIn,
)
from club.registration.nominations import operations as nominations
from club.registration.nominations.operations import Slip
from club.registration.nominations.substituting import Instead, substitute
from club.registration.nominations.taking_back import take_back
from club.registration.places import Wishes
from club.registration.reminders.offers import remind_of_offers
from club.registration.requests import operations as requests
from club.registration.requests.together import approve_together, refuse_together
from club.registration.rules import offers
from club.registration.rules.terms import Terms
from club.registration.states import TRANSITIONS
from club.registration.terms import Group
from tests.registration.support import a_registrant
from tests.support.factories import (
    NOW,
    a_course,
    a_run,
    an_account,
    an_employment,
    an_organisation,
)

pytestmark = pytest.mark.slow

START = NOW + timedelta(days=10)
PEOPLE = 8
#: The letter that each step's reason brings; those that bring none are not here.
LETTERS = {
    "registered": "confirmed",
    "list_full": "waiting",
    "seat_fell_free": "offered",
    "seats_added": "offered",
    "pool_offer": "offered",
    "late_place": "promoted",
    "late_place_taken": "confirmed",
    "offer_accepted": "confirmed",
    "offer_declined": "offer_declined",
    "offer_lapsed": "offer_lapsed",
    "withdrawn_by_person": "withdrawn",
    "withdrawn_by_staff": "withdrawn_by_staff",
    "withdrawn_by_organisation": "withdrawn_by_organisation",
    "nominated": "nominated",
    "nominated_to_wait": "nominated",
    "substituted": "nominated",
    "replaced": "replaced",
    "run_cancelled": "run_cancelled",
    "asked": "request_received",
    "endorsed_by_organisation": "request_endorsed",
    "approved": "confirmed",
    "approved_to_wait": "waiting",
    "refused_by_organisation": "request_refused",
    "refused_by_staff": "request_refused",
    "undecided": "request_refused",
}
NO_LETTER = {"moved_away", "moved_by_staff", "overtaken", "pooled", "place_elsewhere"}
#: News of what may come, or run out.
TOLD_WITHOUT_A_STEP = {"late_place", "offer_reminder"}

someone = st.integers(0, PEOPLE - 1)
which = st.integers(0, 1)


class Registrations(RuleBasedStateMachine):
    @initialize(seats=st.integers(1, 4))
    def open_two_runs_of_a_course(self, seats):
        self.now = NOW
        course = a_course()
        self.runs = [
            a_run(course=course, seats=seats, starts_at=START + timedelta(days=n)).id
            for n in range(2)
        ]
        self.topic_id, self.topic_key = course.topic.id, course.topic.key
        self.by = an_account(RoleName.COORDINATOR).id
        self.people = [a_registrant() for _ in range(PEOPLE)]
        self.firm = an_organisation()
        for account in self.people[::2]:
            an_employment(account.person, self.firm)
        self.ids = [(account.person_id, account.id) for account in self.people]
        self.public_ids = [account.person.public_id for account in self.people]

    def attempt(self, verb, *args, **given):
        """What is refused must have changed nothing; the invariants see to that."""
        self.now += timedelta(minutes=1)
        try:
            verb(*args, **given, now=self.now)
        except RefusedError:
            db.session.rollback()

    def mine(self, who, run):
        found = queries.registration_of(self.ids[who][0], self.runs[run])
        return found.id if found else None

    @rule(who=someone, run=which, late=st.booleans(), any_run=st.booleans())
    def register(self, who, run, late, any_run):
        person_id, account_id = self.ids[who]
        self.attempt(
            operations.register, person_id, run_id=self.runs[run],
            organisation_id=None if who % 2 else self.firm.id,
            wishes=Wishes(late, any_run), by=account_id,
        )  # fmt: skip

    @rule(who=someone, run=which)
    def withdraw(self, who, run):
        if registration := self.mine(who, run):
            self.attempt(operations.withdraw, registration, reason="Bận", by=self.ids[who][1])

    @rule(who=someone, run=which)
    def withdraw_on_behalf(self, who, run):
        if registration := self.mine(who, run):
            self.attempt(operations.withdraw_on_behalf, registration, reason="x", by=self.by)

    @rule(who=someone, run=which)
    def accept(self, who, run):
        if registration := self.mine(who, run):
            self.attempt(accepting.accept, registration, by=self.ids[who][1])

    @rule(who=someone, run=which)
    def move_to_the_other_run(self, who, run):
        if registration := self.mine(who, run):
            other = self.runs[1 - run]
            self.attempt(moving.move_to_run, registration, run_id=other, by=self.ids[who][1])

    @rule(who=someone, run=which)
    def the_organisation_agrees(self, who, run):
        if registration := self.mine(who, run):
            self.attempt(requests.endorse, registration, by=self.by)

    @rule(who=someone, run=which, remark=st.sampled_from([None, "x"]))
    def grant(self, who, run, remark):
        if registration := self.mine(who, run):
            self.attempt(requests.approve, registration, remark=remark, by=self.by)

    @rule(who=someone, run=which, by_organisation=st.booleans())
    def turn_down(self, who, run, by_organisation):
        if registration := self.mine(who, run):
            verb = requests.decline_for_organisation if by_organisation else requests.refuse
            self.attempt(verb, registration, reason="x", by=self.by)

    @rule(people=st.sets(someone, min_size=1, max_size=4), run=which, granted=st.booleans())
    def decide_together(self, people, run, granted):
        listed = [self.mine(who, run) for who in people]
        chosen = [db.session.get_one(Registration, one).public_id for one in listed if one]
        if granted:
            self.attempt(approve_together, self.runs[run], chosen, remark="x", by=self.by)
        else:
            self.attempt(refuse_together, self.runs[run], chosen, reason="x", by=self.by)

    @rule(who=someone, run=which, place=st.integers(1, PEOPLE))
    def move_in_line(self, who, run, place):
        if registration := self.mine(who, run):
            self.attempt(moving.move_in_line, registration, place=place, reason="x", by=self.by)

    @rule(people=st.sets(someone, min_size=1, max_size=4), run=which)
    def nominate(self, people, run):
        ticked = [self.public_ids[who] for who in people]
        slip = Slip(uuid.uuid4(), self.runs[run], self.firm.id, ticked, [], 0, "Đã đồng ý")
        self.attempt(nominations.nominate, slip, by=self.by)

    @rule(who=someone, other=someone, run=which, by_staff=st.booleans())
    def send_somebody_else(self, who, other, run, by_staff):
        if registration := self.mine(who, run):
            reason = "Ốm" if by_staff else None
            instead = Instead([self.public_ids[other]], [], reason, by_staff)
            self.attempt(substitute, registration, instead, by=self.by)

    @rule(who=someone, run=which)
    def take_a_nomination_back(self, who, run):
        if registration := self.mine(who, run):
            self.attempt(take_back, registration, reason="x", by=self.by)

    @rule(run=which, seats=st.integers(1, 5))
    def change_seats(self, run, seats):
        self.attempt(operations.change_seats, self.runs[run], seats=seats, by=self.by)

    @rule(run=which, seats=st.integers(0, 3), kind=st.sampled_from(list(AudienceKind)[1:]))
    def keep_seats_for_a_group(self, run, seats, kind):
        self.attempt(terms.add_group, self.runs[run], Group(audience=kind), seats=seats, by=self.by)

    @rule(run=which, seats=st.integers(0, 3))
    def keep_seats_for_who_follows_the_topic(self, run, seats):
        group = Group(topic_id=self.topic_id)
        self.attempt(terms.add_group, self.runs[run], group, seats=seats, by=self.by)

    @rule(who=someone, follows=st.booleans())
    def follow_the_topic_or_not(self, who, follows):
        keys = [self.topic_key] if follows else []
        self.attempt(follow_only, self.ids[who][0], keys)

    @rule(
        run=which,
        most=st.none() | st.integers(1, 2),
        opens=st.none() | st.integers(1, 9),
        way_in=st.sampled_from(list(WayIn)),
    )
    def set_terms(self, run, most, opens, way_in):
        opens_at = opens and NOW + timedelta(days=opens)
        own = Terms(most_per_organisation=most, quotas_open_at=opens_at, way_in=way_in)
        self.attempt(terms.set_terms, self.runs[run], own, by=self.by)

    @rule(hours=st.sampled_from([1, 30, 60]))
    def time_passes_and_the_worker_goes_round(self, hours):
        self.now += timedelta(hours=hours)
        offer_round.go_round(now=lambda: self.now)
        remind_of_offers(now=lambda: self.now)
        pool.leave_other_lines(now=lambda: self.now, stopped=lambda: False)
        requests.end_undecided(now=lambda: self.now, stopped=lambda: False)

    @precondition(lambda self: self.now > NOW + timedelta(days=5))
    @rule(run=which)
    def cancel(self, run):
        self.attempt(
            operations.cancel_run_with_registrations, self.runs[run], reason="x", by=self.by
        )

    @invariant()
    def check(self):
        db.session.rollback()
        for run_id in getattr(self, "runs", []):
            run = db.session.get(Run, run_id)
            mine = db.session.scalars(select(Registration).filter_by(run_id=run_id)).all()
            self.places_are_counted(run, mine)
            self.one_open_registration_each(mine)
            self.stories_are_complete(mine)
            self.offers_match_states(mine)
            self.nobody_waits_for_a_free_place(run, mine)
        self.letters_match_steps()

    def places_are_counted(self, run, mine):
        seated = [r for r in mine if r.state in SEATED_STATES]
        waiting = [r for r in mine if r.state is RegistrationState.WAITING]
        assert (run.places_taken, run.waiting_count) == (len(seated), len(waiting))

    def one_open_registration_each(self, mine):
        people = [r.person_id for r in mine if r.state in ACTIVE_STATES]
        assert len(people) == len(set(people))

    def stories_are_complete(self, mine):
        for registration in mine:
            before = None
            for step in registration.steps:
                assert step.from_state == before
                assert step.reason in TRANSITIONS[before, step.to_state]
                before = step.to_state
            assert before is registration.state

    def offers_match_states(self, mine):
        open_offers = line.open_offers_of(mine)
        offered = {r.id for r in mine if r.state is RegistrationState.OFFERED}
        assert set(open_offers) == offered
        closed = select(Offer).where(Offer.registration_id.in_([r.id for r in mine]))
        for offer in db.session.scalars(closed):
            assert (offer.answered_at is None) == (offer.registration_id in offered)

    def nobody_waits_for_a_free_place(self, run, mine):
        """While places are offered in turn, whoever could have a free one has been asked."""
        if run.state is not RunState.PUBLISHED or self.now >= run.starts_at:
            return
        with holding(db.session(), run.id) as held:
            if offers.expiry_of_offer(run.starts_at, held.terms, at=self.now) is None:
                return
            opens = held.terms.quotas_open_at
            if opens is not None and held.quotas and opens <= self.now:
                return  # the worker's next round gives out what was opened
            seats = seating(held, at=self.now)
        waiting = [r for r in mine if r.state is RegistrationState.WAITING]
        assert not [r for r in waiting if seats.has_room(r.quota_id, r.organisation_id)]

    def letters_match_steps(self):
        people = [person_id for person_id, _ in getattr(self, "ids", [])]
        steps = db.session.scalars(
            select(RegistrationStep.reason)
            .join(Registration)
            .where(Registration.person_id.in_(people))
        ).all()
        due = sorted(LETTERS[r.value] for r in steps if r.value not in NO_LETTER)
        kinds = db.session.scalars(select(Letter.kind).where(Letter.person_id.in_(people))).all()
        written = sorted(kind.removeprefix("registration.") for kind in kinds)
        assert [kind for kind in written if kind not in TOLD_WITHOUT_A_STEP] == due


def test_any_sequence_leaves_the_books_in_order(app):
    run_state_machine_as_test(
        Registrations,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
