"""Remember which certificates were issued together, and how far their files are"""

import sqlalchemy as sa
from alembic import op


revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('certificate_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('started_by_id', sa.Integer(), nullable=True),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('trouble', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_certificate_batch_run_id')),
    sa.ForeignKeyConstraint(['started_by_id'], ['account.id'], name=op.f('fk_certificate_batch_started_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_batch'))
    )
    with op.batch_alter_table('certificate_batch') as table:
        table.create_index(op.f('ix_certificate_batch_run_id'), ['run_id'])
    with op.batch_alter_table('completion_certificate') as table:
        table.add_column(sa.Column('batch_id', sa.Integer(), nullable=True))
        table.create_foreign_key(op.f('fk_completion_certificate_batch_id'), 'certificate_batch', ['batch_id'], ['id'])
        table.create_index(op.f('ix_completion_certificate_batch_id'), ['batch_id'])


def downgrade():
    with op.batch_alter_table('completion_certificate') as table:
        table.drop_index(op.f('ix_completion_certificate_batch_id'))
        table.drop_constraint(op.f('fk_completion_certificate_batch_id'), type_='foreignkey')
        table.drop_column('batch_id')
    op.drop_table('certificate_batch')
