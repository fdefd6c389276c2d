"""What figures mean"""

import sqlalchemy as sa
from alembic import op


revision = '0066'
down_revision = '0065'
branch_labels = None
depends_on = None

_WORDS = (
    'formula', 'formula_en', 'frequency', 'frequency_en', 'compiled_by', 'compiled_by_en',
)  # fmt: skip
_BASE = ('base', 'base_en')


def upgrade():
    with op.batch_alter_table('indicator') as table:
        for name in _WORDS:
            table.add_column(sa.Column(name, sa.String(), nullable=True))
        table.add_column(sa.Column('responsible_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('sources', sa.JSON(), nullable=False, server_default='[]'))
        table.create_foreign_key(
            op.f('fk_indicator_responsible_id'), 'unit', ['responsible_id'], ['id']
        )
    with op.batch_alter_table('indicator') as table:
        table.alter_column('sources', server_default=None)
    with op.batch_alter_table('observation_series') as table:
        for name in _BASE:
            table.add_column(sa.Column(name, sa.String(), nullable=True))


def downgrade():
    with op.batch_alter_table('observation_series') as table:
        for name in _BASE:
            table.drop_column(name)
    with op.batch_alter_table('indicator') as table:
        table.drop_constraint(op.f('fk_indicator_responsible_id'), type_='foreignkey')
        for name in ('responsible_id', 'sources', *_WORDS):
            table.drop_column(name)
