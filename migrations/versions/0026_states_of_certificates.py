"""Suspend certificates, let them expire, and keep what became of them"""

import sqlalchemy as sa
from alembic import op


revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None

_CHECK = 'ck_completion_certificate_certificatestate'
_INDEX = 'uq_completion_certificate_standing'


def _allow(states, standing):
    with op.batch_alter_table('completion_certificate') as table:
        table.drop_constraint(op.f(_CHECK), type_='check')
        table.create_check_constraint(op.f(_CHECK), sa.text(f'state IN ({_listed(states)})'))
        table.drop_index(_INDEX)
        condition = sa.text(f'state IN ({_listed(standing)})')
        table.create_index(_INDEX, ['run_id', 'person_id'], unique=True,
                           sqlite_where=condition, postgresql_where=condition)


def _listed(values):
    return ', '.join(f"'{value}'" for value in values)


def upgrade():
    _allow(('valid', 'expired', 'suspended', 'revoked', 'replaced'), ('valid', 'suspended'))
    with op.batch_alter_table('completion_certificate') as table:
        table.add_column(sa.Column('expires_on', sa.Date(), nullable=True))
    with op.batch_alter_table('course') as table:
        table.add_column(sa.Column('certificate_months', sa.Integer(), nullable=True))
        table.create_check_constraint(
            op.f('ck_course_certificate_months_sound'),
            sa.text('certificate_months BETWEEN 1 AND 120'),
        )
    with op.batch_alter_table('stored_file') as table:
        table.create_index('ix_stored_file_sha256', ['sha256'])
    op.create_table('certificate_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('certificate_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('suspended', 'resumed', 'revoked', 'replaced', name='certificatestepkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_certificate_step_by_id')),
    sa.ForeignKeyConstraint(['certificate_id'], ['completion_certificate.id'], name=op.f('fk_certificate_step_certificate_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_step'))
    )
    with op.batch_alter_table('certificate_step') as table:
        table.create_index(op.f('ix_certificate_step_certificate_id'), ['certificate_id'])


def downgrade():
    op.drop_table('certificate_step')
    with op.batch_alter_table('stored_file') as table:
        table.drop_index('ix_stored_file_sha256')
    with op.batch_alter_table('course') as table:
        table.drop_constraint(op.f('ck_course_certificate_months_sound'), type_='check')
        table.drop_column('certificate_months')
    with op.batch_alter_table('completion_certificate') as table:
        table.drop_column('expires_on')
    # Older versions know no suspension; what nobody should rely on must not become valid by it.
    op.execute("UPDATE completion_certificate SET state = 'revoked' WHERE state = 'suspended'")
    _allow(('valid', 'revoked', 'replaced'), ('valid',))
