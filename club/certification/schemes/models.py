"""What schemes ask for: versions, levels and requirements, as data."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    ForeignKey,
    Numeric,
    Table,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from club.certification.models import CertificationScheme
from club.certification.schemes import freezing
from club.db import Model

#: When a person is reminded of the end of a standing, in days before it.
REMINDER_DAYS = (180, 90, 30, 7)


class VersionState(StrEnum):
    DRAFT = "draft"
    #: Candidates may start on it. Never changed any more, by nobody (see ``freezing``).
    PUBLISHED = "published"
    #: Closed to new candidates; those who started on it stay.
    CLOSED = "closed"


class Deciding(StrEnum):
    #: One account decides, another one than the assessors.
    ONE = "one"
    PANEL = "panel"
    #: The outside certifying body; the club guides people to it and decides nothing.
    BODY = "body"


class Majority(StrEnum):
    """Of the votes of a panel that say yes or no."""

    MORE_THAN_HALF = "more_than_half"
    TWO_THIRDS = "two_thirds"
    ALL = "all"


class ValidFrom(StrEnum):
    """The day from which a first award is valid."""

    DECIDED = "decided"
    #: The day that stands on the certificate.
    ISSUED = "issued"
    #: The day on which the last of the requirements was met.
    FULFILLED = "fulfilled"


class RenewedFrom(StrEnum):
    """The day from which a renewed award is valid."""

    #: The day after the present validity ends, so that renewing early loses nothing.
    OLD_END = "old_end"
    #: The day on which the requirements of renewal were first met.
    THRESHOLD = "threshold"


class SchemeVersion(Model):
    """What a scheme asks for from a day on. Candidates stay on the version they started with."""

    __tablename__ = "scheme_version"
    __table_args__ = (
        UniqueConstraint("scheme_id", "number"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint(
            "state = 'draft' OR (published_at IS NOT NULL AND valid_from IS NOT NULL)",
            name="published_when",
        ),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed_when"),
        CheckConstraint("validity_months >= 1", name="validity_counts"),
        CheckConstraint("NOT (without_end AND validity_months IS NOT NULL)", name="one_validity"),
        CheckConstraint("grace_months >= 0", name="grace_counts"),
        CheckConstraint("renewal_window_months >= 1", name="renewal_window_counts"),
        CheckConstraint("appeal_days >= 1 AND answer_days >= 1", name="days_count"),
        CheckConstraint("panel_quorum >= 1", name="quorum_counts"),
        CheckConstraint(
            "(deciding = 'panel') = (panel_quorum IS NOT NULL)"
            " AND (deciding = 'panel') = (panel_majority IS NOT NULL)",
            name="panel_whole",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("certification_scheme.id"))
    #: Counted from 1 within the scheme; part of its address.
    number: Mapped[int]
    #: How people call it, such as ``2019``.
    label: Mapped[str]
    #: First day on which candidates may start on it; a draft may leave it open.
    valid_from: Mapped[date | None]
    state: Mapped[VersionState] = mapped_column(default=VersionState.DRAFT)
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    source: Mapped[str | None]
    #: Whether the numbers of the columns below are the club's own proposal.
    proposed_by_club: Mapped[bool] = mapped_column(default=False)

    #: ``None`` without ``without_end``: to be set.
    validity_months: Mapped[int | None]
    without_end: Mapped[bool] = mapped_column(default=False)
    validity_from: Mapped[ValidFrom] = mapped_column(default=ValidFrom.DECIDED)
    renewed_from: Mapped[RenewedFrom] = mapped_column(default=RenewedFrom.OLD_END)
    #: How long after the end a renewal still counts as one; ``None``: to be set.
    grace_months: Mapped[int | None]
    #: What counts for renewal happened so many months before the end or later; ``None``: since
    #: the present validity began.
    renewal_window_months: Mapped[int | None]
    deciding: Mapped[Deciding] = mapped_column(default=Deciding.ONE)
    #: How many members of the panel must have voted.
    panel_quorum: Mapped[int | None]
    panel_majority: Mapped[Majority | None]
    #: Within how many days after a decision it can be appealed; ``None``: to be set.
    appeal_days: Mapped[int | None]
    #: Within how many days the club answers an appeal or a complaint; ``None``: to be set.
    answer_days: Mapped[int | None]
    reminder_days: Mapped[list[int]] = mapped_column(JSON, default=lambda: [*REMINDER_DAYS])
    #: Whether the public register still shows an award in these states, with the word for it.
    suspended_shown: Mapped[bool] = mapped_column(default=True)
    withdrawn_shown: Mapped[bool] = mapped_column(default=False)

    #: Counts the changes of a draft, so that two people who change it notice each other.
    revision: Mapped[int] = mapped_column(default=1)
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("scheme_version.id"))
    #: The hash of what a file of ``content/`` said when it made this version.
    content_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    published_at: Mapped[datetime | None]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    scheme: Mapped[CertificationScheme] = relationship()
    levels: Mapped[list["SchemeLevel"]] = relationship(
        back_populates="version", order_by="SchemeLevel.position, SchemeLevel.id"
    )


class SchemeLevel(Model):
    """One title that a version can award."""

    __tablename__ = "scheme_level"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    #: Stays the same from version to version.
    key: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str | None]
    position: Mapped[int]
    revision: Mapped[int] = mapped_column(default=1)

    version: Mapped[SchemeVersion] = relationship(back_populates="levels")
    requirements: Mapped[list["Requirement"]] = relationship(
        back_populates="level", order_by="Requirement.position, Requirement.id"
    )


class RequirementKind(StrEnum):
    EDUCATION = "education"
    TRAINING = "training"
    WORK_EXPERIENCE = "work_experience"
    PROJECT = "project"
    EXAMINATION = "examination"
    INTERVIEW = "interview"
    ETHICS = "ethics"
    REFERENCES = "references"
    FEE = "fee"
    OTHER = "other"


class Purpose(StrEnum):
    #: Needed for the first award of a level.
    FIRST = "first"
    RENEWAL = "renewal"


class Unit(StrEnum):
    """What the minimum of a requirement counts."""

    HOURS = "hours"
    MONTHS = "months"
    PROJECTS = "projects"
    PERCENT = "percent"
    POINTS = "points"
    REFERENCES = "references"
    DONG = "dong"
    #: Anything that there are several of.
    PIECES = "pieces"
    #: There or not: the minimum is 1.
    DONE = "done"


class Judge(StrEnum):
    """Who may say that a requirement is met."""

    #: Counted from what the site knows; nobody needs to say it.
    RECORDS = "records"
    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"


class Requirement(Model):
    """One thing that a level asks for. What a kind says beyond it: see ``settings``."""

    __tablename__ = "scheme_requirement"
    __table_args__ = (
        UniqueConstraint("level_id", "key"),
        CheckConstraint("minimum > 0", name="minimum_counts"),
        CheckConstraint(
            "together_key IS NULL OR group_key IS NOT NULL", name="together_in_a_group"
        ),
        CheckConstraint("valid_months >= 1", name="valid_months_count"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level_id: Mapped[int] = mapped_column(ForeignKey("scheme_level.id"))
    #: Stays the same from version to version, so that a candidate can move with what is there.
    key: Mapped[str]
    position: Mapped[int]
    kind: Mapped[RequirementKind]
    purpose: Mapped[Purpose] = mapped_column(default=Purpose.FIRST)
    name: Mapped[str]
    name_en: Mapped[str | None]
    #: Requirements of one purpose that share it are alternatives: one of them is enough.
    group_key: Mapped[str | None]
    #: Within a group, those that share it are one alternative together: (a degree and two years
    #: of work) or five years of work.
    together_key: Mapped[str | None]
    #: In ``unit``. ``None``: to be set; never met by counting.
    minimum: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    unit: Mapped[Unit]
    #: Read by ``settings.terms_of`` only.
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: What a candidate hands in; ``None``: nothing.
    evidence_wanted: Mapped[str | None]
    evidence_wanted_en: Mapped[str | None]
    judged_by: Mapped[Judge]
    #: What is older than so many months counts no more; ``None``: it counts without end.
    valid_months: Mapped[int | None]
    #: Whether the numbers are the club's own proposal.
    proposed_by_club: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str | None]
    note: Mapped[str | None]
    note_en: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=1)

    level: Mapped[SchemeLevel] = relationship(back_populates="requirements")


@event.listens_for(Requirement.__table__, "after_create")
def _freeze(_table: Table, connection: Connection, **_given: Any) -> None:
    freezing.freeze(connection)


@event.listens_for(Requirement.__table__, "before_drop")
def _thaw(_table: Table, connection: Connection, **_given: Any) -> None:
    freezing.thaw(connection)
