"""What editors and those who speak for a firm are told of its agreements, in the caller's
transaction.
"""

from datetime import datetime
from enum import Enum, auto

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString

from club.accounts.models import Account
from club.accounts.readers import readers_of
from club.clock import local_day
from club.db import db
from club.knowledge.agreements import queries
from club.knowledge.agreements.models import Agreement, AgreementState
from club.knowledge.editing.letters import editors
from club.outbox.telling import Reader, letter_to, tell_all
from club.people.queries import representatives_of


class _Side(Enum):
    FIRM = auto()
    CLUB = auto()


_S = AgreementState
#: Who is told what of which state; what is not in here is told to nobody.
_NEWS: dict[tuple[AgreementState, _Side], LazyString] = {
    (_S.ASKED, _Side.FIRM): lazy_gettext(
        "The club asks whether it may publish a case about your firm"
    ),
    (_S.GIVEN, _Side.FIRM): lazy_gettext("Your firm agrees to have a case about it published"),
    (_S.WITHDRAWN, _Side.FIRM): lazy_gettext(
        "Your firm takes back its agreement to a case about it"
    ),
    (_S.MISTAKEN, _Side.FIRM): lazy_gettext("An agreement of your firm was recorded by mistake"),
    (_S.GIVEN, _Side.CLUB): lazy_gettext("A firm agrees to have its case published"),
    (_S.DECLINED, _Side.CLUB): lazy_gettext("A firm does not agree to have its case published"),
    (_S.WITHDRAWN, _Side.CLUB): lazy_gettext("A firm takes back its agreement to a case"),
}


def tell_of(agreement: Agreement, *, by: int, now: datetime) -> None:
    """Both sides, but for whoever did it."""
    text = queries.texts_of([agreement])[agreement.id]
    own = db.session.get_one(Account, by).person_id
    letters = [
        letter_to(
            reader,
            "knowledge.agreement_news",
            event=f"{agreement.public_id}:{agreement.state.value}:{reader.person_id}",
            words={
                "said": said,
                "title": text.title,
                "agreement": agreement,
                "remark": agreement.reason or agreement.words,
                "path": _path(agreement, side),
            },
        )
        for side in _Side
        if (said := _NEWS.get((agreement.state, side)))
        for reader in _readers(agreement, side, now=now)
        if reader.person_id != own
    ]
    tell_all(letters, now=now)


def _readers(agreement: Agreement, side: _Side, *, now: datetime) -> list[Reader]:
    if side is _Side.CLUB:
        return editors()
    if agreement.organisation_id is None:
        return []
    speakers = representatives_of(agreement.organisation_id, on=local_day(now))
    return list(readers_of([one.id for one in speakers]).values())


def _path(agreement: Agreement, side: _Side) -> str:
    if side is _Side.CLUB or agreement.organisation is None:
        return f"/office/knowledge/agreements/{agreement.public_id}"
    return f"/organisations/{agreement.organisation.code}/agreements/{agreement.public_id}"
