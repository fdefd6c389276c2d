"""Agreements of firms"""

import sqlalchemy as sa
from alembic import op


revision = '0085'
down_revision = '0084'
branch_labels = None
depends_on = None

_STATE = sa.Enum('asked', 'given', 'declined', 'withdrawn', 'mistaken', name='agreementstate', native_enum=False, create_constraint=True, length=32)


def upgrade():
    op.create_table('publication_agreement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('organisation_name', sa.String(), nullable=False),
    sa.Column('state', _STATE, nullable=False),
    sa.Column('named', sa.Boolean(), nullable=False),
    sa.Column('with_figures', sa.Boolean(), nullable=False),
    sa.Column('words', sa.String(), nullable=True),
    sa.Column('given_on', sa.Date(), nullable=True),
    sa.Column('given_by', sa.String(), nullable=True),
    sa.Column('given_by_role', sa.String(), nullable=True),
    sa.Column('given_by_id', sa.Integer(), nullable=True),
    sa.Column('scan_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reason', sa.String(), nullable=True),
    sa.Column('ended_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('article_id IS NOT NULL OR draft_id IS NOT NULL', name=op.f('ck_publication_agreement_about_a_text')),
    sa.CheckConstraint("state NOT IN ('given', 'withdrawn', 'mistaken') OR (given_on IS NOT NULL AND words IS NOT NULL AND given_by IS NOT NULL AND given_by_role IS NOT NULL)", name=op.f('ck_publication_agreement_given_by_somebody')),
    sa.CheckConstraint("(state IN ('asked', 'given')) = (ended_at IS NULL)", name=op.f('ck_publication_agreement_ended_at_a_moment')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_publication_agreement_article_id')),
    sa.ForeignKeyConstraint(['draft_id'], ['article_draft.id'], name=op.f('fk_publication_agreement_draft_id')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_publication_agreement_organisation_id')),
    sa.ForeignKeyConstraint(['given_by_id'], ['account.id'], name=op.f('fk_publication_agreement_given_by_id')),
    sa.ForeignKeyConstraint(['scan_id'], ['stored_file.id'], name=op.f('fk_publication_agreement_scan_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['account.id'], name=op.f('fk_publication_agreement_recorded_by_id')),
    sa.ForeignKeyConstraint(['ended_by_id'], ['account.id'], name=op.f('fk_publication_agreement_ended_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_publication_agreement')),
    sa.UniqueConstraint('public_id', name=op.f('uq_publication_agreement_public_id')),
    sa.UniqueConstraint('scan_id', name=op.f('uq_publication_agreement_scan_id'))
    )
    with op.batch_alter_table('publication_agreement') as table:
        for column in ('article_id', 'draft_id', 'organisation_id', 'given_by_id', 'recorded_by_id', 'ended_by_id'):
            table.create_index(op.f(f'ix_publication_agreement_{column}'), [column])
        table.create_index('ix_publication_agreement_state', ['state', 'recorded_at'])
    for name in ('article', 'article_revision'):
        op.add_column(name, sa.Column('withheld', sa.Boolean(), server_default=sa.false(), nullable=False))
        with op.batch_alter_table(name) as table:
            table.alter_column('withheld', server_default=None)
    op.add_column('article_address', sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))


def downgrade():
    op.drop_column('article_address', 'closed_at')
    op.drop_column('article_revision', 'withheld')
    op.drop_column('article', 'withheld')
    op.drop_table('publication_agreement')
