from flask import Blueprint, abort
from flask_login import current_user

from club.courses.models import Run
from club.courses.queries import run_by_code
from club.registration.permissions import may_manage_registrations, may_see_registrations
from club.web.access import permit

bp = Blueprint("registration", __name__)


def managed_run_or_404(code: str) -> Run:
    """A run, for those who manage who is on its list."""
    permit(may_manage_registrations(current_user))
    return run_by_code(code) or abort(404)


def run_with_list(code: str) -> Run:
    """A run, for those who may see who is on its list."""
    run = run_by_code(code) or abort(404)
    permit(may_see_registrations(current_user, run))
    return run
