"""Put two entries of one person together, and take them apart again"""

import sqlalchemy as sa
from alembic import op


revision = '0045'
down_revision = '0044'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('person_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('gone_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('moved', sa.JSON(), nullable=False),
    sa.Column('left', sa.JSON(), nullable=False),
    sa.Column('filled', sa.JSON(), nullable=False),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.Column('undone_reason', sa.String(), nullable=True),
    sa.CheckConstraint('kept_id <> gone_id', name=op.f('ck_person_merge_two_entries')),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_reason IS NULL)', name=op.f('ck_person_merge_undone_with_reason')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_person_merge_by_id')),
    sa.ForeignKeyConstraint(['gone_id'], ['person.id'], name=op.f('fk_person_merge_gone_id')),
    sa.ForeignKeyConstraint(['kept_id'], ['person.id'], name=op.f('fk_person_merge_kept_id')),
    sa.ForeignKeyConstraint(['undone_by_id'], ['account.id'], name=op.f('fk_person_merge_undone_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person_merge')),
    sa.UniqueConstraint('public_id', name=op.f('uq_person_merge_public_id'))
    )
    with op.batch_alter_table('person_merge', schema=None) as batch_op:
        batch_op.create_index('ix_person_merge_gone', ['gone_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_person_merge_kept_id'), ['kept_id'], unique=False)
        batch_op.create_index('uq_person_merge_holds', ['gone_id'], unique=True, sqlite_where=sa.text('undone_at IS NULL'), postgresql_where=sa.text('undone_at IS NULL'))

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_person_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_person_merged_into_id'), 'person', ['merged_into_id'], ['id'])


def downgrade():
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_person_merged_into_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_person_merged_into_id'))
        batch_op.drop_column('merged_into_id')

    op.drop_table('person_merge')
