"""When evidence was accepted, also where it was taken back since"""

import sqlalchemy as sa
from alembic import op


revision = '0079'
down_revision = '0078'
branch_labels = None
depends_on = None


def upgrade():
    op.add_column('evidence_use', sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE evidence_use SET accepted_at = decided_at WHERE state = 'accepted'")


def downgrade():
    op.drop_column('evidence_use', 'accepted_at')
