"""Keep who accepted evidence, and why that was taken back"""

import sqlalchemy as sa
from alembic import op


revision = '0115'
down_revision = '0114'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('evidence_use', schema=None) as batch_op:
        batch_op.add_column(sa.Column('accepted_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('undone_because', sa.String(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_evidence_use_accepted_by_id'), 'account', ['accepted_by_id'], ['id'])
        batch_op.create_check_constraint(
            batch_op.f('ck_evidence_use_accepted_by_whom'), 'accepted_by_id IS NULL OR accepted_at IS NOT NULL'
        )
        batch_op.create_check_constraint(
            batch_op.f('ck_evidence_use_undone_what'),
            "undone_because IS NULL OR (state = 'withdrawn' AND accepted_at IS NOT NULL)",
        )
    op.execute("UPDATE evidence_use SET accepted_by_id = decided_by_id WHERE state = 'accepted' AND accepted_at IS NOT NULL")


def downgrade():
    with op.batch_alter_table('evidence_use', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_evidence_use_undone_what'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_evidence_use_accepted_by_whom'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_evidence_use_accepted_by_id'), type_='foreignkey')
        batch_op.drop_column('undone_because')
        batch_op.drop_column('accepted_by_id')
