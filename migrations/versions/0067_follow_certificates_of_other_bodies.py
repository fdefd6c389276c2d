"""Let candidacies follow the certificates of other bodies"""

import sqlalchemy as sa
from alembic import op


revision = '0067'
down_revision = '0066'
branch_labels = None
depends_on = None

_ENDED = ('refused', 'lapsed', 'expired', 'withdrawn')
_STATES = (
    'nominated', 'applied', 'admitted', 'collecting', 'under_assessment', 'certified', 'not_yet', 'refused', 'valid',
    'renewal_due', 'renewal_under_assessment', 'renewed', 'lapsed', 'suspended', 'withdrawn', 'appealed',
)
_WITH_CERTIFICATES = (*_STATES[:13], 'held', 'expired', *_STATES[13:])
_REASONS = (
    'applied', 'nominated_by_club', 'nominated_by_organisation', 'nomination_accepted', 'nomination_declined',
    'nomination_taken_back', 'admitted', 'not_admitted', 'evidence_begun', 'handed_in', 'sent_back', 'decided',
    'tries_again', 'moved_to_version', 'withdrawn_by_person', 'withdrawn_by_club', 'recognised', 'renewal_opened',
    'renewed', 'renewed_late', 'not_renewed', 'suspended', 'resumed', 'recognition_withdrawn', 'appeal_made',
    'appeal_granted', 'appeal_refused', 'appeal_withdrawn',
)
#: What is nearest to the new words among the old ones.
_OLDER_STATES = {'held': 'certified', 'expired': 'withdrawn'}
_OLDER_REASONS = {
    'certificate_checked': 'decided', 'certificate_ended': 'withdrawn_by_club', 'certificate_mistaken': 'sent_back',
}


def _allow(states, reasons):
    """In both tables, and in the index by which nobody goes the same way twice at once."""
    op.drop_index('uq_candidate_open', 'candidate')
    _replace_check('candidate', 'candidatestate', 'state', states)
    for check, column in (('from_state', 'from_state'), ('candidatestate', 'to_state')):
        _replace_check('candidate_step', check, column, states)
    _replace_check('candidate_step', 'stepreason', 'reason', reasons)
    is_open = sa.text(f"state IN ({_listed([state for state in states if state not in _ENDED])})")
    op.create_index(
        'uq_candidate_open',
        'candidate',
        ['person_id', 'scheme_id', 'level_key'],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _replace_check(table_name, check, column, words):
    name = op.f(f'ck_{table_name}_{check}')
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(name, type_='check')
        table.create_check_constraint(name, sa.text(f'{column} IN ({_listed(words)})'))


def _listed(words):
    return ', '.join(f"'{word}'" for word in words)


def upgrade():
    _allow(_WITH_CERTIFICATES, (*_REASONS, *_OLDER_REASONS))


def downgrade():
    for now, before in _OLDER_STATES.items():
        op.execute(f"UPDATE candidate SET state = '{before}' WHERE state = '{now}'")
        for column in ('from_state', 'to_state'):
            op.execute(f"UPDATE candidate_step SET {column} = '{before}' WHERE {column} = '{now}'")
    for now, before in _OLDER_REASONS.items():
        op.execute(f"UPDATE candidate_step SET reason = '{before}' WHERE reason = '{now}'")
    _allow(_STATES, _REASONS)
