"""What completing a run asks for beside being there"""

import sqlalchemy as sa
from alembic import op


revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None

MINIMUMS = ('post_test_minimum', 'assignment_minimum')


def upgrade():
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('completion_threshold', sa.Integer(), server_default='80', nullable=False)
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_course_completion_threshold_share'),
            'completion_threshold BETWEEN 1 AND 100',
        )
    for table in ('course', 'run'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for name in MINIMUMS:
                batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
                batch_op.create_check_constraint(
                    batch_op.f(f'ck_{table}_{name}_share'), f'{name} BETWEEN 1 AND 100'
                )
            batch_op.add_column(
                sa.Column(
                    'confirmation_needed',
                    sa.Boolean(),
                    server_default=sa.false(),
                    nullable=False,
                )
            )
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column('confirmation_needed', server_default=None)
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.alter_column('completion_threshold', server_default=None)


def downgrade():
    for table in ('run', 'course'):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column('confirmation_needed')
            for name in MINIMUMS:
                batch_op.drop_constraint(batch_op.f(f'ck_{table}_{name}_share'), type_='check')
                batch_op.drop_column(name)
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f('ck_course_completion_threshold_share'), type_='check'
        )
        batch_op.drop_column('completion_threshold')
