"""Offer places, and keep seats for groups"""

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


_OLD_STATES = ("confirmed", "waiting", "withdrawn", "cancelled")
_NEW_STATES = ("confirmed", "offered", "waiting", "withdrawn", "lapsed", "cancelled")
_OLD_REASONS = (
    "registered",
    "list_full",
    "seat_fell_free",
    "seats_added",
    "withdrawn_by_person",
    "withdrawn_by_staff",
    "run_cancelled",
)
_NEW_REASONS = (
    "registered",
    "list_full",
    "seat_fell_free",
    "seats_added",
    "late_place",
    "offer_accepted",
    "offer_declined",
    "offer_lapsed",
    "late_place_taken",
    "withdrawn_by_person",
    "withdrawn_by_staff",
    "moved_by_staff",
    "overtaken",
    "run_cancelled",
)


def _allow(states, reasons, active):
    _replace_check("registration", "ck_registration_registrationstate", "state", states)
    for check, column in (("from_state", "from_state"), ("registrationstate", "to_state")):
        _replace_check("registration_step", f"ck_registration_step_{check}", column, states)
    _replace_check("registration_step", "ck_registration_step_stepreason", "reason", reasons)
    condition = sa.text(f"state IN ({_listed(active)})")
    with op.batch_alter_table("registration") as table:
        table.drop_index("uq_registration_active")
        table.create_index(
            "uq_registration_active",
            ["run_id", "person_id"],
            unique=True,
            sqlite_where=condition,
            postgresql_where=condition,
        )


def _replace_check(table_name, check, column, values):
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(op.f(check), type_="check")
        table.create_check_constraint(op.f(check), sa.text(f"{column} IN ({_listed(values)})"))


def _listed(values):
    return ", ".join(f"'{value}'" for value in values)


def upgrade():
    _allow(_NEW_STATES, _NEW_REASONS, ("confirmed", "offered", "waiting"))
    op.create_table(
        "run_quota",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column(
            "audience",
            sa.Enum(
                "state_agency",
                "enterprise",
                "other_organisation",
                "individual",
                name="audiencekind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("members_only", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "audience IS NOT NULL OR ward_id IS NOT NULL OR organisation_id IS NOT NULL OR members_only",
            name=op.f("ck_run_quota_some_criterion"),
        ),
        sa.CheckConstraint("seats BETWEEN 0 AND 2000", name=op.f("ck_run_quota_seats_sensible")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_run_quota_organisation_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_quota_run_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["unit.id"], name=op.f("fk_run_quota_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_quota")),
        sa.UniqueConstraint("run_id", "position", name=op.f("uq_run_quota_run_id_position")),
    )
    op.create_table(
        "run_terms",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("cutoff_hours", sa.Integer(), nullable=False),
        sa.Column("offer_hours", sa.Integer(), nullable=False),
        sa.Column("quotas_open_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("most_per_organisation", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "cutoff_hours BETWEEN 0 AND 720", name=op.f("ck_run_terms_cutoff_sensible")
        ),
        sa.CheckConstraint(
            "most_per_organisation IS NULL OR most_per_organisation >= 1",
            name=op.f("ck_run_terms_most_per_organisation_positive"),
        ),
        sa.CheckConstraint(
            "offer_hours BETWEEN 2 AND 336", name=op.f("ck_run_terms_offer_sensible")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_terms_run_id")),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_terms")),
    )
    op.create_table(
        "offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("vacancy", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted",
                "declined",
                "lapsed",
                "taken_back",
                name="offeranswer",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_offer_answered_with_answer")
        ),
        sa.CheckConstraint("made_at < expires_at", name=op.f("ck_offer_made_before_expiry")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_offer_person_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_offer_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint("vacancy", "person_id", name=op.f("uq_offer_vacancy_person_id")),
    )
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.create_index("ix_offer_due", ["answered_at", "expires_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_offer_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_offer_registration_id"), ["registration_id"], unique=False
        )
        batch_op.create_index(
            "uq_offer_open",
            ["registration_id"],
            unique=True,
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("quota_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("takes_late_place", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.drop_index(batch_op.f("ix_registration_run_state"))
        batch_op.create_index(
            "ix_registration_run_state",
            ["run_id", "state", "waits_since", "queue_number"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_registration_quota_id"), ["quota_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_quota_id"), "run_quota", ["quota_id"], ["id"]
        )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("has_own_terms", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.alter_column("has_own_terms", existing_type=sa.Boolean(), server_default=None)
    op.execute("UPDATE registration SET waits_since = registered_at")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.alter_column(
            "waits_since", existing_type=sa.DateTime(timezone=True), nullable=False
        )
        batch_op.alter_column("takes_late_place", existing_type=sa.Boolean(), server_default=None)


def downgrade():
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_column("has_own_terms")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_registration_quota_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_registration_quota_id"))
        batch_op.drop_index("ix_registration_run_state")
        batch_op.create_index(
            batch_op.f("ix_registration_run_state"),
            ["run_id", "state", "queue_number"],
            unique=False,
        )
        batch_op.drop_column("takes_late_place")
        batch_op.drop_column("quota_id")
        batch_op.drop_column("waits_since")

    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_offer_open",
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_offer_registration_id"))
        batch_op.drop_index(batch_op.f("ix_offer_person_id"))
        batch_op.drop_index("ix_offer_due")

    op.drop_table("offer")
    op.drop_table("run_terms")
    op.drop_table("run_quota")
    # Who holds an offer keeps the seat; who let one lapse has left.
    op.execute("UPDATE registration SET state = 'confirmed' WHERE state = 'offered'")
    op.execute("UPDATE registration SET state = 'withdrawn' WHERE state = 'lapsed'")
    for column in ("from_state", "to_state"):
        op.execute(
            f"UPDATE registration_step SET {column} = 'confirmed' WHERE {column} = 'offered'"
        )
        op.execute(f"UPDATE registration_step SET {column} = 'withdrawn' WHERE {column} = 'lapsed'")
    op.execute(
        "UPDATE registration_step SET reason = CASE"
        " WHEN to_state = 'withdrawn' THEN 'withdrawn_by_person'"
        " WHEN to_state = 'waiting' THEN 'list_full' ELSE 'seat_fell_free' END"
        f" WHERE reason NOT IN ({_listed(_OLD_REASONS)})"
    )
    _allow(_OLD_STATES, _OLD_REASONS, ("confirmed", "waiting"))
