"""Remind of the ends of certificates"""

import sqlalchemy as sa
from alembic import op


revision = '0047'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'expiry_reminder',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('certificate_id', sa.Integer(), nullable=False),
        sa.Column('expires_on', sa.Date(), nullable=False),
        sa.Column('days', sa.Integer(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('days >= 0', name=op.f('ck_expiry_reminder_days_not_negative')),
        sa.ForeignKeyConstraint(['certificate_id'], ['expert_certificate.id'], name=op.f('fk_expiry_reminder_certificate_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_expiry_reminder')),
        sa.UniqueConstraint('certificate_id', 'expires_on', 'days', name=op.f('uq_expiry_reminder_certificate_id_expires_on_days')),
    )


def downgrade():
    op.drop_table('expiry_reminder')
