"""Telling somebody something: in the reader's language, by letter and on the site."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from club.outbox.operations import LetterParts, write_letter, write_letters
from club.outbox.rendering import Rendered, rendered


@dataclass(frozen=True)
class Reader:
    """Whom to tell, and in which language."""

    person_id: int
    full_name: str
    #: ``None``: told on the site only.
    email: str | None
    language: str
    #: Whether there is an account to sign in with: else letters carry links that need none.
    signs_in: bool
    #: Whether the address is known to be this person's: else nothing is shown on the site.
    is_known: bool = field(default=True, kw_only=True)


def tell(  # noqa: PLR0913  what is told, and how it travels
    reader: Reader,
    kind: str,
    *,
    event: object,
    words: dict[str, object],
    about: datetime | None = None,
    calendar: str | None = None,
    now: datetime,
) -> uuid.UUID | None:
    """Write the letter ``templates/<room>/letters/<name>.txt`` for the kind ``<room>.<name>``.

    ``words``: what the template knows beside the reader's ``name``. ``event``: what happened
    and to whom, in any form that tells it from all others of the kind; about the same event a
    second letter is not written. The rest, and the answer, are those of ``write_letter``.
    """
    letter = letter_to(reader, kind, event=event, words=words, about=about, calendar=calendar)
    return write_letter(**letter, now=now)


def letter_to(
    reader: Reader,
    kind: str,
    *,
    event: object,
    words: dict[str, object],
    about: datetime | None = None,
    calendar: str | None = None,
) -> LetterParts:
    """What ``tell`` writes, for who tells many people at once (``tell_all``)."""
    letter = written(kind, reader, words)
    return {
        "kind": kind,
        "event_key": f"{kind}:{event}",
        "person_id": reader.person_id if reader.is_known else None,
        "recipient": reader.email,
        "language": reader.language,
        "subject": letter.subject,
        "body_text": letter.text,
        "body_html": letter.html,
        "calendar": calendar,
        "about": about,
    }


def tell_all(letters: Sequence[LetterParts], *, now: datetime) -> None:
    """Write all of them in one statement, each at most once."""
    write_letters(letters, now=now)


def written(kind: str, reader: Reader, words: dict[str, object]) -> Rendered:
    """The letter as ``tell`` would write it."""
    template = kind.replace(".", "/")
    return rendered(template, language=reader.language, name=reader.full_name, **words)
