"""Tell who takes part in a pilot"""

import sqlalchemy as sa
from alembic import op


revision = '0055'
down_revision = '0054'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('pilot_measure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('before', sa.Numeric(precision=16, scale=4), nullable=False),
    sa.Column('before_on', sa.Date(), nullable=False),
    sa.Column('after', sa.Numeric(precision=16, scale=4), nullable=False),
    sa.Column('after_on', sa.Date(), nullable=False),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.Column('removal_reason', sa.String(), nullable=True),
    sa.CheckConstraint('(removed_at IS NULL) = (removal_reason IS NULL)', name=op.f('ck_pilot_measure_removed_why')),
    sa.CheckConstraint('before_on < after_on', name=op.f('ck_pilot_measure_before_first')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f('fk_pilot_measure_entered_by_id')),
    sa.ForeignKeyConstraint(['project_id'], ['pilot_project.id'], name=op.f('fk_pilot_measure_project_id')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['account.id'], name=op.f('fk_pilot_measure_removed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot_measure')),
    sa.UniqueConstraint('public_id', name=op.f('uq_pilot_measure_public_id'))
    )
    with op.batch_alter_table('pilot_measure', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_measure_project_id'), ['project_id'], unique=False)

    op.create_table('pilot_part',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('project_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('leads', 'member', 'advises', name='partrole', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('from_day', sa.Date(), nullable=True),
    sa.Column('to_day', sa.Date(), nullable=True),
    sa.Column('entered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('entered_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_by_id', sa.Integer(), nullable=True),
    sa.Column('removal_reason', sa.String(), nullable=True),
    sa.CheckConstraint('(removed_at IS NULL) = (removal_reason IS NULL)', name=op.f('ck_pilot_part_removed_why')),
    sa.CheckConstraint('from_day <= to_day', name=op.f('ck_pilot_part_first_day_first')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['account.id'], name=op.f('fk_pilot_part_confirmed_by_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['account.id'], name=op.f('fk_pilot_part_entered_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_pilot_part_person_id')),
    sa.ForeignKeyConstraint(['project_id'], ['pilot_project.id'], name=op.f('fk_pilot_part_project_id')),
    sa.ForeignKeyConstraint(['removed_by_id'], ['account.id'], name=op.f('fk_pilot_part_removed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pilot_part')),
    sa.UniqueConstraint('public_id', name=op.f('uq_pilot_part_public_id'))
    )
    with op.batch_alter_table('pilot_part', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_pilot_part_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_pilot_part_on_the_list', ['project_id', 'person_id'], unique=True, sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))



def downgrade():
    with op.batch_alter_table('pilot_part', schema=None) as batch_op:
        batch_op.drop_index('uq_pilot_part_on_the_list', sqlite_where=sa.text('removed_at IS NULL'), postgresql_where=sa.text('removed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_pilot_part_person_id'))

    op.drop_table('pilot_part')
    with op.batch_alter_table('pilot_measure', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_pilot_measure_project_id'))

    op.drop_table('pilot_measure')
