"""Texts that replace others, problems that are gone, reminders of questions"""

import sqlalchemy as sa
from alembic import op


revision = '0089'
down_revision = '0088'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('article') as table:
        table.add_column(sa.Column('replaced_by_id', sa.Integer(), nullable=True))
        table.create_foreign_key(op.f('fk_article_replaced_by_id'), 'article', ['replaced_by_id'], ['id'])
        table.create_index(op.f('ix_article_replaced_by_id'), ['replaced_by_id'])
    op.add_column('problem', sa.Column('retired', sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table('problem') as table:
        table.alter_column('retired', server_default=None)
    op.add_column('member_question', sa.Column('reminded_of', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('member_question', 'reminded_of')
    op.drop_column('problem', 'retired')
    with op.batch_alter_table('article') as table:
        table.drop_index(op.f('ix_article_replaced_by_id'))
        table.drop_constraint(op.f('fk_article_replaced_by_id'), type_='foreignkey')
        table.drop_column('replaced_by_id')
