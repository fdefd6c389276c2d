"""Note when people were told that their request about personal data has come"""

import sqlalchemy as sa
from alembic import op


revision = '0106'
down_revision = '0105'
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table('privacy_request', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed_on', sa.Date(), nullable=True))
    # A letter went out at once to whoever has an address; nobody waits for word of a closed request.
    op.execute(
        "UPDATE privacy_request SET confirmed_on = DATE(asked_at) WHERE state <> 'open' "
        "OR EXISTS (SELECT 1 FROM person WHERE person.id = privacy_request.person_id AND person.email IS NOT NULL) "
        "OR EXISTS (SELECT 1 FROM account WHERE account.person_id = privacy_request.person_id)"
    )


def downgrade():
    with op.batch_alter_table('privacy_request', schema=None) as batch_op:
        batch_op.drop_column('confirmed_on')
