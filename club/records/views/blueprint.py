from flask import Blueprint, abort
from flask_login import current_user

from club import clock
from club.courses.models import Run
from club.courses.queries import run_by_code
from club.records.certificates.kinds import standing_of
from club.records.certificates.models import Certificate, CertificateState
from club.records.certificates.scores import said_by
from club.records.outcomes import lacks_of
from club.records.permissions import may_take_attendance
from club.web.access import Audience, permit

bp = Blueprint("records", __name__)
bp.add_app_template_global(lacks_of)
bp.add_app_template_filter(said_by, "scores")

#: Who gets in; whether a run is theirs, ``taught_run_or_404`` decides.
TRAINERS = (Audience.TRAINER, Audience.COORDINATOR, Audience.ADMINISTRATOR)


def taught_run_or_404(code: str) -> Run:
    """A run whose attendance is this account's business."""
    run = run_by_code(code) or abort(404)
    permit(may_take_attendance(current_user, run))
    return run


@bp.app_template_filter()
def state_today(certificate: Certificate) -> CertificateState:
    return standing_of(certificate, day=clock.today()).state
