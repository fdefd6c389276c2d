"""Let calendars find their news in indexes"""

from alembic import op


revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_person")
        batch_op.create_index(
            "ix_registration_person", ["person_id", "state", "run_id"], unique=False
        )
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_registration_step_registration_id"))
        batch_op.create_index(
            "ix_registration_step_registration", ["registration_id", "at"], unique=False
        )


def downgrade():
    with op.batch_alter_table("registration_step", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_step_registration")
        batch_op.create_index(
            batch_op.f("ix_registration_step_registration_id"), ["registration_id"], unique=False
        )
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_index("ix_registration_person")
        batch_op.create_index("ix_registration_person", ["person_id", "state"], unique=False)
