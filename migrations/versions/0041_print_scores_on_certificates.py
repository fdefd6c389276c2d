"""Print scores on certificates"""

import sqlalchemy as sa
from alembic import op


revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None

_SCORES = ('post_test', 'post_test_maximum', 'assignment', 'assignment_maximum')


def upgrade():
    with op.batch_alter_table('certificate_design', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prints_scores', sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table('completion_certificate', schema=None) as batch_op:
        for name in _SCORES:
            batch_op.add_column(sa.Column(name, sa.Numeric(precision=7, scale=2), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_completion_certificate_post_test_measured'), '(post_test IS NULL) = (post_test_maximum IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_completion_certificate_assignment_measured'), 'assignment_maximum IS NULL OR assignment IS NOT NULL')


def downgrade():
    with op.batch_alter_table('completion_certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_completion_certificate_assignment_measured'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_completion_certificate_post_test_measured'), type_='check')
        for name in reversed(_SCORES):
            batch_op.drop_column(name)

    with op.batch_alter_table('certificate_design', schema=None) as batch_op:
        batch_op.drop_column('prints_scores')
