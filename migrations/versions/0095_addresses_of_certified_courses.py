"""Credentials name a course by the address that it had; only today's is known of earlier ones"""

import sqlalchemy as sa
from alembic import op


revision = '0095'
down_revision = '0094'
branch_labels = None
depends_on = None

CERTIFICATE = sa.table('completion_certificate', sa.column('run_id'), sa.column('course_slug'))
RUN = sa.table('run', sa.column('id'), sa.column('course_id'))
COURSE = sa.table('course', sa.column('id'), sa.column('slug'))


def upgrade():
    with op.batch_alter_table('completion_certificate') as table:
        table.add_column(sa.Column('course_slug', sa.String(), nullable=True))
    today = (
        sa.select(COURSE.c.slug)
        .where(RUN.c.id == CERTIFICATE.c.run_id, COURSE.c.id == RUN.c.course_id)
        .scalar_subquery()
    )
    op.execute(sa.update(CERTIFICATE).values(course_slug=today))
    with op.batch_alter_table('completion_certificate') as table:
        table.alter_column('course_slug', existing_type=sa.String(), nullable=False)


def downgrade():
    with op.batch_alter_table('completion_certificate') as table:
        table.drop_column('course_slug')
