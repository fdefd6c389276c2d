import uuid

from flask import Blueprint, abort
from flask_login import current_user

from club.courses.models import Course, Run
from club.courses.queries import course_by_code, run_by_code
from club.registration.models import Registration
from club.registration.permissions import may_manage_registrations, may_see_registrations
from club.registration.queries import registration_by_public_id
from club.web.access import permit

bp = Blueprint("registration", __name__)


def managed_run_or_404(code: str) -> Run:
    """A run, for those who manage who is on its list."""
    permit(may_manage_registrations(current_user))
    return run_by_code(code) or abort(404)


def managed_registration_or_404(public_id: uuid.UUID) -> Registration:
    """Somebody on a list, for those who manage who is on it."""
    permit(may_manage_registrations(current_user))
    return registration_by_public_id(public_id) or abort(404)


def course_or_404(code: str) -> Course:
    return course_by_code(code) or abort(404)


def run_with_list(code: str) -> Run:
    """A run, for those who may see who is on its list."""
    run = run_by_code(code) or abort(404)
    permit(may_see_registrations(current_user, run))
    return run
