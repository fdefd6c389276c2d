"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import and_, delete, func, or_, select, union_all

from club.certification.models import ExpertCertificate
from club.db import transaction
from club.records.models import TrainingRecord
from club.statistics.dashboard import places
from club.statistics.dashboard.models import SavedView
from club.statistics.lists import KIND, months_with
from club.statistics.reports.models import Report
from club.statistics.weekly.models import WeeklyFigures
from club.units.models import AREAS, Unit
from club.web.personal_data import Erasure, Kept, Moves, PersonalPart, Rows, Whose


def _reports_with(whose: Whose) -> Rows:
    """The reports of periods in which somebody was counted or had a certificate, and since when."""
    within = TrainingRecord.day.between(Report.first_day, Report.last_day)
    of_all = or_(Report.unit_id.is_(None), Unit.kind.not_in(AREAS))
    trained = (
        select(Report.public_id, func.min(TrainingRecord.computed_at))
        .outerjoin(Unit, Unit.id == Report.unit_id)
        .join(TrainingRecord, and_(within, or_(of_all, TrainingRecord.unit_id == Unit.id)))
        .where(TrainingRecord.person_id == whose.person_id, TrainingRecord.counts)
        .group_by(Report.public_id)
    )
    certified = (
        select(Report.public_id, func.min(ExpertCertificate.recorded_at))
        .outerjoin(Unit, Unit.id == Report.unit_id)
        .join(ExpertCertificate, ExpertCertificate.issued_on <= Report.last_day)
        .where(ExpertCertificate.person_id == whose.person_id, of_all)
        .group_by(Report.public_id)
    )
    return select(union_all(trained, certified).subquery())


def _views(whose: Whose) -> Rows:
    return (
        select(SavedView.name, SavedView.asked, SavedView.saved_at)
        .where(SavedView.person_id == whose.person_id)
        .order_by(SavedView.id)
    )


def _weekly(whose: Whose) -> Rows:
    return select(WeeklyFigures.view_name, WeeklyFigures.asked, WeeklyFigures.since).where(
        WeeklyFigures.person_id == whose.person_id
    )


def _erase(erasure: Erasure) -> None:
    """Saved views and weekly letters go; frozen reports know nobody's name."""
    with transaction() as session:
        for kept in (SavedView, WeeklyFigures):
            session.execute(delete(kept).where(kept.person_id == erasure.whose.person_id))


PERSONAL_DATA = PersonalPart(
    "statistics",
    lazy_gettext("Frozen reports"),
    [
        Kept(
            lazy_gettext(
                "The rows behind the figures of frozen reports: your training records under an"
                " opaque code, without your name"
            ),
            lazy_gettext("So that a figure that was reported can be checked for ever"),
            lazy_gettext("Without end; a frozen report is never changed"),
            lazy_gettext("Officials, coordinators and administrators"),
        ),
        Kept(
            lazy_gettext(
                "How your expert certificates stood on the day of frozen reports, under an opaque"
                " code, without your name"
            ),
            lazy_gettext("So that the number of experts that was reported can be checked for ever"),
            lazy_gettext("Without end; a frozen report is never changed"),
            lazy_gettext("Officials, coordinators and administrators"),
        ),
        Kept(
            lazy_gettext("The views of the dashboard that you saved, by name"),
            lazy_gettext("So that you open them again, and others by your link"),
            lazy_gettext("Until you remove them or ask for it to be erased"),
            lazy_gettext("You, and officials to whom you give the link"),
        ),
        Kept(
            lazy_gettext("Which view of the dashboard you get by letter each week, since when"),
            lazy_gettext("So that the letter has the figures that you asked for"),
            lazy_gettext("Until you end the letter or ask for it to be erased"),
            lazy_gettext("You"),
        ),
    ],
    rows={"saved_view": _views, "weekly_figures": _weekly},
    erase=_erase,
    moves={
        "saved_view": Moves(lazy_gettext("Saved views of the dashboard")),
        "weekly_figures": Moves(lazy_gettext("The week's figures by letter")),
    },
    listed_in={
        "report": _reports_with,
        KIND: months_with,
        places.KIND: places.months_with,
    },
    acted=(
        "report.created_by_id",
        "report_step.by_id",
        "frozen_report.frozen_by_id",
        "report_letterhead.changed_by_id",
        "reported_training.entered_by_id",
    ),
)
