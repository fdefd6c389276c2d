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
from club.courses.models import Run
from club.courses.operations import move_session
from club.courses.rules import Slot
from club.db import db
from club.knowledge.following import follow_only
from club.people.models import AudienceKind
from club.refusal import RefusedError
from club.registration import accepting, moving, offer_round, operations, pool, queries, terms
from club.registration.changes.operations import tell_what_has_come_to_rest
from club.registration.inviting import operations as inviting
from club.registration.inviting.operations import Guests
from club.registration.inviting.queries import invited_addresses
from club.registration.models import (
    ACTIVE_STATES,
    Registration,
    WayIn,
)
from club.registration.nominations import operations as nominations
from club.registration.nominations.operations import Slip
from club.registration.nominations.substituting import Instead, substitute
from club.registration.nominations.taking_back import take_back
from club.registration.places import NO_WISHES, Wishes
from club.registration.questions.answering import Answer, answer_anew
from club.registration.questions.models import QuestionKind
from club.registration.questions.operations import ask
from club.registration.questions.queries import questions_asked
from club.registration.questions.rules import Meaning
from club.registration.reminders.invitations import remind_of_invitations
from club.registration.reminders.offers import remind_of_offers
from club.registration.reminders.requests import remind_of_requests
from club.registration.requests import operations as requests
from club.registration.requests.together import approve_together, refuse_together
from club.registration.rules.terms import Terms
from club.registration.terms import Group
from tests.registration.books import Books
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
#: Of people whom the club knows by nothing but an address.
STRANGERS = 2

someone = st.integers(0, PEOPLE - 1)
several = st.lists(someone, min_size=1, max_size=3, unique=True)
somebody_invited = st.integers(0, PEOPLE + STRANGERS - 1)
ways = st.sampled_from(list(WayIn))
words = st.sampled_from(["Có", "Không", None])
which = st.integers(0, 1)


