import uuid

from flask import Blueprint, abort

from club.accounts.models import Account
from club.knowledge.editing import queries
from club.knowledge.editing.models import Draft
from club.knowledge.editing.permissions import may_write_on
from club.web.access import Audience, permit, who_asks

bp = Blueprint("knowledge_editing", __name__)
EDITORS = (Audience.COORDINATOR, Audience.ADMINISTRATOR)
WRITERS = (Audience.TRAINER, *EDITORS)


def account() -> Account | None:
    found: Account | None = who_asks()
    return found


def draft_or_404(public_id: uuid.UUID) -> Draft:
    """A draft that this account may write on."""
    draft = queries.draft_by_public_id(public_id) or abort(404)
    permit(may_write_on(account(), draft))
    return draft
