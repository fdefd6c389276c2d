"""Let the club invite people to a class"""

import sqlalchemy as sa
from alembic import op


revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

HOLDS = sa.text('withdrawn_at IS NULL')


def upgrade():
    op.create_table('run_invitation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_run_invitation_email_normal')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['account.id'], name=op.f('fk_run_invitation_invited_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_run_invitation_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_invitation_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run_invitation')),
    sa.UniqueConstraint('public_id', name=op.f('uq_run_invitation_public_id'))
    )
    with op.batch_alter_table('run_invitation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_run_invitation_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_run_invitation_run', ['run_id', 'id'], unique=False)
        batch_op.create_index('uq_run_invitation_open', ['run_id', 'email'], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)


def downgrade():
    op.drop_table('run_invitation')
