"""Wait for any class of a course"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_OLD_REASONS = (
    "registered", "list_full", "seat_fell_free", "seats_added", "late_place", "offer_accepted",
    "offer_declined", "offer_lapsed", "late_place_taken", "withdrawn_by_person",
    "withdrawn_by_staff", "moved_by_staff", "overtaken", "run_cancelled",
)
_NEW_REASONS = (*_OLD_REASONS, "moved_away", "pooled", "pool_offer", "place_elsewhere")


def _allow(reasons):
    listed = ", ".join(f"'{reason}'" for reason in reasons)
    check = op.f("ck_registration_step_stepreason")
    with op.batch_alter_table("registration_step") as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, sa.text(f"reason IN ({listed})"))


def upgrade():
    _allow(_NEW_REASONS)
    with op.batch_alter_table("registration") as table:
        table.add_column(
            sa.Column("any_run", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("registration") as table:
        table.alter_column("any_run", existing_type=sa.Boolean(), server_default=None)
    op.create_table(
        "course_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["course_id"], ["course.id"], name=op.f("fk_course_interest_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_course_interest_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_interest")),
    )
    with op.batch_alter_table("course_interest") as table:
        table.create_index(op.f("ix_course_interest_person_id"), ["person_id"])
        table.create_index(
            "uq_course_interest_open",
            ["course_id", "person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )


def downgrade():
    op.drop_table("course_interest")
    with op.batch_alter_table("registration") as table:
        table.drop_column("any_run")
    # What the older tables cannot say comes as near to it as they can.
    op.execute(
        "UPDATE registration_step SET reason = CASE reason"
        " WHEN 'pooled' THEN 'list_full' WHEN 'pool_offer' THEN 'seats_added'"
        " ELSE 'withdrawn_by_person' END"
        " WHERE reason IN ('moved_away', 'pooled', 'pool_offer', 'place_elsewhere')"
    )
    _allow(_OLD_REASONS)
