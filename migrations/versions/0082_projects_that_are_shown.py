"""What is said of a project that somebody hands in"""

import sqlalchemy as sa
from alembic import op


revision = '0082'
down_revision = '0081'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('shown_project',
    sa.Column('use_id', sa.Integer(), nullable=False),
    sa.Column('phase', sa.Enum('plan', 'do', 'sustain', name='projectphase', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('measured', sa.String(), nullable=True),
    sa.Column('unit', sa.String(), nullable=True),
    sa.Column('before', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('before_on', sa.Date(), nullable=True),
    sa.Column('after', sa.Numeric(precision=16, scale=4), nullable=True),
    sa.Column('after_on', sa.Date(), nullable=True),
    sa.Column('pilot_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(measured IS NULL) = (before IS NULL) AND (before IS NULL) = (before_on IS NULL) AND (before IS NULL) = (after IS NULL) AND (before IS NULL) = (after_on IS NULL)', name=op.f('ck_shown_project_measured_whole')),
    sa.CheckConstraint('before_on < after_on', name=op.f('ck_shown_project_before_first')),
    sa.ForeignKeyConstraint(['pilot_id'], ['pilot_project.id'], name=op.f('fk_shown_project_pilot_id')),
    sa.ForeignKeyConstraint(['use_id'], ['evidence_use.id'], name=op.f('fk_shown_project_use_id')),
    sa.PrimaryKeyConstraint('use_id', name=op.f('pk_shown_project'))
    )
    with op.batch_alter_table('shown_project', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_shown_project_pilot_id'), ['pilot_id'], unique=False)



def downgrade():
    with op.batch_alter_table('shown_project', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_shown_project_pilot_id'))

    op.drop_table('shown_project')
