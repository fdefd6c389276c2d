"""Papers of outside certificates, and that their bodies suspend them"""

import sqlalchemy as sa
from alembic import op


revision = '0093'
down_revision = '0092'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('certificate_suspension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('lifted_from', sa.Date(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('from_on <= until_on', name=op.f('ck_certificate_suspension_begins_first')),
    sa.CheckConstraint('(lifted_from IS NULL) = (lifted_at IS NULL)', name=op.f('ck_certificate_suspension_lifted_when')),
    sa.CheckConstraint('from_on <= lifted_from', name=op.f('ck_certificate_suspension_lifted_after')),
    sa.ForeignKeyConstraint(['certificate_id'], ['expert_certificate.id'], name=op.f('fk_certificate_suspension_certificate_id')),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['account.id'], name=op.f('fk_certificate_suspension_lifted_by_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_certificate_suspension_recorded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_suspension'))
    )
    with op.batch_alter_table('certificate_suspension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_certificate_suspension_certificate_id'), ['certificate_id'], unique=False)
    with op.batch_alter_table('expert_certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('file_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('no_file_reason', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('withdrawal_source', sa.String(), nullable=True))
        batch_op.create_index(batch_op.f('ix_expert_certificate_file_id'), ['file_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_expert_certificate_file_id'), 'stored_file', ['file_id'], ['id'])


def downgrade():
    with op.batch_alter_table('expert_certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_expert_certificate_file_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_expert_certificate_file_id'))
        batch_op.drop_column('withdrawal_source')
        batch_op.drop_column('no_file_reason')
        batch_op.drop_column('file_id')
    op.drop_table('certificate_suspension')
