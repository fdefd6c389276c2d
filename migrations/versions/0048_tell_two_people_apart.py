"""Write down that two entries are two people"""

import sqlalchemy as sa
from alembic import op


revision = '0048'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('people_apart',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), nullable=False),
    sa.Column('other_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('one_id <> other_id', name=op.f('ck_people_apart_two_entries')),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_people_apart_by_id')),
    sa.ForeignKeyConstraint(['one_id'], ['person.id'], name=op.f('fk_people_apart_one_id')),
    sa.ForeignKeyConstraint(['other_id'], ['person.id'], name=op.f('fk_people_apart_other_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_people_apart')),
    sa.UniqueConstraint('one_id', 'other_id', name=op.f('uq_people_apart_one_id_other_id'))
    )
    with op.batch_alter_table('people_apart', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_people_apart_other_id'), ['other_id'], unique=False)


def downgrade():
    op.drop_table('people_apart')
