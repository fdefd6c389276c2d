from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class KeptInput(Model):
    """What somebody had typed into a form that could not be taken at that moment.

    Written when the session had expired or the form's token was stale; shown again in the form
    to the tab whose address holds the token, in the browser it was made for; swept after hours.
    """

    __tablename__ = "kept_input"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The address of the page that shows the form.
    page: Mapped[str]
    fields: Mapped[dict[str, Any]]
    kept_at: Mapped[datetime] = mapped_column(index=True)


class Tries(Model):
    """How often one door was tried by one address or for one name, until a moment."""

    __tablename__ = "tries"

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    until: Mapped[datetime] = mapped_column(index=True)
