import secrets
from datetime import datetime
from enum import StrEnum
from typing import Any

from flask_security.core import RoleMixin, UserMixin, WebAuthnMixin
from flask_security.utils import verify_password
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    func,
    select,
    text,
)
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from club import clock
from club.db import Instant, Model
from club.outbox.models import Letter
from club.people.models import Person


class RoleName(StrEnum):
    MEMBER = "member"
    REPRESENTATIVE = "representative"
    TRAINER = "trainer"
    COORDINATOR = "coordinator"
    OFFICIAL = "official"
    REPORTING_OFFICER = "reporting_officer"
    ASSESSOR = "assessor"
    ADMINISTRATOR = "administrator"


account_role = Table(
    "account_role",
    Model.metadata,
    Column("account_id", ForeignKey("account.id"), primary_key=True),
    Column("role_id", ForeignKey("role.id"), primary_key=True),
)


class Role(RoleMixin, Model):
    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]


class Account(UserMixin, Model):
    """A way for one person to sign in. Field names are those Flask-Security asks for."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    #: Lower case, as normalised by email-validator.
    email: Mapped[str] = mapped_column(unique=True)
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    tf_primary_method: Mapped[str | None]
    tf_totp_secret: Mapped[str | None]
    #: The time step of the last code that was taken: a code opens the door once.
    tf_last_counter: Mapped[int | None]
    tf_phone_number: Mapped[str | None]
    #: Flask-Security takes a used code out of the list in place.
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(JSON()))

    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    roles: Mapped[list[Role]] = relationship(secondary=account_role, lazy="selectin")
    webauthn: Mapped[list["Passkey"]] = relationship(
        back_populates="account", cascade="all, delete-orphan"
    )
    #: Every page shows it to who is signed in, so it comes with the account, not by itself.
    unread_notices: Mapped[int] = column_property(
        select(func.count())
        .where(Letter.person_id == person_id, Letter.in_site, Letter.read_at.is_(None))
        .correlate_except(Letter)
        .scalar_subquery(),
        deferred=True,
    )

    #: Tells this sign-in from all others; in no column, but in the browser's cookies.
    sign_in_key = ""

    @property
    def display_name(self) -> str:
        return self.person.full_name

    def get_id(self) -> str:
        """What cookies carry: the account's handle and the key of one sign-in."""
        self.sign_in_key = self.sign_in_key or secrets.token_urlsafe(16)
        return f"{self.fs_uniquifier}.{self.sign_in_key}"

    def verify_and_update_password(self, password: str) -> bool:
        """Only verifies: signing in reads and never waits for the write lock."""
        return bool(self.password) and verify_password(password, self.password)

    def holds(self, *names: RoleName) -> bool:
        """Whether the account has at least one of these roles."""
        held = {role.name for role in self.roles}
        return any(name.value in held for name in names)


class SignOut(Model):
    """A sign-in that was ended: copies of its cookies open nothing any more. Signing in writes
    no row, so that it never waits for the write lock.
    """

    __tablename__ = "sign_out"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)


class AccessEnd(Model):
    """An account lost a role, or was closed. What hung on it, such as a calendar's secret
    address, stays ended even if it is given back one day.
    """

    __tablename__ = "access_end"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    #: ``None``: the account was closed.
    role: Mapped[RoleName | None]
    at: Mapped[datetime]


class Passkey(WebAuthnMixin, Model):
    """A WebAuthn credential; the column names are Flask-Security's."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None]
    backup_state: Mapped[bool]
    device_type: Mapped[str]
    extensions: Mapped[str | None]
    create_datetime: Mapped[datetime] = mapped_column(Instant(), default=clock.now)
    lastuse_datetime: Mapped[datetime] = mapped_column(Instant())
    name: Mapped[str]
    usage: Mapped[str]

    account: Mapped[Account] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, Any]:
        return {"id": self.account_id}


class ConsentPurpose(StrEnum):
    PERSONAL_DATA = "personal_data"
    NEWS = "news"
    PUBLIC_EXPERT_REGISTER = "public_expert_register"
    RECORDS_FOR_EMPLOYER = "records_for_employer"


class Consent(Model):
    """One agreement by one person, with the words that were agreed to. Kept after withdrawal."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR given_at <= withdrawn_at", name="given_first"),
        Index(
            "uq_consent_open",
            "person_id",
            "purpose",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[ConsentPurpose]
    version: Mapped[str]
    #: The words the person saw, in the language the person saw.
    wording: Mapped[str]
    language: Mapped[str]
    #: How it was given: ``web``, ``paper``.
    channel: Mapped[str] = mapped_column(default="web")
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
