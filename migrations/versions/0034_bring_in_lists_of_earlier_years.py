"""Bring in lists of earlier years"""

import sqlalchemy as sa
from alembic import op


revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('earlier_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('for_all_rows', sa.JSON(), nullable=False),
    sa.Column('state', sa.Enum('checking', 'faulty', 'ready', 'confirmed', 'imported', 'discarded', 'undone', name='batchstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('rows', sa.Integer(), nullable=False),
    sa.Column('rows_done', sa.Integer(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=True),
    sa.Column('choices', sa.JSON(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('imported_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('undo_reason', sa.String(), nullable=True),
    sa.CheckConstraint('rows_done <= rows', name=op.f('ck_earlier_batch_done_within')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['account.id'], name=op.f('fk_earlier_batch_confirmed_by_id')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_earlier_batch_file_id')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['account.id'], name=op.f('fk_earlier_batch_undone_by_id')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['account.id'], name=op.f('fk_earlier_batch_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_batch')),
    sa.UniqueConstraint('public_id', name=op.f('uq_earlier_batch_public_id'))
    )
    with op.batch_alter_table('earlier_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_earlier_batch_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_earlier_batch_state'), ['state'], unique=False)

    op.create_table('earlier_person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['earlier_batch.id'], name=op.f('fk_earlier_person_batch_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_earlier_person_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_person')),
    sa.UniqueConstraint('person_id', name=op.f('uq_earlier_person_person_id'))
    )
    with op.batch_alter_table('earlier_person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_earlier_person_batch_id'), ['batch_id'], unique=False)

    op.create_table('earlier_run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['earlier_batch.id'], name=op.f('fk_earlier_run_batch_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_earlier_run_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_run')),
    sa.UniqueConstraint('run_id', name=op.f('uq_earlier_run_run_id'))
    )
    with op.batch_alter_table('earlier_run', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_earlier_run_batch_id'), ['batch_id'], unique=False)

    with op.batch_alter_table('run', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_earlier', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade():
    with op.batch_alter_table('run', schema=None) as batch_op:
        batch_op.drop_column('is_earlier')

    with op.batch_alter_table('earlier_run', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_earlier_run_batch_id'))

    op.drop_table('earlier_run')
    with op.batch_alter_table('earlier_person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_earlier_person_batch_id'))

    op.drop_table('earlier_person')
    with op.batch_alter_table('earlier_batch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_earlier_batch_state'))
        batch_op.drop_index(batch_op.f('ix_earlier_batch_file_id'))

    op.drop_table('earlier_batch')
