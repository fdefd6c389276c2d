from flask import Blueprint

from club.accounts.models import Account
from club.web.access import who_asks

bp = Blueprint("knowledge_editing", __name__)


def account() -> Account | None:
    found: Account | None = who_asks()
    return found
