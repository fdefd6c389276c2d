"""Let organisations nominate"""

import sqlalchemy as sa
from alembic import op


revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


_OLD_REASONS = (
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
    "moved_away",
    "pooled",
    "pool_offer",
    "place_elsewhere",
    "moved_by_staff",
    "overtaken",
    "run_cancelled",
)
_NEW_REASONS = ("nominated", "nominated_to_wait")


def _allow(reasons):
    listed = ", ".join(f"'{reason}'" for reason in reasons)
    with op.batch_alter_table("registration_step") as table:
        table.drop_constraint(op.f("ck_registration_step_stepreason"), type_="check")
        table.create_check_constraint(
            op.f("ck_registration_step_stepreason"), sa.text(f"reason IN ({listed})")
        )


def upgrade():
    _allow((*_OLD_REASONS, *_NEW_REASONS))
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("places_shown", sa.Integer(), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "places_shown >= 0", name=op.f("ck_nomination_places_shown_not_negative")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_nomination_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_nomination_organisation_id")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_nomination_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint("public_id", name=op.f("uq_nomination_public_id")),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_nomination_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index("ix_nomination_run", ["run_id", "organisation_id"], unique=False)
    op.create_table(
        "nominee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "place",
                "waiting",
                "already",
                "refused",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("refusal", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(registration_id IS NOT NULL) = (outcome IN ('place', 'waiting'))",
            name=op.f("ck_nominee_registered_or_not"),
        ),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_nominee_nomination_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nominee_person_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_nominee_registration_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nominee")),
        sa.UniqueConstraint(
            "nomination_id", "position", name=op.f("uq_nominee_nomination_id_position")
        ),
        sa.UniqueConstraint("registration_id", name=op.f("uq_nominee_registration_id")),
    )
    with op.batch_alter_table("nominee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nominee_person_id"), ["person_id"], unique=False)


def downgrade():
    op.drop_table("nominee")
    op.drop_table("nomination")
    # Whoever was sent by an organisation came onto the list like anybody else.
    for new, old in (("nominated", "registered"), ("nominated_to_wait", "list_full")):
        op.execute(f"UPDATE registration_step SET reason = '{old}' WHERE reason = '{new}'")
    _allow(_OLD_REASONS)