class Registrations(Books, RuleBasedStateMachine):
    @initialize(
        seats=st.integers(1, 4),
        ways=st.tuples(ways, ways),
        invited=st.sets(somebody_invited, max_size=4),
        first=st.integers(0, PEOPLE),
        is_needed=st.booleans(),
    )
    def open_two_runs_of_a_course(self, seats, ways, invited, first, is_needed):
        """Whose ways in are narrowed once some have come: a few steps lead far from there."""
        self.now = NOW
        course = a_course()
        self.runs = [
            a_run(course=course, seats=seats, starts_at=START + timedelta(days=n)).id
            for n in range(2)
        ]
        self.topic_id, self.topic_key = course.topic.id, course.topic.key
        coordinator = an_account(RoleName.COORDINATOR)
        self.by, self.coordinator_id = coordinator.id, coordinator.person_id
        self.people = [a_registrant() for _ in range(PEOPLE)]
        self.firm = an_organisation()
        for account in self.people[::2]:
            an_employment(account.person, self.firm)
        self.ids = [(account.person_id, account.id) for account in self.people]
        #: Which of them acts is only written down.
        self.own = self.ids[0][1]
        self.public_ids = [account.person.public_id for account in self.people]
        strangers = [f"{uuid.uuid4().hex}@example.vn" for _ in range(STRANGERS)]
        self.addresses = [account.email for account in self.people] + strangers
        meaning = Meaning(QuestionKind.TEXT, "Anh chị đã học lớp nào chưa?")
        ask(course, meaning, required=is_needed, by=self.by, now=NOW)
        [self.question] = [one.id for one in questions_asked(course.id)]
        #: What was answered last, by registration.
        self.answers = {}
        for run, way_in in enumerate(ways):
            for who in range(first):
                self.register_one(who, run, NO_WISHES, "Có")
            terms.set_terms(self.runs[run], Terms(way_in=way_in), by=self.by, now=NOW)
            self.invite(invited, run)

    def attempt(self, verb, *args, **given):
        """What is refused must have changed nothing; the invariants see to that."""
        self.now += timedelta(minutes=1)
        try:
            return verb(*args, **given, now=self.now)
        except RefusedError:
            db.session.rollback()
            return None

    def mine(self, who, run):
        """The registration of one of those on the list, if there is anybody."""
        run_id, people = self.runs[run], [person_id for person_id, _ in self.ids]
        query = select(Registration.id).where(
            Registration.run_id == run_id,
            Registration.person_id.in_(people),
            Registration.state.in_(ACTIVE_STATES),
        )
        listed = list(db.session.scalars(query.order_by(Registration.id)))
        return listed[who % len(listed)] if listed else None

    @rule(people=several, run=which, late=st.booleans(), any_run=st.booleans(), words=words)
    def register(self, people, run, late, any_run, words):
        for who in people:
            self.register_one(who, run, Wishes(late, any_run), words)

    def register_one(self, who, run, wishes, words):
        (person_id, account_id), run_id = self.ids[who], self.runs[run]
        way_in = queries.terms_of_run(db.session.get(Run, run_id)).way_in
        is_invited = self.addresses[who] in invited_addresses(run_id)
        taken = self.attempt(
            operations.register, person_id, run_id=run_id,
            organisation_id=None if who % 2 else self.firm.id,
            wishes=wishes, answers={self.question: Answer(words)}, by=account_id,
        )  # fmt: skip
        if taken and taken.is_new:
            assert is_invited or way_in is not WayIn.INVITATION
            self.answers[taken.id] = words

    @rule(who=someone, run=which, words=words, by_link=st.booleans())
    def answer(self, who, run, words, by_link):
        if registration := self.mine(who, run):
            given, by = {self.question: Answer(words)}, None if by_link else self.own
            self.attempt(self._answer, registration, given, by=by)

    def _answer(self, registration, given, *, by, now):
        answer_anew(registration, given, by=by, now=now)
        self.answers[registration] = given[self.question].words

    @rule(guests=st.sets(somebody_invited, max_size=4), run=which)
    def invite(self, guests, run):
        emails = [self.addresses[one] for one in guests]
        self.attempt(inviting.invite, self.runs[run], Guests(emails), by=self.by)

    @rule(guest=somebody_invited, run=which)
    def withdraw_an_invitation(self, guest, run):
        for one in self.invitations(run):
            if one.email == self.addresses[guest]:
                self.attempt(inviting.withdraw_invitation, one, by=self.by)

    @rule(run=which, hours=st.sampled_from([-24, -1, 1, 24]))
    def move_a_session(self, run, hours):
        [meeting] = db.session.get(Run, self.runs[run]).sessions
        by = timedelta(hours=hours)
        slot = Slot(meeting.starts_at + by, meeting.ends_at + by, meeting.title, meeting.place)
        self.attempt(move_session, meeting, slot, by=self.by)

    @rule(who=someone, run=which, by_link=st.booleans())
    def withdraw(self, who, run, by_link):
        if registration := self.mine(who, run):
            by = None if by_link else self.own
            self.attempt(operations.withdraw, registration, reason="Bận", by=by)

    @rule(who=someone, run=which)
    def withdraw_on_behalf(self, who, run):
        if registration := self.mine(who, run):
            self.attempt(operations.withdraw_on_behalf, registration, reason="x", by=self.by)

    @rule(who=someone, run=which, by_link=st.booleans())
    def accept(self, who, run, by_link):
        if registration := self.mine(who, run):
            self.attempt(accepting.accept, registration, by=None if by_link else self.own)

    @rule(who=someone, run=which)
    def move_to_the_other_run(self, who, run):
        if registration := self.mine(who, run):
            other = self.runs[1 - run]
            taken = self.attempt(moving.move_to_run, registration, run_id=other, by=self.own)
            if taken:
                self.answers[taken.id] = self.answers.get(registration)

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
        way_in=ways,
    )
    def set_terms(self, run, most, opens, way_in):
        opens_at = opens and NOW + timedelta(days=opens)
        own = Terms(most_per_organisation=most, quotas_open_at=opens_at, way_in=way_in)
        self.attempt(terms.set_terms, self.runs[run], own, by=self.by)

    @rule(hours=st.sampled_from([1, 30, 60, 190]))
    def time_passes_and_the_worker_goes_round(self, hours):
        self.now += timedelta(hours=hours)
        offer_round.go_round(now=lambda: self.now)
        remind_of_offers(now=lambda: self.now)
        remind_of_invitations(now=lambda: self.now)
        remind_of_requests(now=lambda: self.now)
        tell_what_has_come_to_rest(now=self.now)
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
            self.the_last_answers_hold(mine)
            self.everybody_reads_what_is_new_once(run)
        if hasattr(self, "runs"):
            self.the_invited_hear_of_it_once()
            self.letters_match_steps()


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
