"""Distrust signing keys"""

import sqlalchemy as sa
from alembic import op


revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None

_CHECK = 'ck_signing_key_distrusted_with_reason'


def upgrade():
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.add_column(sa.Column('distrusted_from', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('distrust_reason', sa.String(), nullable=True))
        batch_op.create_check_constraint(batch_op.f(_CHECK), '(distrusted_from IS NULL) = (distrust_reason IS NULL)')


def downgrade():
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f(_CHECK), type_='check')
        batch_op.drop_column('distrust_reason')
        batch_op.drop_column('distrusted_from')
