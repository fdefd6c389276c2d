"""A document says where each of its lines has a page; no line is unfollowed any more"""

import sqlalchemy as sa
from alembic import op


revision = '0098'
down_revision = '0097'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('document') as table:
        table.add_column(sa.Column('lines_at', sa.String(), nullable=True))
    with op.batch_alter_table('document_line') as table:
        table.drop_column('followed')


def downgrade():
    with op.batch_alter_table('document_line') as table:
        table.add_column(sa.Column('followed', sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table('document_line') as table:
        table.alter_column('followed', existing_type=sa.Boolean(), server_default=None)
    with op.batch_alter_table('document') as table:
        table.drop_column('lines_at')
