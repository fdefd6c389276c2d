"""Keep materials, stored files and who holds a session"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade():
    op.create_table('stored_file',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('media_type', sa.String(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('uploaded_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('length(sha256) = 64', name=op.f('ck_stored_file_sha256_whole')),
    sa.CheckConstraint('size > 0', name=op.f('ck_stored_file_size_positive')),
    sa.ForeignKeyConstraint(['uploaded_by_id'], ['account.id'], name=op.f('fk_stored_file_uploaded_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_file')),
    sa.UniqueConstraint('key', name=op.f('uq_stored_file_key')),
    sa.UniqueConstraint('public_id', name=op.f('uq_stored_file_public_id'))
    )
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.create_index('ix_stored_file_uploaded_at', ['uploaded_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_stored_file_uploaded_by_id'), ['uploaded_by_id'], unique=False)

    op.create_table('material',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.Column('course_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('file', 'link', 'page', name='materialkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('visibility', sa.Enum('everybody', 'members', 'participants', 'participants_after', name='visibility', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(run_id IS NULL) <> (course_id IS NULL)', name=op.f('ck_material_of_run_or_course')),
    sa.CheckConstraint('length(title) BETWEEN 1 AND 200', name=op.f('ck_material_title_length')),
    sa.CheckConstraint('version >= 1', name=op.f('ck_material_version_positive')),
    sa.ForeignKeyConstraint(['course_id'], ['course.id'], name=op.f('fk_material_course_id')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_material_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material')),
    sa.UniqueConstraint('public_id', name=op.f('uq_material_public_id'))
    )
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.create_index('ix_material_course', ['course_id', 'position'], unique=False)
        batch_op.create_index('ix_material_run', ['run_id', 'position'], unique=False)

    op.create_table('material_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('material_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('file_id', sa.Integer(), nullable=True),
    sa.Column('link', sa.String(), nullable=True),
    sa.Column('body', sa.String(), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(file_id IS NOT NULL AND link IS NULL AND body IS NULL) OR (file_id IS NULL AND link IS NOT NULL AND body IS NULL) OR (file_id IS NULL AND link IS NULL AND body IS NOT NULL)', name=op.f('ck_material_version_one_content')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_material_version_number_positive')),
    sa.ForeignKeyConstraint(['file_id'], ['stored_file.id'], name=op.f('fk_material_version_file_id')),
    sa.ForeignKeyConstraint(['material_id'], ['material.id'], name=op.f('fk_material_version_material_id')),
    sa.ForeignKeyConstraint(['published_by_id'], ['account.id'], name=op.f('fk_material_version_published_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_material_version')),
    sa.UniqueConstraint('material_id', 'number', name=op.f('uq_material_version_material_id_number'))
    )
    with op.batch_alter_table('material_version', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_material_version_file_id'), ['file_id'], unique=False)

    op.create_table('session_trainer',
    sa.Column('session_id', sa.Integer(), nullable=False),
    sa.Column('run_trainer_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['run_trainer_id'], ['run_trainer.id'], name=op.f('fk_session_trainer_run_trainer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['session_id'], ['session.id'], name=op.f('fk_session_trainer_session_id')),
    sa.PrimaryKeyConstraint('session_id', 'run_trainer_id', name=op.f('pk_session_trainer'))
    )
    with op.batch_alter_table('session_trainer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_trainer_run_trainer_id'), ['run_trainer_id'], unique=False)

    op.create_table('material_downloads',
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('downloads', sa.Integer(), nullable=False),
    sa.CheckConstraint('downloads > 0', name=op.f('ck_material_downloads_downloads_positive')),
    sa.ForeignKeyConstraint(['version_id'], ['material_version.id'], name=op.f('fk_material_downloads_version_id')),
    sa.PrimaryKeyConstraint('version_id', 'day', name=op.f('pk_material_downloads'))
    )


def downgrade():
    op.drop_table('material_downloads')
    with op.batch_alter_table('session_trainer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_trainer_run_trainer_id'))

    op.drop_table('session_trainer')
    with op.batch_alter_table('material_version', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_material_version_file_id'))

    op.drop_table('material_version')
    with op.batch_alter_table('material', schema=None) as batch_op:
        batch_op.drop_index('ix_material_run')
        batch_op.drop_index('ix_material_course')

    op.drop_table('material')
    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_stored_file_uploaded_by_id'))
        batch_op.drop_index('ix_stored_file_uploaded_at')

    op.drop_table('stored_file')
