"""Show studies and proposals for what they are, and say what a case cost and how long it took"""

import sqlalchemy as sa
from alembic import op


revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None

_OLD = {
    'result_kind': (
        'resultkind',
        (
            'measured_before_after', 'randomised_trial', 'measured_after_only', 'reported_change',
            'company_statement', 'study_result', 'third_party_account',
        ),
    ),
    'strength': ('strength', ('A', 'B')),
    'figure_shape': ('figureshape', ('before_and_after', 'change_only', 'after_only')),
}  # fmt: skip
_NEW = {
    'result_kind': ('simulation', 'projected_future_state', 'expected', 'approved_plan'),
    'strength': ('C',),
    'figure_shape': ('not_measured',),
}
#: Before there were C, the nearest words for them.
_WAS_CALLED = {'result_kind': 'study_result', 'strength': 'B', 'figure_shape': 'change_only'}
_ADDED = ('duration', 'duration_en', 'cost', 'cost_en')


def _allow(more):
    with op.batch_alter_table('case_study') as table:
        for column, (check, values) in _OLD.items():
            name = op.f(f'ck_case_study_{check}')
            table.drop_constraint(name, type_='check')
            allowed = _listed(values + more.get(column, ()))
            table.create_check_constraint(name, sa.text(f'{column} IN ({allowed})'))


def _listed(values):
    return ', '.join(f"'{value}'" for value in values)


def upgrade():
    _allow(_NEW)
    with op.batch_alter_table('case_study') as table:
        for name in _ADDED:
            table.add_column(sa.Column(name, sa.String(), nullable=True))


def downgrade():
    for column, words in _WAS_CALLED.items():
        op.execute(
            f"UPDATE case_study SET {column} = '{words}' WHERE {column} IN ({_listed(_NEW[column])})"
        )
    _allow({})
    with op.batch_alter_table('case_study') as table:
        for name in _ADDED:
            table.drop_column(name)
