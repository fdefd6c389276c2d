import uuid

from flask import Blueprint, abort

from club.accounts.models import Account
from club.courses.models import Course, Run
from club.materials import queries, reading
from club.materials.models import Material
from club.web.access import permit, who_asks

bp = Blueprint("materials", __name__)


def account() -> Account | None:
    found: Account | None = who_asks()
    return found


def place_of(material: Material) -> Run | Course:
    place = material.run or material.course
    assert place
    return place


def published_or_404(public_id: uuid.UUID) -> Material:
    """A material that this account may change."""
    material = queries.material_by_public_id(public_id) or abort(404)
    permit(reading.publishes(account(), place_of(material)))
    return material


def desk_address(place: Run | Course) -> str:
    """Where the materials of this place are looked after."""
    if isinstance(place, Run):
        return f"/teaching/runs/{place.code}/materials"
    return f"/office/courses/{place.code}/materials"
