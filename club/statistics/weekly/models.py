from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from club.db import Model


class WeeklyFigures(Model):
    """Somebody asked for the week's figures by letter: those of one question to the dashboard."""

    __tablename__ = "weekly_figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: The query of the dashboard's address; empty for the dashboard as it opens.
    asked: Mapped[str]
    #: Of the view that was open then; empty where none was.
    view_name: Mapped[str]
    since: Mapped[datetime]
