"""When documents and figures were last compared with their sources"""

from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op


revision = '0090'
down_revision = '0089'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('document') as table:
        table.add_column(sa.Column('checked_on', sa.Date(), nullable=True))
        table.add_column(sa.Column('checked_by_id', sa.Integer(), nullable=True))
        table.add_column(sa.Column('review_by', sa.Date(), nullable=True))
        table.add_column(sa.Column('reminded_of', sa.Date(), nullable=True))
        table.create_foreign_key(op.f('fk_document_checked_by_id'), 'account', ['checked_by_id'], ['id'])
    document = sa.table(
        'document', sa.column('id', sa.Integer), sa.column('modified_at', sa.DateTime),
        sa.column('checked_on', sa.Date), sa.column('review_by', sa.Date),
    )
    connection = op.get_bind()
    # What a file says next replaces it.
    for row in connection.execute(sa.select(document.c.id, document.c.modified_at)).all():
        day = row.modified_at.date() if row.modified_at else date(2026, 11, 30)
        connection.execute(
            document.update()
            .where(document.c.id == row.id)
            .values(checked_on=day, review_by=day + timedelta(days=365))
        )
    with op.batch_alter_table('document') as table:
        table.alter_column('checked_on', nullable=False)
        table.alter_column('review_by', nullable=False)
        table.create_index(op.f('ix_document_review_by'), ['review_by'])
    op.add_column('observation', sa.Column('taken_on', sa.Date(), nullable=True))
    op.add_column('observation_series', sa.Column('checked_on', sa.Date(), nullable=True))
    op.add_column('observation_series', sa.Column('reminded_of', sa.Date(), nullable=True))


def downgrade():
    op.drop_column('observation_series', 'reminded_of')
    op.drop_column('observation_series', 'checked_on')
    op.drop_column('observation', 'taken_on')
    with op.batch_alter_table('document') as table:
        table.drop_index(op.f('ix_document_review_by'))
        table.drop_constraint(op.f('fk_document_checked_by_id'), type_='foreignkey')
        table.drop_column('reminded_of')
        table.drop_column('review_by')
        table.drop_column('checked_by_id')
        table.drop_column('checked_on')
