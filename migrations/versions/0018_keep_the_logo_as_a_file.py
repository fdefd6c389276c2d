"""Keep the logo as a file"""

import sqlalchemy as sa
from alembic import op


revision = '0018'
down_revision = '0017'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("club_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_club_profile_logo_id"), "stored_file", ["logo_id"], ["id"]
        )
        batch_op.drop_column("logo")


def downgrade():
    # The older column was never written to, so nothing is said in it now.
    with op.batch_alter_table("club_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("logo", sa.String(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_club_profile_logo_id"), type_="foreignkey")
        batch_op.drop_column("logo_id")
