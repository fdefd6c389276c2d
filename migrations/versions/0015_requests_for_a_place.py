"""Let people ask for a place that somebody decides about"""

import sqlalchemy as sa
from alembic import op


revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

_OLD_STATES = ('confirmed', 'offered', 'waiting', 'withdrawn', 'lapsed', 'cancelled')
_NEW_STATES = ('requested', 'endorsed', 'refused')
_OLD_REASONS = (
    'registered', 'list_full', 'seat_fell_free', 'seats_added', 'late_place', 'offer_accepted',
    'offer_declined', 'offer_lapsed', 'late_place_taken', 'withdrawn_by_person',
    'withdrawn_by_staff', 'moved_away', 'pooled', 'pool_offer', 'place_elsewhere',
    'moved_by_staff', 'overtaken', 'run_cancelled', 'nominated', 'nominated_to_wait',
)  # fmt: skip
_NEW_REASONS = (
    'asked', 'endorsed_by_organisation', 'approved', 'approved_to_wait',
    'refused_by_organisation', 'refused_by_staff', 'undecided',
)  # fmt: skip
#: Before there were requests, who had no answer yet waited, and who was turned down was off the list.
_CAME_TO = {'requested': 'waiting', 'endorsed': 'waiting', 'refused': 'withdrawn'}
_WAS_CALLED = {
    'asked': 'list_full',
    'endorsed_by_organisation': 'moved_by_staff',
    'approved': 'late_place',
    'approved_to_wait': 'moved_by_staff',
    'refused_by_organisation': 'withdrawn_by_staff',
    'refused_by_staff': 'withdrawn_by_staff',
    'undecided': 'withdrawn_by_staff',
}


def _allow(states, reasons, active):
    _replace_check('registration', 'registrationstate', 'state', states)
    _replace_check('registration_step', 'from_state', 'from_state', states)
    _replace_check('registration_step', 'registrationstate', 'to_state', states)
    _replace_check('registration_step', 'stepreason', 'reason', reasons)
    condition = sa.text(f'state IN ({_listed(active)})')
    with op.batch_alter_table('registration') as table:
        table.drop_index('uq_registration_active')
        table.create_index(
            'uq_registration_active', ['run_id', 'person_id'], unique=True,
            sqlite_where=condition, postgresql_where=condition,
        )  # fmt: skip


def _replace_check(table_name, check, column, values):
    name = op.f(f'ck_{table_name}_{check}')
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(name, type_='check')
        table.create_check_constraint(name, sa.text(f'{column} IN ({_listed(values)})'))


def _listed(values):
    return ', '.join(f"'{value}'" for value in values)


def upgrade():
    active = ('requested', 'endorsed', 'confirmed', 'offered', 'waiting')
    _allow((*_OLD_STATES, *_NEW_STATES), (*_OLD_REASONS, *_NEW_REASONS), active)


def downgrade():
    for new, old in _CAME_TO.items():
        op.execute(f"UPDATE registration SET state = '{old}' WHERE state = '{new}'")
        for column in ('from_state', 'to_state'):
            op.execute(f"UPDATE registration_step SET {column} = '{old}' WHERE {column} = '{new}'")
    for new, old in _WAS_CALLED.items():
        op.execute(f"UPDATE registration_step SET reason = '{old}' WHERE reason = '{new}'")
    op.execute(
        'UPDATE run SET waiting_count = (SELECT count(*) FROM registration'
        " WHERE registration.run_id = run.id AND registration.state = 'waiting')"
    )
    _allow(_OLD_STATES, _OLD_REASONS, ('confirmed', 'offered', 'waiting'))
