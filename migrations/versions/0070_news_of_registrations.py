"""Keep on registrations how much news of them calendars have to show"""

import sqlalchemy as sa
from alembic import op

from club.registration.models.news import gather_news, leave_news


revision = '0070'
down_revision = '0069'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.add_column(sa.Column('news', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('news_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index('ix_registration_organisation_id')
        batch_op.create_index('ix_registration_news_of_person', ['person_id', 'news', 'news_at'])
        batch_op.create_index('ix_registration_news_of_organisation', ['organisation_id', 'news', 'news_at'])
    op.execute(
        'UPDATE registration SET'
        ' news = (SELECT count(*) FROM registration_step s WHERE s.registration_id = registration.id),'
        ' news_at = (SELECT max(s.at) FROM registration_step s WHERE s.registration_id = registration.id)'
    )
    gather_news(op.get_bind())


def downgrade():
    leave_news(op.get_bind())
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index('ix_registration_news_of_organisation')
        batch_op.drop_index('ix_registration_news_of_person')
        batch_op.create_index('ix_registration_organisation_id', ['organisation_id'])
        batch_op.drop_column('news_at')
        batch_op.drop_column('news')
