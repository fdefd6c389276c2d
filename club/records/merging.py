"""What becomes of records when two entries of one person become one."""

from collections.abc import Collection, Iterator
from datetime import date
from enum import StrEnum

from flask_babel import gettext, lazy_gettext
from sqlalchemy import Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from club.courses.models import Run, RunState, Session
from club.db import Model, db
from club.records.attendance.models import AttendanceMark, WalkIn
from club.records.certificates.models import CertificateState, CompletionCertificate
from club.records.models import TrainingRecord
from club.records.results.models import PersonResult
from club.registration.models import Registration
from club.web.personal_data import MOMENT, Conflict, Figure, Joined, Moves, Pair

MOVES = {
    "attendance_mark": Moves(lazy_gettext("Attendance marks")),
    "walk_in": Moves(lazy_gettext("Classes come to without registering")),
    "person_result": Moves(lazy_gettext("Scores and remarks")),
    "inquiry": Moves(lazy_gettext("Questions after classes")),
    # Of one class the record of the entry that stays holds; as if the class had been closed anew.
    "training_record": Moves(
        lazy_gettext("Records of closed classes"), left={"superseded_at": MOMENT}
    ),
    "completion_certificate": Moves(lazy_gettext("Certificates of completion")),
    "certificate_exception": Moves(lazy_gettext("Certificates by exception")),
    "outside_training": Moves(lazy_gettext("Training taken elsewhere")),
}
_STANDING = (CertificateState.VALID, CertificateState.SUSPENDED)


class MergeRefusal(StrEnum):
    MARKS_DIFFER = (
        "Both are marked in the same session, and not alike. Mark them alike first, as it was."
    )
    CERTIFIED_TWICE = (
        "Both have a certificate of the same class. Revoke one of the two first; whoever checks it"
        " then reads why."
    )
    GOES_WITH_MORE = (
        "Of a class that both took part in, the entry that goes has the better record. Let that one"
        " be the entry that stays."
    )
    CLOSED_SINCE = (
        "A class that went along has been closed since, and counts for one person. Open it again"
        " first."
    )


def hold(pair: Pair) -> Collection[int]:
    """The runs that one of the two has anything to do with, in the order of their ids: whoever
    registers, marks or closes holds the run before anything else.
    """
    held = select(Run.id).where(Run.id.in_(_runs_of(pair))).order_by(Run.id)
    return db.session.scalars(held.with_for_update()).all()


def _runs_of(pair: Pair) -> Select[int]:
    found = union(
        *(
            select(model.run_id).where(model.person_id.in_(pair.both))
            for model in (Registration, WalkIn, TrainingRecord, PersonResult)
        ),
        select(Session.run_id)
        .join(AttendanceMark, AttendanceMark.session_id == Session.id)
        .where(AttendanceMark.person_id.in_(pair.both)),
    ).subquery()
    return select(found.c[0])


def conflicts(pair: Pair) -> Iterator[Conflict]:
    for refusal, query in (
        (MergeRefusal.MARKS_DIFFER, _sessions_marked_differently(pair)),
        (MergeRefusal.CERTIFIED_TWICE, _classes_certified_twice(pair)),
        (MergeRefusal.GOES_WITH_MORE, _classes_where_gone_has_more(pair)),
    ):
        if found := [", ".join(filter(None, row)) for row in db.session.execute(query)]:
            yield Conflict(refusal, found)


def _sessions_marked_differently(pair: Pair) -> Select[str, str | None]:
    """Of classes that are not closed: there the marks are still to be reckoned with."""
    kept, gone = aliased(AttendanceMark), aliased(AttendanceMark)
    return (
        select(Run.code, Session.title)
        .join(Session, Session.run_id == Run.id)
        .join(kept, and_(kept.session_id == Session.id, kept.person_id == pair.kept))
        .join(gone, and_(gone.session_id == Session.id, gone.person_id == pair.gone))
        .where(
            Run.state.not_in([RunState.CLOSED, RunState.CANCELLED]),
            or_(kept.mark != gone.mark, kept.minutes.is_distinct_from(gone.minutes)),
        )
        .order_by(Session.starts_at, Session.id)
    )


