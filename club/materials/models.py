import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.courses.models import Course, Run
from club.db import Model
from club.files.models import StoredFile


class MaterialKind(StrEnum):
    FILE = "file"
    LINK = "link"
    PAGE = "page"


class Visibility(StrEnum):
    """Who may read a material, beside those who publish it."""

    EVERYBODY = "everybody"
    MEMBERS = "members"
    #: Who has a place in the run, or came without registering; of a course: in any of its runs.
    PARTICIPANTS = "participants"
    #: The same people, from the end of their run on.
    PARTICIPANTS_AFTER = "participants_after"


class Material(Model):
    """Something to read, watch or fill in, for a run or for all runs of a course."""

    __tablename__ = "material"
    __table_args__ = (
        CheckConstraint("(run_id IS NULL) <> (course_id IS NULL)", name="of_run_or_course"),
        CheckConstraint("version >= 1", name="version_positive"),
        CheckConstraint("length(title) BETWEEN 1 AND 200", name="title_length"),
        Index("ix_material_run", "run_id", "position"),
        Index("ix_material_course", "course_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(unique=True, default=uuid.uuid4)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    course_id: Mapped[int | None] = mapped_column(ForeignKey("course.id"))
    kind: Mapped[MaterialKind]
    title: Mapped[str]
    visibility: Mapped[Visibility]
    #: Its place in the list, from 1; those taken down have one, too.
    position: Mapped[int]
    #: The number of the version that is shown.
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    #: When it was taken down; readers no longer find it then.
    removed_at: Mapped[datetime | None]

    run: Mapped[Run | None] = relationship()
    course: Mapped[Course | None] = relationship()
    versions: Mapped[list["MaterialVersion"]] = relationship(
        back_populates="material", order_by="MaterialVersion.number.desc()"
    )

    @property
    def is_shown(self) -> bool:
        return self.removed_at is None


class MaterialVersion(Model):
    """What a material consisted of from some moment on. Every version is kept."""

    __tablename__ = "material_version"
    __table_args__ = (
        UniqueConstraint("material_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(
            "(file_id IS NOT NULL AND link IS NULL AND body IS NULL)"
            " OR (file_id IS NULL AND link IS NOT NULL AND body IS NULL)"
            " OR (file_id IS NULL AND link IS NULL AND body IS NOT NULL)",
            name="one_content",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    material_id: Mapped[int] = mapped_column(ForeignKey("material.id"))
    number: Mapped[int]
    #: What is new in it, in the words of whoever published it.
    note: Mapped[str | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    link: Mapped[str | None]
    #: Markdown.
    body: Mapped[str | None]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    material: Mapped[Material] = relationship(back_populates="versions")
    file: Mapped[StoredFile | None] = relationship()


class MaterialDownloads(Model):
    """How often the file of a version was fetched on one day where the club is."""

    __tablename__ = "material_downloads"
    __table_args__ = (CheckConstraint("downloads > 0", name="downloads_positive"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("material_version.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    downloads: Mapped[int]
