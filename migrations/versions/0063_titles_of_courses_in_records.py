"""Titles of courses in records, as they were when the run was closed

Where a certificate was issued, it says how the course was called then; else today's title is
the only one known.
"""

import sqlalchemy as sa
from alembic import op


revision = '0063'
down_revision = '0062'
branch_labels = None
depends_on = None

RECORD = sa.table('training_record', sa.column('id'), sa.column('run_id'), sa.column('course_title'), sa.column('course_title_en'))
CERTIFICATE = sa.table('completion_certificate', sa.column('id'), sa.column('training_record_id'), sa.column('course_title'), sa.column('course_title_en'))
RUN = sa.table('run', sa.column('id'), sa.column('course_id'))
COURSE = sa.table('course', sa.column('id'), sa.column('title'), sa.column('title_en'))


def _then(certified, today):
    issued = (
        sa.select(certified)
        .where(CERTIFICATE.c.training_record_id == RECORD.c.id)
        .order_by(CERTIFICATE.c.id)
        .limit(1)
        .scalar_subquery()
    )
    now = (
        sa.select(today)
        .where(RUN.c.id == RECORD.c.run_id, COURSE.c.id == RUN.c.course_id)
        .scalar_subquery()
    )
    return sa.func.coalesce(issued, now)


def upgrade():
    with op.batch_alter_table('training_record', schema=None) as batch_op:
        batch_op.add_column(sa.Column('course_title', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('course_title_en', sa.String(), nullable=True))

    op.execute(
        sa.update(RECORD).values(
            course_title=_then(CERTIFICATE.c.course_title, COURSE.c.title),
            course_title_en=_then(CERTIFICATE.c.course_title_en, COURSE.c.title_en),
        )
    )
    with op.batch_alter_table('training_record', schema=None) as batch_op:
        batch_op.alter_column('course_title', nullable=False)
        batch_op.alter_column('course_title_en', nullable=False)


def downgrade():
    with op.batch_alter_table('training_record', schema=None) as batch_op:
        batch_op.drop_column('course_title_en')
        batch_op.drop_column('course_title')
