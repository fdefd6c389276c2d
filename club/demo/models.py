from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class DemoLoad(Model):
    """The people of this database are invented: every page says so while the row is here."""

    __tablename__ = "demo_load"

    id: Mapped[int] = mapped_column(primary_key=True)
    loaded_at: Mapped[datetime]
    seed: Mapped[int]
    people: Mapped[int]
    runs: Mapped[int]
