from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Course
from club.db import Model
from club.files.models import StoredFile
from club.registration.models import Registration


class QuestionKind(StrEnum):
    TEXT = "text"
    CHOICE = "choice"
    NUMBER = "number"
    FILE = "file"


class CourseQuestion(Model):
    """What is asked of whoever registers for a course. Once answered it never changes its meaning:
    it is retired, and another one is asked.
    """

    __tablename__ = "course_question"
    __table_args__ = (
        CheckConstraint("position > 0", name="position_positive"),
        Index("ix_course_question_course", "course_id", "retired_at", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("course.id"))
    #: Order in the form; retired questions keep theirs.
    position: Mapped[int]
    kind: Mapped[QuestionKind]
    wording: Mapped[str]
    wording_en: Mapped[str | None]
    #: Of a choice, in order; none for the others.
    options: Mapped[list[str]] = mapped_column(default=list)
    required: Mapped[bool]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    retired_at: Mapped[datetime | None]

    course: Mapped[Course] = relationship()

    @property
    def is_needed(self) -> bool:
        """Whether somebody on a list who has not answered still has to."""
        return self.required and self.retired_at is None


_HOLDS = text("replaced_at IS NULL")


class RegistrationAnswer(Model):
    """What somebody answered. Another answer is another row; the old one stays, replaced."""

    __tablename__ = "registration_answer"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN words IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN number IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN file_id IS NULL THEN 0 ELSE 1 END = 1",
            name="one_content",
        ),
        Index(
            "uq_registration_answer_now",
            "registration_id",
            "question_id",
            unique=True,
            sqlite_where=_HOLDS,
            postgresql_where=_HOLDS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    question_id: Mapped[int] = mapped_column(ForeignKey("course_question.id"), index=True)
    #: Of a text, or the chosen option.
    words: Mapped[str | None]
    number: Mapped[Decimal | None] = mapped_column(Numeric(18, 4))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    answered_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()
    question: Mapped[CourseQuestion] = relationship()
    file: Mapped[StoredFile | None] = relationship()
