"""Calculators"""

import sqlalchemy as sa
from alembic import op


revision = '0073'
down_revision = '0072'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'calculator',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('name_en', sa.String(), nullable=False),
        sa.Column('about', sa.String(), nullable=False),
        sa.Column('about_en', sa.String(), nullable=False),
        sa.Column('note', sa.String(), nullable=True),
        sa.Column('note_en', sa.String(), nullable=True),
        sa.Column('inputs', sa.JSON(), nullable=False),
        sa.Column('results', sa.JSON(), nullable=False),
        sa.Column('sources', sa.JSON(), nullable=False),
        sa.Column('position', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_calculator')),
        sa.UniqueConstraint('key', name=op.f('uq_calculator_key')),
    )


def downgrade():
    op.drop_table('calculator')
