"""The demo enterprise has sent some of its people to an open class. Nobody is written to."""

from datetime import datetime

from club import clock
from club.db import db
from club.demo.accounts import DemoAccounts
from club.demo.rows import Rows
from club.registration.held import Held, holding, seating
from club.registration.models import (
    Registration,
    RegistrationState,
    RegistrationStep,
    StepReason,
)
from club.registration.nominations.models import Nomination, Nominee, Outcome
from club.registration.nominations.queries import Reckoned, colleagues, end_of_queue

_SENT = 3
_STATEMENT = "Những người này đã biết và đã đồng ý (trình diễn)."


def nominate_colleagues(rows: Rows, run_id: int, accounts: DemoAccounts, *, now: datetime) -> None:
    """As many as the firm has, at most three, who are not on the list yet."""
    firm, by = accounts.member_firm, accounts.by_name["doanhnghiep"]
    known = colleagues(Reckoned(firm.id, run_id, clock.local_day(now)))
    nomination_id = rows.add(
        Nomination,
        public_id=rows.uuid(), run_id=run_id, organisation_id=firm.id, places_shown=_SENT,
        statement=_STATEMENT, at=now, by_id=by.id,
    )  # fmt: skip
    people = [one for one in known if not one.is_on_list][:_SENT]
    with holding(db.session(), run_id) as held:
        first, _ = end_of_queue(run_id)
        for position, one in enumerate(people, start=1):
            state, registration_id = _registration(
                rows, held, one.person_id, accounts, number=first + position, now=now
            )
            has_place = state is RegistrationState.CONFIRMED
            rows.add(
                Nominee,
                nomination_id=nomination_id, position=position, full_name=one.full_name,
                person_id=one.person_id, registration_id=registration_id,
                outcome=Outcome.PLACE if has_place else Outcome.WAITING, refusal=None,
            )  # fmt: skip
    rows.write()


def _registration(
    rows: Rows, held: Held, person_id: int, accounts: DemoAccounts, *, number: int, now: datetime
) -> tuple[RegistrationState, int]:
    firm, by = accounts.member_firm, accounts.by_name["doanhnghiep"]
    no_room = seating(held, at=now).lack_of_room(None, firm.id)
    state = RegistrationState.WAITING if no_room else RegistrationState.CONFIRMED
    registration_id = rows.add(
        Registration,
        public_id=rows.uuid(), run_id=held.run.id, person_id=person_id, state=state,
        queue_number=number, audience=firm.kind, organisation_id=firm.id, registered_at=now,
        waits_since=now, quota_id=None, takes_late_place=False, any_run=False, replaces_id=None,
    )  # fmt: skip
    rows.add(
        RegistrationStep,
        registration_id=registration_id, from_state=None, to_state=state,
        reason=StepReason.NOMINATED_TO_WAIT if no_room else StepReason.NOMINATED,
        no_room=no_room, remark=None, at=now, by_id=by.id,
    )  # fmt: skip
    held.count(None, state)
    return state, registration_id
