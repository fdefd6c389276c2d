from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class Remembered(Model):
    """What this installation knows of itself, such as which content it has read."""

    __tablename__ = "remembered"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]
