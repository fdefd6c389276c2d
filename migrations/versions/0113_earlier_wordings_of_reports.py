"""Keep earlier wordings of reports"""

import sqlalchemy as sa
from alembic import op


revision = '0113'
down_revision = '0112'
branch_labels = None
depends_on = None


def upgrade():
    # Not in a batch: rebuilding the table on SQLite would lose the triggers that guard it.
    op.add_column('report_step', sa.Column('before', sa.JSON(), nullable=True))


def downgrade():
    op.drop_column('report_step', 'before')