def _classes_certified_twice(pair: Pair) -> Select[str, str, str]:
    kept, gone = aliased(CompletionCertificate), aliased(CompletionCertificate)
    return (
        select(kept.run_code, kept.number, gone.number)
        .join(gone, gone.run_id == kept.run_id)
        .where(
            kept.person_id == pair.kept,
            gone.person_id == pair.gone,
            kept.state.in_(_STANDING),
            gone.state.in_(_STANDING),
        )
        .order_by(kept.number)
    )


def _classes_where_gone_has_more(pair: Pair) -> Select[str]:
    kept, gone = aliased(TrainingRecord), aliased(TrainingRecord)
    return (
        select(Run.code)
        .join(kept, kept.run_id == Run.id)
        .join(gone, gone.run_id == Run.id)
        .where(
            kept.person_id == pair.kept,
            gone.person_id == pair.gone,
            kept.superseded_at.is_(None),
            gone.superseded_at.is_(None),
            or_(and_(gone.completed, ~kept.completed), and_(gone.counts, ~kept.counts)),
        )
        .order_by(Run.code)
    )


def remarks(pair: Pair) -> Iterator[str]:
    """What was closed for two is not reckoned anew: its figures may have been reported."""
    if found := db.session.scalars(_classes_recorded_twice(pair)).all():
        yield gettext(
            "Both took part in classes that are closed: %(codes)s. Hours and result stay those of"
            " the entry that stays; what the other one attended is not added. Where it should be,"
            " put the two together, then reopen the class and close it again.",
            codes=", ".join(found),
        )


def _classes_recorded_twice(pair: Pair) -> Select[str]:
    return (
        select(Run.code)
        .join(TrainingRecord, TrainingRecord.run_id == Run.id)
        .where(
            TrainingRecord.person_id.in_(pair.both),
            TrainingRecord.superseded_at.is_(None),
            # What came with a list of earlier years has no marks to add.
            ~Run.is_earlier,
        )
        .group_by(Run.code)
        .having(func.count(TrainingRecord.person_id.distinct()) > 1)
        .order_by(Run.code)
    )


def hinders_parting(joined: Joined) -> MergeRefusal | None:
    """What was closed as one person's cannot be taken apart by moving rows."""
    went_along = [
        select(Model.metadata.tables[name].c.run_id).where(
            Model.metadata.tables[name].c.id.in_(joined.moved.get(name, ()))
        )
        for name in ("registration", "walk_in", "training_record")
    ]
    marked = (
        select(Session.run_id)
        .join(AttendanceMark, AttendanceMark.session_id == Session.id)
        .where(AttendanceMark.id.in_(joined.moved.get("attendance_mark", ())))
    )
    closed_since = exists().where(
        TrainingRecord.person_id == joined.pair.kept,
        TrainingRecord.computed_at > joined.at,
        TrainingRecord.superseded_at.is_(None),
        TrainingRecord.run_id.in_(union(*went_along, marked)),
    )
    return MergeRefusal.CLOSED_SINCE if db.session.scalar(select(closed_since)) else None


def figures(pair: Pair) -> Iterator[Figure]:
    """Turns and people of each year, from the records that count now."""
    counted = select(TrainingRecord.day, TrainingRecord.run_id, TrainingRecord.person_id).where(
        TrainingRecord.person_id.in_(pair.both),
        TrainingRecord.counts,
        TrainingRecord.superseded_at.is_(None),
    )
    rows = [(row[0], row[1], row[2]) for row in db.session.execute(counted)]
    kept_runs = set(
        db.session.scalars(
            select(TrainingRecord.run_id).where(
                TrainingRecord.person_id == pair.kept, TrainingRecord.superseded_at.is_(None)
            )
        )
    )
    for year in sorted({day.year for day, _run, _person in rows}):
        yield from _figures_of_year(year, rows, pair, kept_runs)


def _figures_of_year(
    year: int, rows: list[tuple[date, int, int]], pair: Pair, kept_runs: set[int]
) -> Iterator[Figure]:
    its = [(run, person) for day, run, person in rows if day.year == year]
    after = [run for run, person in its if person == pair.kept or run not in kept_runs]
    yield Figure(gettext("Turns in %(year)s", year=year), before=len(its), after=len(after))
    people = {person for _run, person in its}
    yield Figure(
        gettext("People in %(year)s", year=year), before=len(people), after=min(len(after), 1)
    )
