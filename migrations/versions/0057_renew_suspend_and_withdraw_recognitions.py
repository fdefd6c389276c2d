"""Renew, suspend and withdraw recognitions"""

import sqlalchemy as sa
from alembic import op


revision = '0057'
down_revision = '0056'
branch_labels = None
depends_on = None

_ENDED = ('refused', 'lapsed', 'withdrawn')
_BEFORE = (
    'nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'refused', 'valid',
    'renewal_due', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'appealed',
)
_NEW = 'renewal_under_assessment'
_AFTER = (*_BEFORE[:10], _NEW, *_BEFORE[10:])


def _allow(states):
    """In both tables, and in the index by which nobody goes the same way twice at once."""
    op.drop_index('uq_candidate_open', 'candidate')
    _replace_check('candidate', 'candidatestate', 'state', states)
    for check, column in (('from_state', 'from_state'), ('candidatestate', 'to_state')):
        _replace_check('candidate_step', check, column, states)
    is_open = sa.text(f"state IN ({_listed([state for state in states if state not in _ENDED])})")
    op.create_index(
        'uq_candidate_open',
        'candidate',
        ['person_id', 'scheme_id', 'level_key'],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _replace_check(table_name, check, column, states):
    name = op.f(f'ck_{table_name}_{check}')
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(name, type_='check')
        table.create_check_constraint(name, sa.text(f'{column} IN ({_listed(states)})'))


def _listed(states):
    return ', '.join(f"'{state}'" for state in states)


def upgrade():
    _allow(_AFTER)
    op.create_table('award_suspension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('step_id', sa.Integer(), nullable=False),
    sa.Column('public_words', sa.String(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('to_do', sa.String(), nullable=True),
    sa.CheckConstraint('until_on IS NOT NULL OR to_do IS NOT NULL', name=op.f('ck_award_suspension_until_when_or_what')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_suspension_award_id')),
    sa.ForeignKeyConstraint(['step_id'], ['candidate_step.id'], name=op.f('fk_award_suspension_step_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_suspension')),
    sa.UniqueConstraint('step_id', name=op.f('uq_award_suspension_step_id'))
    )
    with op.batch_alter_table('award_suspension', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_suspension_award_id'), ['award_id'], unique=False)

    op.create_table('award_withdrawal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('award_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proposed_by_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('open', 'agreed', 'dropped', name='proposalstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f('ck_award_withdrawal_ended_when')),
    sa.CheckConstraint("state <> 'agreed' OR (ended_by_id IS NOT NULL AND ended_by_id <> proposed_by_id)", name=op.f('ck_award_withdrawal_two_people')),
    sa.ForeignKeyConstraint(['award_id'], ['award.id'], name=op.f('fk_award_withdrawal_award_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_award_withdrawal_ended_by_id')),
    sa.ForeignKeyConstraint(['proposed_by_id'], ['account.id'], name=op.f('fk_award_withdrawal_proposed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_award_withdrawal'))
    )
    with op.batch_alter_table('award_withdrawal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_award_withdrawal_award_id'), ['award_id'], unique=False)
        batch_op.create_index('uq_award_withdrawal_open', ['award_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))


def downgrade():
    with op.batch_alter_table('award_withdrawal', schema=None) as batch_op:
        batch_op.drop_index('uq_award_withdrawal_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index(batch_op.f('ix_award_withdrawal_award_id'))

    op.drop_table('award_withdrawal')
    with op.batch_alter_table('award_suspension', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_award_suspension_award_id'))

    op.drop_table('award_suspension')
    # Whoever has handed in for a renewal is to hand in once more.
    op.execute(f"UPDATE candidate SET state = 'renewal_due' WHERE state = '{_NEW}'")
    for column in ('from_state', 'to_state'):
        op.execute(f"UPDATE candidate_step SET {column} = 'renewal_due' WHERE {column} = '{_NEW}'")
    _allow(_BEFORE)
