"""The club's own recognitions: those that end, by what was decided last."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import chain

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import joinedload

from club.certification.awards.models import Award, AwardPeriod
from club.certification.candidacy.models import Candidate, Recognition, states_where
from club.certification.expiry.models import AwardReminder
from club.certification.expiry.sources import Ending, Held, Source
from club.certification.schemes.models import SchemeLevel, SchemeVersion
from club.db import db

#: While a renewal is being judged, its holder has done what there is to do.
_REMINDED = [
    state
    for state in states_where(Recognition.STANDS, Recognition.SUSPENDED)
    if not state.is_being_assessed
]


def last_day() -> ScalarSelect[date | None]:
    """Of an ``Award``, within a query about them."""
    return (
        select(func.max(AwardPeriod.valid_until))
        .where(AwardPeriod.award_id == Award.id)
        .correlate(Award)
        .scalar_subquery()
    )


def _ending(today: date) -> list[Ending]:
    """By the version that holds for each, which no later one changes. The nearest end first."""
    every = db.session.scalars(select(SchemeVersion.reminder_days))
    furthest, last = max(chain(*every), default=0), last_day()
    query = (
        select(Award.id, Award.person_id, last.label("last"), SchemeVersion.reminder_days)
        .join(Award.candidate)
        .join(Award.level)
        .join(SchemeLevel.version)
        .where(
            Candidate.state.in_(_REMINDED), last.between(today, today + timedelta(days=furthest))
        )
        .order_by("last", Award.id)
    )
    return [
        Ending(award_id, person_id, on, planned)
        for award_id, person_id, on, planned in db.session.execute(query)
        if on is not None
    ]


def _still_ending(award_ids: Collection[int]) -> list[Held]:
    """Under the lock of their candidacies, which every renewal takes."""
    query = (
        select(Award)
        .join(Award.candidate)
        .where(Award.id.in_(award_ids), Candidate.state.in_(_REMINDED))
        .order_by(Award.id)
        .with_for_update(of=Candidate)
    )
    awards = db.session.scalars(query).all()
    db.session.scalars(
        select(Award)
        .where(Award.id.in_([award.id for award in awards]))
        .options(
            joinedload(Award.periods),
            joinedload(Award.candidate),
            joinedload(Award.level)
            .joinedload(SchemeLevel.version)
            .joinedload(SchemeVersion.scheme),
        )
    ).unique().all()
    return [
        Held(award.id, award.person_id, last, award.public_id, _words(award))
        for award in awards
        if (last := award.periods[-1].valid_until) is not None
    ]


def _words(award: Award) -> dict[str, object]:
    version = award.level.version
    return {
        "level": award.level,
        "version": version,
        "scheme": version.scheme,
        "last": award.periods[-1].valid_until,
        "path": f"/candidacies/{award.candidate.public_id}",
    }


RECOGNITIONS = Source(
    reminders=AwardReminder,
    key=AwardReminder.award_id,
    letter="certification.recognition_ends",
    ending=_ending,
    still_ending=_still_ending,
)
