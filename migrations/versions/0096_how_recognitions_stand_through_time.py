"""How recognitions stand through time"""

import sqlalchemy as sa
from alembic import op


revision = '0096'
down_revision = '0095'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('award_span',
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('first_day', sa.Date(), nullable=False),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('standing', sa.Enum('not_yet', 'valid', 'renewal_due', 'in_grace', 'lapsed', 'suspended', 'withdrawn', 'given_back', name='awardstanding', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.CheckConstraint('first_day <= last_day', name=op.f('ck_award_span_first_day_first')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_span_award_id')),
    sa.PrimaryKeyConstraint('award_id', 'first_day', name=op.f('pk_award_span'))
    )


def downgrade():
    op.drop_table('award_span')
