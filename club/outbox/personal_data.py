"""What this room keeps about a person."""

from flask_babel import lazy_gettext
from sqlalchemy import case, delete, or_, select, update

from club.db import transaction
from club.outbox.kinds import KINDS
from club.outbox.models import Letter, LetterChoice, LetterState
from club.web.personal_data import ERASED_NAME, Erasure, Kept, Moves, PersonalPart, Rows, Whose

#: Their words name other people, or carry what opens a door.
_WITHOUT_WORDS = [name for name, kind in KINDS.items() if kind.names_others or not kind.in_site]


def _letters(whose: Whose) -> Rows:
    is_told = Letter.kind.not_in(_WITHOUT_WORDS)
    return (
        select(
            Letter.kind,
            Letter.recipient,
            case((is_told, Letter.subject)).label("subject"),
            case((is_told, Letter.body_text)).label("words"),
            Letter.state,
            Letter.created_at,
            Letter.sent_at,
            Letter.read_at,
        )
        .where(Letter.person_id == whose.person_id)
        .order_by(Letter.id)
    )


def _choices(whose: Whose) -> Rows:
    return (
        select(LetterChoice.matter, LetterChoice.wants, LetterChoice.channel, LetterChoice.at)
        .where(LetterChoice.person_id == whose.person_id)
        .order_by(LetterChoice.id)
    )


def _ids(whose: Whose) -> Rows:
    return select(Letter.public_id).where(Letter.person_id == whose.person_id)


def _erase(erasure: Erasure) -> None:
    """The person's letters lose their words, and others' letters this person's name."""
    with transaction() as session:
        session.execute(
            update(Letter)
            .where(
                or_(
                    Letter.person_id == erasure.whose.person_id,
                    Letter.recipient.in_(erasure.addresses),
                )
            )
            .values(
                recipient=None,
                subject=ERASED_NAME,
                body_text="",
                body_html=None,
                calendar=None,
                last_error=None,
                state=LetterState.IN_SITE,
                in_site=False,
            )
        )
        theirs = LetterChoice.person_id == erasure.whose.person_id
        session.execute(delete(LetterChoice).where(theirs))
        naming = [name for name, kind in KINDS.items() if kind.names_others]
        told = select(Letter).where(
            Letter.kind.in_(naming), Letter.body_text.contains(erasure.full_name, autoescape=True)
        )
        for letter in session.scalars(told):
            for words in ("subject", "body_text", "body_html"):
                said = getattr(letter, words)
                if said:
                    setattr(letter, words, said.replace(erasure.full_name, ERASED_NAME))
        session.flush()


PERSONAL_DATA = PersonalPart(
    "outbox",
    lazy_gettext("Letters and notices"),
    [
        Kept(
            lazy_gettext(
                "What the club wrote to you, when it was sent, and which letters you want"
            ),
            lazy_gettext("So that letters arrive once, and you find them here again"),
            lazy_gettext("Until you ask for it to be erased"),
            lazy_gettext("You, and the club's coordinators when a letter cannot be delivered"),
        )
    ],
    rows={"letter": _letters, "letter_choice": _choices},
    seen_as={"letter": _ids},
    erase=_erase,
    moves={
        "letter": Moves(lazy_gettext("Letters and notices")),
        "letter_choice": Moves(lazy_gettext("Letters wanted or not"), alike_in=("matter",)),
    },
)
