"""Tell articles in short English"""

import sqlalchemy as sa
from alembic import op


revision = '0050'
down_revision = '0049'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.add_column(sa.Column('body_en', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('body_en_html', sa.String(), nullable=True))


def downgrade():
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.drop_column('body_en_html')
        batch_op.drop_column('body_en')
