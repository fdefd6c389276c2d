"""Take complaints about certification"""

import sqlalchemy as sa
from alembic import op


revision = '0059'
down_revision = '0058'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'complaint',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=True),
        sa.Column('full_name', sa.String(), nullable=True),
        sa.Column('email', sa.String(), nullable=True),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('keeps_name_back', sa.Boolean(), nullable=False),
        sa.Column('about', sa.Enum('process', 'assessor', 'scheme', 'certified_person', 'certificate_use', name='complaintabout', native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column('named', sa.String(), nullable=False),
        sa.Column('words', sa.String(), nullable=False),
        sa.Column('wish', sa.String(), nullable=True),
        sa.Column('fingerprint', sa.String(), nullable=True),
        sa.Column('state', sa.Enum('unconfirmed', 'received', 'acknowledged', 'upheld', 'partly', 'not_upheld', 'withdrawn', name='complaintstate', native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('acknowledge_by', sa.Date(), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('(person_id IS NULL) = (email IS NOT NULL)', name=op.f('ck_complaint_from_whom')),
        sa.CheckConstraint("(state IN ('unconfirmed', 'received', 'acknowledged')) = (closed_at IS NULL)", name=op.f('ck_complaint_closed_when')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_complaint_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint')),
        sa.UniqueConstraint('public_id', name=op.f('uq_complaint_public_id')),
    )
    stands = sa.text("state IN ('unconfirmed', 'received', 'acknowledged')")
    with op.batch_alter_table('complaint') as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_complaint_due', ['state', 'due_on'], unique=False)
        batch_op.create_index('uq_complaint_fingerprint', ['fingerprint'], unique=True, sqlite_where=stands, postgresql_where=stands)
    op.create_table(
        'complaint_step',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('complaint_id', sa.Integer(), nullable=False),
        sa.Column('kind', sa.Enum('sent', 'confirmed', 'acknowledged', 'heard', 'answered', 'extended', 'upheld', 'partly', 'not_upheld', 'withdrawn', name='complaintstepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('by_id', sa.Integer(), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.Column('told', sa.String(), nullable=True),
        sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_complaint_step_by_id')),
        sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_step_complaint_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_step')),
    )
    with op.batch_alter_table('complaint_step') as batch_op:
        batch_op.create_index(batch_op.f('ix_complaint_step_complaint_id'), ['complaint_id'], unique=False)
    op.create_table(
        'complaint_hearing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.Uuid(), nullable=False),
        sa.Column('complaint_id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('put', sa.String(), nullable=False),
        sa.Column('answer_by', sa.Date(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('answer', sa.String(), nullable=True),
        sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint('(answer IS NULL) OR (answered_at IS NOT NULL)', name=op.f('ck_complaint_hearing_answered_when')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['account.id'], name=op.f('fk_complaint_hearing_asked_by_id')),
        sa.ForeignKeyConstraint(['complaint_id'], ['complaint.id'], name=op.f('fk_complaint_hearing_complaint_id')),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_complaint_hearing_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_complaint_hearing')),
        sa.UniqueConstraint('public_id', name=op.f('uq_complaint_hearing_public_id')),
    )
    with op.batch_alter_table('complaint_hearing') as batch_op:
        batch_op.create_index('uq_complaint_hearing', ['complaint_id', 'person_id'], unique=True)
        batch_op.create_index(batch_op.f('ix_complaint_hearing_person_id'), ['person_id'], unique=False)


def downgrade():
    op.drop_table('complaint_hearing')
    op.drop_table('complaint_step')
    op.drop_table('complaint')
