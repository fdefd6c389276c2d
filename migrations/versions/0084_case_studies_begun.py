"""Follow-ups lead to the draft of the case study that was made of them"""

import sqlalchemy as sa
from alembic import op


revision = '0084'
down_revision = '0083'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('follow_up') as batch:
        batch.add_column(sa.Column('case_draft_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_follow_up_case_draft_id'), 'article_draft', ['case_draft_id'], ['id'])
        batch.create_index(op.f('ix_follow_up_case_draft_id'), ['case_draft_id'])


def downgrade():
    with op.batch_alter_table('follow_up') as batch:
        batch.drop_index(op.f('ix_follow_up_case_draft_id'))
        batch.drop_constraint(op.f('fk_follow_up_case_draft_id'), type_='foreignkey')
        batch.drop_column('case_draft_id')
