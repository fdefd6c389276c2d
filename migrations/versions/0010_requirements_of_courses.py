"""Let courses require an earlier one, or membership"""

import sqlalchemy as sa
from alembic import op


revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

HOLDS = sa.text('ended_at IS NULL')
HOLDS_MEMBERSHIP = sa.text("kind = 'membership' AND ended_at IS NULL")


def upgrade():
    op.create_table('course_requirement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('earlier_course', 'membership', name='requirementkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('earlier_course_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(kind = 'earlier_course') = (earlier_course_id IS NOT NULL)", name=op.f('ck_course_requirement_earlier_course_named')),
    sa.CheckConstraint('earlier_course_id <> course_id', name=op.f('ck_course_requirement_not_itself')),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_course_requirement_added_by_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_requirement_course_id')),
    sa.ForeignKeyConstraint(['earlier_course_id'], ['course.id'], name=op.f('fk_course_requirement_earlier_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_requirement'))
    )
    with op.batch_alter_table('course_requirement', schema=None) as batch_op:
        batch_op.create_index('uq_course_requirement_course', ['course_id', 'earlier_course_id'], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)
        batch_op.create_index('uq_course_requirement_membership', ['course_id'], unique=True, sqlite_where=HOLDS_MEMBERSHIP, postgresql_where=HOLDS_MEMBERSHIP)


def downgrade():
    op.drop_table('course_requirement')
