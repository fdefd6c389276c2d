"""Let staff enter requests about personal data that came in another way"""

import sqlalchemy as sa
from alembic import op


revision = '0046'
down_revision = '0045'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('privacy_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('channel', sa.Enum('site', 'paper', 'email', 'spoken', name='requestchannel', native_enum=False, create_constraint=True, length=32), server_default='site', nullable=False))
        batch_op.add_column(sa.Column('entered_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('identity_check', sa.Enum('paper_shown', 'asked_back', 'known_to_staff', name='identitycheck', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_privacy_request_entered_by_id'), 'account', ['entered_by_id'], ['id'])
        batch_op.create_check_constraint(
            batch_op.f('ck_privacy_request_entered_by_whom'),
            "(channel = 'site') = (entered_by_id IS NULL) AND (channel = 'site') = (identity_check IS NULL)",
        )

    # All of before were asked on the site; from now on each says how it came.
    with op.batch_alter_table('privacy_request', schema=None) as batch_op:
        batch_op.alter_column('channel', server_default=None)


def downgrade():
    with op.batch_alter_table('privacy_request', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_privacy_request_entered_by_whom'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_privacy_request_requestchannel'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_privacy_request_identitycheck'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_privacy_request_entered_by_id'), type_='foreignkey')
        batch_op.drop_column('identity_check')
        batch_op.drop_column('entered_by_id')
        batch_op.drop_column('channel')
