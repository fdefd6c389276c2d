"""Scores of examinations that assessors held"""

import sqlalchemy as sa
from alembic import op


revision = '0094'
down_revision = '0093'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('assessor_finding', schema=None) as batch_op:
        batch_op.add_column(sa.Column('score', sa.Numeric(precision=14, scale=2), nullable=True))
        batch_op.add_column(sa.Column('score_of', sa.Numeric(precision=14, scale=2), nullable=True))
        batch_op.add_column(sa.Column('sat_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('attempt', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_assessor_finding_sitting_whole'), '(score IS NULL) = (sat_on IS NULL) AND (score IS NULL) = (attempt IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_assessor_finding_score_within'), 'score <= score_of')


def downgrade():
    with op.batch_alter_table('assessor_finding', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_assessor_finding_score_within'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_assessor_finding_sitting_whole'), type_='check')
        batch_op.drop_column('attempt')
        batch_op.drop_column('sat_on')
        batch_op.drop_column('score_of')
        batch_op.drop_column('score')
