"""Papers of complaints, and when their words went"""

import sqlalchemy as sa
from alembic import op


revision = '0087'
down_revision = '0086'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('complaint_paper',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('complaint_id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_paper_complaint_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_complaint_paper_file_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_paper')),
    sa.UniqueConstraint('public_id', name=op.f('uq_complaint_paper_public_id'))
    )
    with op.batch_alter_table('complaint_paper', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_paper_complaint_id'), ['complaint_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_complaint_paper_file_id'), ['file_id'], unique=False)
    op.add_column('complaint', sa.Column('forgotten_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('complaint', 'forgotten_at')
    op.drop_table('complaint_paper')
