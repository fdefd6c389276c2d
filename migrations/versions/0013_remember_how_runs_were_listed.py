"""Remember how runs were listed"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def one_of(name, *values):
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table(
        "run_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("ward_id", sa.Integer(), nullable=True),
        sa.Column("audience_keys", sa.JSON(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column(
            "form",
            one_of("runform", "in_person", "online", "blended", "in_company"),
            nullable=False,
        ),
        sa.Column(
            "state",
            one_of("runstate", "draft", "published", "closed", "cancelled"),
            nullable=False,
        ),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_opens_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_listing_run_id")),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_run_listing_topic_id")),
        sa.ForeignKeyConstraint(["ward_id"], ["unit.id"], name=op.f("fk_run_listing_ward_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_listing")),
    )
    with op.batch_alter_table("run_listing", schema=None) as batch_op:
        batch_op.create_index("ix_run_listing_run", ["run_id", "id"], unique=False)


def downgrade():
    op.drop_table("run_listing")
