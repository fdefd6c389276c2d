"""Keep where figures count experts"""

import sqlalchemy as sa
from alembic import op


revision = '0056'
down_revision = '0055'
branch_labels = None
depends_on = None

_TABLES = ('expert_certificate', 'candidate_step')
#: Whom the person worked for on the day, the latest begun where there were several.
_EMPLOYER = """
    UPDATE {table} SET organisation_id = (
        SELECT employment.organisation_id FROM employment
        WHERE employment.person_id = {person}
          AND employment.from_day <= {day} AND (employment.to_day IS NULL OR employment.to_day >= {day})
        ORDER BY employment.from_day DESC, employment.id DESC LIMIT 1
    ) WHERE {which}
"""
_WARD = """
    UPDATE {table} SET ward_id = CASE WHEN organisation_id IS NULL
        THEN (SELECT person.ward_id FROM person WHERE person.id = {person})
        ELSE (SELECT organisation.ward_id FROM organisation WHERE organisation.id = {table}.organisation_id)
    END WHERE {which}
"""
_OF_A_STEP = '(SELECT candidate.person_id FROM candidate WHERE candidate.id = candidate_step.candidate_id)'


def upgrade():
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column('organisation_id', sa.Integer(), nullable=True))
            batch_op.add_column(sa.Column('ward_id', sa.Integer(), nullable=True))
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_organisation_id'), 'organisation', ['organisation_id'], ['id'])
            batch_op.create_foreign_key(batch_op.f(f'fk_{table}_ward_id'), 'unit', ['ward_id'], ['id'])
            batch_op.create_index(batch_op.f(f'ix_{table}_organisation_id'), ['organisation_id'], unique=False)
    local_day = "date(candidate_step.at, '+7 hours')"
    if op.get_bind().dialect.name == 'postgresql':
        local_day = "(candidate_step.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    checked = {
        'table': 'expert_certificate', 'person': 'expert_certificate.person_id',
        'day': 'expert_certificate.issued_on', 'which': 'expert_certificate.checked_at IS NOT NULL',
    }
    steps = {'table': 'candidate_step', 'person': _OF_A_STEP, 'day': local_day, 'which': '1 = 1'}
    for given in (checked, steps):
        op.execute(_EMPLOYER.format(**given))
        op.execute(_WARD.format(**given))


def downgrade():
    for table in _TABLES:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(batch_op.f(f'ix_{table}_organisation_id'))
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_ward_id'), type_='foreignkey')
            batch_op.drop_constraint(batch_op.f(f'fk_{table}_organisation_id'), type_='foreignkey')
            batch_op.drop_column('ward_id')
            batch_op.drop_column('organisation_id')
