"""Saved views of the dashboard"""

import sqlalchemy as sa
from alembic import op


revision = '0101'
down_revision = '0100'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        'saved_view',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.Uuid(), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('name', sa.String(), nullable=False),
        sa.Column('asked', sa.String(), nullable=False),
        sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_view_person_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_view')),
        sa.UniqueConstraint('person_id', 'name', name=op.f('uq_saved_view_person_id_name')),
        sa.UniqueConstraint('public_id', name=op.f('uq_saved_view_public_id')),
    )


def downgrade():
    op.drop_table('saved_view')
