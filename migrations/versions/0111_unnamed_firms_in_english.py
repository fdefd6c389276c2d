"""Let firms that are described and not named be described in English"""

import sqlalchemy as sa
from alembic import op


revision = '0111'
down_revision = '0110'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('case_study') as batch_op:
        batch_op.add_column(sa.Column('organisation_en', sa.String(), nullable=True))


def downgrade():
    with op.batch_alter_table('case_study') as batch_op:
        batch_op.drop_column('organisation_en')
