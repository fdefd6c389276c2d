import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.db import Model
from club.files.models import StoredFile
from club.knowledge.library.models import Document
from club.units.models import Unit


class ItemKind(StrEnum):
    """What a line of the plan is, by what it says and not by the heading it stands under."""

    #: Cites a document, or says who gets a copy: there is nothing to do.
    REFERENCE = "reference"
    OBJECTIVE = "objective"
    TARGET = "target"
    POLICY = "policy"
    TASK = "task"
    FUNDING = "funding"
    RESPONSIBILITY = "responsibility"
    REPORTING = "reporting"


class HowOften(StrEnum):
    YEARLY = "yearly"
    FIVE_YEARLY = "five_yearly"
    #: "Định kỳ": the plan names no interval.
    REGULARLY = "regularly"
    ON_DEMAND = "on_demand"
    WHEN_ARISING = "when_arising"


class BodyRole(StrEnum):
    LEADS = "leads"
    #: The line names no lead; another one gives this body the plan's tasks.
    LEADS_INFERRED = "leads_inferred"
    SUPPORTS = "supports"
    RECEIVES = "receives"


class PlanBody(Model):
    """Whom the plan names: a unit, whose end and successors are kept with units, or a group."""

    __tablename__ = "plan_body"
    __table_args__ = (
        CheckConstraint("(unit_id IS NULL) = (name IS NOT NULL)", name="unit_or_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str | None]
    name_en: Mapped[str | None]

    unit: Mapped[Unit | None] = relationship()


class PlanItem(Model):
    """A line of the plan as something to do. Its words are those of the document's line."""

    __tablename__ = "plan_item"
    __table_args__ = (CheckConstraint("below_id <> id", name="not_below_itself"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The line as people cite it, such as ``II.1-4``: of ``DocumentLine.line``, and in addresses.
    key: Mapped[str] = mapped_column(unique=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    kind: Mapped[ItemKind]
    #: The line that opens the list this one is read as part of; an inference.
    below_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"))
    #: To be done by the end of this year, where the line or its heading says so.
    by_year: Mapped[int | None]
    by_note: Mapped[str | None]
    by_note_en: Mapped[str | None]
    #: Values of ``HowOften``.
    how_often: Mapped[list[str]] = mapped_column(JSON)
    #: Values of ``counting.Counted``.
    counts: Mapped[list[str]] = mapped_column(JSON)
    #: Where it is done, or that nothing on the site follows it.
    answer: Mapped[str | None]
    answer_en: Mapped[str | None]
    position: Mapped[int]

    document: Mapped[Document] = relationship()
    below: Mapped["PlanItem | None"] = relationship(remote_side="PlanItem.id")
    roles: Mapped[list["PlanRole"]] = relationship(
        order_by="PlanRole.position", cascade="all, delete-orphan"
    )
    #: Those that are told apart no more too.
    parts: Mapped[list["PlanPart"]] = relationship(order_by="PlanPart.position")

    @property
    def rhythms(self) -> list[HowOften]:
        return [HowOften(one) for one in self.how_often]


class PlanRole(Model):
    """What the plan asks of a body in one line."""

    __tablename__ = "plan_role"

    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("plan_body.id"), primary_key=True)
    role: Mapped[BodyRole] = mapped_column(primary_key=True)
    position: Mapped[int]

    body: Mapped[PlanBody] = relationship()


class PlanPart(Model):
    """One of several things that a line names, in the line's own words. Together they are all of
    it, in its order.
    """

    __tablename__ = "plan_part"
    __table_args__ = (UniqueConstraint("id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), index=True)
    #: As people cite it, such as ``II.1-10.2``; never given to other words.
    key: Mapped[str] = mapped_column(unique=True)
    words: Mapped[str]
    english: Mapped[str | None]
    #: What the target in the line counts: its state follows from that.
    is_target: Mapped[bool]
    position: Mapped[int]
    #: The line is not told apart in this way any more. What was written of the part stays.
    retired_at: Mapped[datetime | None]


class SaidState(StrEnum):
    """What somebody may say of a line; the values are those of ``rules.ItemState``."""

    NOT_BEGUN = "not_begun"
    UNDER_WAY = "under_way"
    DONE = "done"
    #: Done again and again, so never finished before the plan is.
    RECURRING = "recurring"
    #: Whether it is done cannot be seen in the city.
    NOT_MEASURABLE = "not_measurable"


class Written:
    """What somebody wrote of a line. Taken out with a reason where it was wrong, never deleted."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    item_id: Mapped[int] = mapped_column(ForeignKey("plan_item.id"), index=True)
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_out_at: Mapped[datetime | None]
    taken_out_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    taken_out_reason: Mapped[str | None]


class WrittenOfPart(Written):
    """The same of a part of the line, or of the whole line."""

    #: ``None``: of the whole line.
    part_id: Mapped[int | None] = mapped_column(index=True)


_TAKEN_OUT_WHY = "(taken_out_at IS NULL) = (taken_out_reason IS NULL)"


def _of_its_line() -> ForeignKeyConstraint:
    """A part of another line is none of this one's."""
    return ForeignKeyConstraint(["part_id", "item_id"], ["plan_part.id", "plan_part.item_id"])


class PlanStep(WrittenOfPart, Model):
    """Where a line stands from a day on, and who says so."""

    __tablename__ = "plan_step"
    __table_args__ = (CheckConstraint(_TAKEN_OUT_WHY, name="taken_out_why"), _of_its_line())

    state: Mapped[SaidState]
    on_day: Mapped[date]
    words: Mapped[str]
    #: Who says so or where it is written: minutes, a report, a decision.
    source: Mapped[str]

    part: Mapped[PlanPart | None] = relationship()


class PlanProof(WrittenOfPart, Model):
    """Something that shows what was done in a line: a text, with a link or a file where there is
    one.
    """

    __tablename__ = "plan_proof"
    __table_args__ = (CheckConstraint(_TAKEN_OUT_WHY, name="taken_out_why"), _of_its_line())

    on_day: Mapped[date]
    words: Mapped[str]
    link: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    #: Whether everybody may read it and its file; else only who works with the plan.
    is_public: Mapped[bool]

    file: Mapped[StoredFile | None] = relationship()
    part: Mapped[PlanPart | None] = relationship()


class PlanAssignment(Written, Model):
    """Another unit leads a line from a day on; what the plan printed stays what it printed."""

    __tablename__ = "plan_assignment"
    __table_args__ = (CheckConstraint(_TAKEN_OUT_WHY, name="taken_out_why"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_day: Mapped[date]
    reason: Mapped[str]

    unit: Mapped[Unit] = relationship()
