from uuid import UUID

from flask import Blueprint, abort

from club.pilots import queries
from club.pilots.models import PilotPart, PilotProject

bp = Blueprint("pilots", __name__)


def project_or_404(public_id: UUID) -> PilotProject:
    return queries.project_by_public_id(public_id) or abort(404)


def part_or_404(public_id: UUID) -> PilotPart:
    return queries.part_by_public_id(public_id) or abort(404)


def address_of(project: PilotProject) -> str:
    return f"/office/pilots/{project.public_id}"
