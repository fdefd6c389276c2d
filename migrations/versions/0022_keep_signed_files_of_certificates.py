"""Keep the signed file of a certificate, and the public keys that signed"""

import sqlalchemy as sa
from alembic import op


revision = '0022'
down_revision = '0021'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('signing_key',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('certificate', sa.String(), nullable=False),
    sa.Column('authority', sa.String(), nullable=False),
    sa.Column('known_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('fingerprint', name=op.f('uq_signing_key_fingerprint'))
    )
    with op.batch_alter_table('completion_certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('file_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('signing_key_id', sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_completion_certificate_file_id'), ['file_id'])
        batch_op.create_foreign_key(batch_op.f('fk_completion_certificate_file_id'), 'stored_file', ['file_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_completion_certificate_signing_key_id'), 'signing_key', ['signing_key_id'], ['id'])


def downgrade():
    with op.batch_alter_table('completion_certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_completion_certificate_signing_key_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_completion_certificate_file_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_completion_certificate_file_id'), type_='unique')
        batch_op.drop_column('signing_key_id')
        batch_op.drop_column('file_id')
    op.drop_table('signing_key')
