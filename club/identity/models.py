from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.units.models import Unit


class ClubProfile(Model):
    """What the club calls itself and who owns it, from a day on. Rows are added, not changed."""

    __tablename__ = "club_profile"

    id: Mapped[int] = mapped_column(primary_key=True)
    valid_from: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    #: Without the words "Câu lạc bộ", for the masthead.
    short_name: Mapped[str]
    short_name_en: Mapped[str]
    #: The unit that founded or owns the club; it may since have ended (see ``Unit.valid_to``).
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    founding_text: Mapped[str]
    founding_text_en: Mapped[str]
    contact_email: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_address: Mapped[str | None]
    #: A file under ``static/img`` or in the store; ``None`` shows the drawn mark.
    #: A picture beside the name; without one the site shows its drawn mark.
    logo_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str | None]

    owner: Mapped[Unit | None] = relationship()
    logo: Mapped[StoredFile | None] = relationship()
