"""Records of a period, class by class"""

import sqlalchemy as sa
from alembic import op


revision = '0117'
down_revision = '0116'
branch_labels = None
depends_on = None

STANDING = sa.text('superseded_at IS NULL')


def upgrade():
    op.create_index(
        'ix_training_record_classes',
        'training_record',
        [
            'day', 'run_id', 'planned_minutes', 'attended_minutes', 'counts', 'audience',
            'organisation_id', 'unit_id',
        ],
        unique=False,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )


def downgrade():
    op.drop_index('ix_training_record_classes', table_name='training_record')
