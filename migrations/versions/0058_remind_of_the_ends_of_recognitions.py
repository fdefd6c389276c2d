"""Remind of the ends of recognitions"""

import sqlalchemy as sa
from alembic import op


revision = '0058'
down_revision = '0057'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'award_reminder',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('expires_on', sa.Date(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('award_id', sa.Integer(), nullable=False),
        sa.CheckConstraint('days >= 0', name=op.f('ck_award_reminder_days_not_negative')),
        sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_reminder_award_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_award_reminder')),
        sa.UniqueConstraint('award_id', 'expires_on', 'days', name=op.f('uq_award_reminder_award_id_expires_on_days')),
    )


def downgrade():
    op.drop_table('award_reminder')
