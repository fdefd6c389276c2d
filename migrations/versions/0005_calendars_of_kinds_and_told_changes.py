"""Give calendars kinds, and remember what people were told of runs"""

import sqlalchemy as sa
from alembic import op


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('access_end',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('member', 'representative', 'trainer', 'coordinator', 'official', 'reporting_officer', 'assessor', 'administrator', name='rolename', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_access_end_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_access_end'))
    )
    with op.batch_alter_table('access_end', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_access_end_account_id'), ['account_id'], unique=False)

    op.create_table('run_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_version_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run_version'))
    )
    with op.batch_alter_table('run_version', schema=None) as batch_op:
        batch_op.create_index('ix_run_version_run', ['run_id', 'id'], unique=False)

    op.create_table('teaching_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('teaches', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_teaching_step_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_teaching_step_person_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_teaching_step_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_teaching_step'))
    )
    with op.batch_alter_table('teaching_step', schema=None) as batch_op:
        batch_op.create_index('ix_teaching_step_person', ['person_id', 'run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_teaching_step_run_id'), ['run_id'], unique=False)

    op.create_table('run_telling',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['account.id'], name=op.f('fk_run_telling_by_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_telling_run_id')),
    sa.ForeignKeyConstraint(['version_id'], ['run_version.id'], name=op.f('fk_run_telling_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run_telling')),
    sa.UniqueConstraint('run_id', 'version_id', name=op.f('uq_run_telling_run_id_version_id'))
    )
    op.create_table('run_telling_reader',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('telling_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('known_version_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['known_version_id'], ['run_version.id'], name=op.f('fk_run_telling_reader_known_version_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_run_telling_reader_person_id')),
    sa.ForeignKeyConstraint(['telling_id'], ['run_telling.id'], name=op.f('fk_run_telling_reader_telling_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run_telling_reader')),
    sa.UniqueConstraint('telling_id', 'person_id', name=op.f('uq_run_telling_reader_telling_id_person_id'))
    )
    with op.batch_alter_table('run_telling_reader', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_run_telling_reader_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('calendar_feed', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.Enum('person', 'teaching', 'organisation', name='feedkind', native_enum=False, create_constraint=True, length=32), server_default='person', nullable=False))
        batch_op.add_column(sa.Column('employment_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_calendar_feed_employment_id'), 'employment', ['employment_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_calendar_feed_mandate_named'), "(kind = 'organisation') = (employment_id IS NOT NULL)")

    # The addresses of before were all of people themselves; new ones say what they show.
    with op.batch_alter_table('calendar_feed', schema=None) as batch_op:
        batch_op.alter_column('kind', server_default=None)

    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index('ix_membership_organisation', ['organisation_id', 'to_day'], unique=False)
        batch_op.create_index('ix_membership_person', ['person_id', 'to_day'], unique=False)



def downgrade():
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('ix_membership_person')
        batch_op.drop_index('ix_membership_organisation')

    # Without kinds every address would show its owner's own sessions.
    op.execute("UPDATE calendar_feed SET revoked_at = created_at WHERE kind <> 'person' AND revoked_at IS NULL")
    with op.batch_alter_table('calendar_feed', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_calendar_feed_mandate_named'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_calendar_feed_feedkind'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_calendar_feed_employment_id'), type_='foreignkey')
        batch_op.drop_column('employment_id')
        batch_op.drop_column('kind')

    with op.batch_alter_table('run_telling_reader', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_run_telling_reader_person_id'))

    op.drop_table('run_telling_reader')
    op.drop_table('run_telling')
    with op.batch_alter_table('teaching_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_teaching_step_run_id'))
        batch_op.drop_index('ix_teaching_step_person')

    op.drop_table('teaching_step')
    with op.batch_alter_table('run_version', schema=None) as batch_op:
        batch_op.drop_index('ix_run_version_run')

    op.drop_table('run_version')
    with op.batch_alter_table('access_end', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_access_end_account_id'))

    op.drop_table('access_end')
