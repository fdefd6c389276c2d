"""Show letters on the site, let them wait and be turned off, and remind"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

GOES_SOMEWHERE = "state = 'in_site' OR recipient IS NOT NULL"
HAS_A_READER = "NOT in_site OR person_id IS NOT NULL"


def upgrade():
    op.create_table(
        "letter_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("wants", sa.Boolean(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "settings",
                "link",
                "one_click",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_letter_choice_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter_choice")),
    )
    with op.batch_alter_table("letter_choice", schema=None) as batch_op:
        batch_op.create_index(
            "ix_letter_choice_person", ["person_id", "matter", "id"], unique=False
        )

    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours > 0", name=op.f("ck_reminder_hours_positive")),
        sa.CheckConstraint("people >= 0", name=op.f("ck_reminder_people_not_negative")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_reminder_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "run_id", "starts_at", "hours", name=op.f("uq_reminder_run_id_starts_at_hours")
        ),
    )
    op.create_table(
        "reminder_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_reminder_plan_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_reminder_plan_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_plan")),
    )
    with op.batch_alter_table("reminder_plan", schema=None) as batch_op:
        batch_op.create_index("ix_reminder_plan_run", ["run_id", "id"], unique=False)

    op.create_table(
        "run_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "all",
                "confirmed",
                "waiting",
                name="group",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("people > 0", name=op.f("ck_run_message_reached_somebody")),
        sa.ForeignKeyConstraint(["by_id"], ["account.id"], name=op.f("fk_run_message_by_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_message_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_message")),
        sa.UniqueConstraint("public_id", name=op.f("uq_run_message_public_id")),
    )
    with op.batch_alter_table("run_message", schema=None) as batch_op:
        batch_op.create_index("ix_run_message_run", ["run_id", "id"], unique=False)

    with op.batch_alter_table("letter", schema=None) as batch_op:
        # What was written before the site showed letters stays a letter only.
        batch_op.add_column(
            sa.Column("in_site", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column("recipient", existing_type=sa.String(), nullable=True)
        batch_op.drop_constraint("letterstate", type_="check")
        batch_op.create_check_constraint(
            "letterstate", "state IN ('waiting', 'sent', 'failed', 'in_site')"
        )
        batch_op.create_check_constraint("goes_somewhere", GOES_SOMEWHERE)
        batch_op.create_check_constraint("notice_has_a_reader", HAS_A_READER)
        batch_op.drop_index(batch_op.f("ix_letter_person_id"))
        batch_op.create_index("ix_letter_notices", ["person_id", "in_site", "id"], unique=False)
        batch_op.create_index(
            "ix_letter_unread",
            ["person_id"],
            unique=False,
            sqlite_where=sa.text("in_site AND read_at IS NULL"),
            postgresql_where=sa.text("in_site AND read_at IS NULL"),
        )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.alter_column("in_site", existing_type=sa.Boolean(), server_default=None)


def downgrade():
    # Older versions know no notices: these become letters that were not sent.
    op.execute(
        "UPDATE letter SET state = 'failed', recipient = COALESCE(recipient, ''),"
        " last_error = 'shown on the site only' WHERE state = 'in_site'"
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_unread")
        batch_op.drop_index("ix_letter_notices")
        batch_op.create_index(batch_op.f("ix_letter_person_id"), ["person_id"], unique=False)
        batch_op.drop_constraint("notice_has_a_reader", type_="check")
        batch_op.drop_constraint("goes_somewhere", type_="check")
        batch_op.drop_constraint("letterstate", type_="check")
        batch_op.create_check_constraint("letterstate", "state IN ('waiting', 'sent', 'failed')")
        batch_op.alter_column("recipient", existing_type=sa.String(), nullable=False)
        batch_op.drop_column("read_at")
        batch_op.drop_column("in_site")
    op.drop_table("run_message")
    op.drop_table("reminder_plan")
    op.drop_table("reminder")
    op.drop_table("letter_choice")
