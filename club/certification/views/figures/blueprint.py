from flask import Blueprint
from flask_login import current_user

from club.certification.candidacy.permissions import may_keep_candidacies
from club.web.access import Audience

bp = Blueprint("certification_figures", __name__)
READERS = (Audience.OFFICIAL, Audience.COORDINATOR, Audience.ADMINISTRATOR)


def names_candidates() -> bool:
    """Whether the reader may see who the candidates are; officials read their numbers alone."""
    return may_keep_candidacies(current_user)
