"""Let courses ask questions of who registers"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

HOLDS = sa.text('replaced_at IS NULL')
ONE_CONTENT = (
    'CASE WHEN words IS NULL THEN 0 ELSE 1 END'
    ' + CASE WHEN number IS NULL THEN 0 ELSE 1 END'
    ' + CASE WHEN file_id IS NULL THEN 0 ELSE 1 END = 1'
)


def upgrade():
    op.create_table('course_question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('course_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('text', 'choice', 'number', 'file', name='questionkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('wording', sa.String(), nullable=False),
    sa.Column('wording_en', sa.String(), nullable=True),
    sa.Column('options', sa.JSON(), nullable=False),
    sa.Column('required', sa.Boolean(), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('position > 0', name=op.f('ck_course_question_position_positive')),
    sa.ForeignKeyConstraint(['added_by_id'], ['account.id'], name=op.f('fk_course_question_added_by_id')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_course_question_course_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_course_question'))
    )
    with op.batch_alter_table('course_question', schema=None) as batch_op:
        batch_op.create_index('ix_course_question_course', ['course_id', 'retired_at', 'position'], unique=False)

    op.create_table('registration_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('registration_id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=True),
    sa.Column('number', sa.Numeric(precision=18, scale=4), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint(ONE_CONTENT, name=op.f('ck_registration_answer_one_content')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_registration_answer_file_id')),
    sa.ForeignKeyConstraint(['question_id'], ['course_question.id'], name=op.f('fk_registration_answer_question_id')),
    sa.ForeignKeyConstraint(['registration_id'], ['registration.id'], name=op.f('fk_registration_answer_registration_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration_answer'))
    )
    with op.batch_alter_table('registration_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_answer_file_id'), ['file_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registration_answer_question_id'), ['question_id'], unique=False)
        batch_op.create_index('uq_registration_answer_now', ['registration_id', 'question_id'], unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS)


def downgrade():
    op.drop_table('registration_answer')
    op.drop_table('course_question')
