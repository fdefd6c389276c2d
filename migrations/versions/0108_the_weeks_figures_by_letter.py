"""The week's figures by letter"""

import sqlalchemy as sa
from alembic import op


revision = '0108'
down_revision = '0107'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'weekly_figures',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('asked', sa.String(), nullable=False),
        sa.Column('view_name', sa.String(), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_weekly_figures_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_weekly_figures')),
        sa.UniqueConstraint('person_id', name=op.f('uq_weekly_figures_person_id')),
    )


def downgrade():
    op.drop_table('weekly_figures')
