"""What must hold of registrations after whatever step: places, stories, offers, answers, letters."""

from sqlalchemy import func, select

from club.courses.models import RunState
from club.db import db
from club.outbox.models import Letter
from club.registration import line
from club.registration.changes.models import RunTelling, RunTellingReader
from club.registration.held import holding, seating
from club.registration.inviting.models import RunInvitation
from club.registration.models import (
    ACTIVE_STATES,
    SEATED_STATES,
    Offer,
    Registration,
    RegistrationState,
    RegistrationStep,
)
from club.registration.questions.models import RegistrationAnswer
from club.registration.reminders.models import RequestRecall
from club.registration.rules import offers
from club.registration.states import TRANSITIONS

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
#: News of what may come, or run out, or has changed.
TOLD_WITHOUT_A_STEP = {"late_place", "offer_reminder", "run_changed"}


class Books:
    """The machine that mixes this in keeps ``runs``, ``ids``, ``now``, ``answers`` and ``coordinator_id``."""

    def invitations(self, run):
        query = select(RunInvitation).filter_by(run_id=self.runs[run])
        return db.session.scalars(query.order_by(RunInvitation.id)).all()

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

    def the_last_answers_hold(self, mine):
        ids = [one.id for one in mine]
        kept = db.session.execute(
            select(RegistrationAnswer.registration_id, RegistrationAnswer.words).where(
                RegistrationAnswer.registration_id.in_(ids),
                RegistrationAnswer.replaced_at.is_(None),
            )
        ).all()
        given = [(one, said) for one, said in self.answers.items() if said and one in ids]
        assert sorted(map(tuple, kept)) == sorted(given)

    def the_invited_hear_of_it_once(self):
        for one in [*self.invitations(0), *self.invitations(1)]:
            query = select(Letter.kind).where(Letter.event_key.endswith(f":{one.public_id}"))
            told = [kind.removeprefix("registration.") for kind in db.session.scalars(query)]
            assert told.count("invited") == 1
            assert told.count("invitation_reminder") == (one.reminded_at is not None)
            assert told.count("invitation_withdrawn") <= (one.withdrawn_at is not None)
            assert told.count("run_cancelled") <= 1

    def everybody_reads_what_is_new_once(self, run):
        """A letter for each reader of a telling, and one to a coordinator for each recall."""
        tellings = select(RunTelling.id).where(RunTelling.run_id == run.id)
        for telling_id in db.session.scalars(tellings):
            readers = select(func.count()).where(RunTellingReader.telling_id == telling_id)
            letters = self.keys_of_letters("run_changed", telling_id)
            letters += self.keys_of_letters("invitation_changed", telling_id)
            assert len(letters) == db.session.scalar(readers)
        recalls = select(func.count()).where(RequestRecall.run_id == run.id)
        read = [
            key
            for key in self.keys_of_letters("requests_undecided", run.code)
            if key.endswith(f":{self.coordinator_id}")
        ]
        assert len(read) == db.session.scalar(recalls)

    def keys_of_letters(self, kind, about):
        """Of letters about something; no two have the same."""
        begin = f"registration.{kind}:{about}:"
        query = select(Letter.event_key).where(Letter.event_key.startswith(begin, autoescape=True))
        return list(db.session.scalars(query))

    def letters_match_steps(self):
        people = [person_id for person_id, _ in self.ids]
        steps = db.session.scalars(
            select(RegistrationStep.reason)
            .join(Registration)
            .where(Registration.person_id.in_(people))
        ).all()
        due = sorted(LETTERS[r.value] for r in steps if r.value not in NO_LETTER)
        invitations = [str(one.public_id) for run in (0, 1) for one in self.invitations(run)]
        letters = db.session.execute(
            select(Letter.kind, Letter.event_key).where(Letter.person_id.in_(people))
        ).all()
        written = sorted(
            kind.removeprefix("registration.")
            for kind, key in letters
            if key.rpartition(":")[2] not in invitations
        )
        assert [kind for kind in written if kind not in TOLD_WITHOUT_A_STEP] == due
