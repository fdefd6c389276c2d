"""Let people follow topics and keep seats for them"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


WITHOUT_TOPIC = (
    "audience IS NOT NULL OR ward_id IS NOT NULL OR organisation_id IS NOT NULL OR members_only"
)
SOME_CRITERION = (
    "audience IS NOT NULL OR ward_id IS NOT NULL OR organisation_id IS NOT NULL"
    " OR topic_id IS NOT NULL OR members_only"
)


def upgrade():
    op.create_table(
        "person_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "since <= ended_at", name=op.f("ck_person_topic_begins_before_it_ends")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_topic_person_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_person_topic_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_topic")),
    )
    with op.batch_alter_table("person_topic", schema=None) as batch_op:
        batch_op.create_index(
            "uq_person_topic_open",
            ["person_id", "topic_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    with op.batch_alter_table("run_quota", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_run_quota_topic_id"), "topic", ["topic_id"], ["id"]
        )
        batch_op.drop_constraint("some_criterion", type_="check")
        batch_op.create_check_constraint("some_criterion", SOME_CRITERION)


def downgrade():
    # Groups that only a topic makes have no meaning without it: their seats are for everybody.
    only_by_topic = f"topic_id IS NOT NULL AND NOT ({WITHOUT_TOPIC})"
    op.execute(
        "UPDATE registration SET quota_id = NULL WHERE quota_id IN"
        f" (SELECT id FROM run_quota WHERE {only_by_topic})"
    )
    op.execute(f"DELETE FROM run_quota WHERE {only_by_topic}")
    with op.batch_alter_table("run_quota", schema=None) as batch_op:
        batch_op.drop_constraint("some_criterion", type_="check")
        batch_op.create_check_constraint("some_criterion", WITHOUT_TOPIC)
        batch_op.drop_constraint(batch_op.f("fk_run_quota_topic_id"), type_="foreignkey")
        batch_op.drop_column("topic_id")
    op.drop_table("person_topic")
