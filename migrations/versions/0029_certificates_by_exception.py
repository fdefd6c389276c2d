"""Let two people give a certificate to somebody who did not complete"""

import sqlalchemy as sa
from alembic import op


revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None

OPEN = sa.text('decided_at IS NULL')


def upgrade():
    op.create_table('certificate_exception',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('training_record_id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=False),
    sa.Column('agreed', sa.Boolean(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('remark', sa.String(), nullable=True),
    sa.CheckConstraint('decided_by_id <> asked_by_id', name=op.f('ck_certificate_exception_two_people')),
    sa.CheckConstraint('(decided_at IS NULL) = (agreed IS NULL)', name=op.f('ck_certificate_exception_decided_wholly')),
    sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_certificate_exception_asked_by_id')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['account.id'], name=op.f('fk_certificate_exception_decided_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_certificate_exception_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_certificate_exception_run_id')),
    sa.ForeignKeyConstraint(['training_record_id'], ['training_record.id'], name=op.f('fk_certificate_exception_training_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_exception')),
    sa.UniqueConstraint('public_id', name=op.f('uq_certificate_exception_public_id'))
    )
    with op.batch_alter_table('certificate_exception') as table:
        table.create_index(op.f('ix_certificate_exception_person_id'), ['person_id'])
        table.create_index(op.f('ix_certificate_exception_training_record_id'), ['training_record_id'])
        table.create_index('uq_certificate_exception_open', ['run_id', 'person_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    with op.batch_alter_table('completion_certificate') as table:
        table.add_column(sa.Column('exception_id', sa.Integer(), nullable=True))
        table.create_foreign_key(op.f('fk_completion_certificate_exception_id'), 'certificate_exception', ['exception_id'], ['id'])


def downgrade():
    with op.batch_alter_table('completion_certificate') as table:
        table.drop_constraint(op.f('fk_completion_certificate_exception_id'), type_='foreignkey')
        table.drop_column('exception_id')
    op.drop_table('certificate_exception')
