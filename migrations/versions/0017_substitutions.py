"""Let organisations send somebody else in a place"""

import sqlalchemy as sa
from alembic import op


revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


_OLD_STATES = (
    "requested",
    "endorsed",
    "confirmed",
    "offered",
    "waiting",
    "withdrawn",
    "refused",
    "lapsed",
    "cancelled",
)
_NEW_STATES = (*_OLD_STATES, "replaced")
_OLD_REASONS = (
    "registered",
    "list_full",
    "nominated",
    "nominated_to_wait",
    "seat_fell_free",
    "seats_added",
    "late_place",
    "offer_accepted",
    "offer_declined",
    "offer_lapsed",
    "late_place_taken",
    "withdrawn_by_person",
    "withdrawn_by_staff",
    "moved_away",
    "pooled",
    "pool_offer",
    "place_elsewhere",
    "moved_by_staff",
    "overtaken",
    "run_cancelled",
    "asked",
    "endorsed_by_organisation",
    "approved",
    "approved_to_wait",
    "refused_by_organisation",
    "refused_by_staff",
    "undecided",
)
_NEW_REASONS = (*_OLD_REASONS, "substituted", "replaced")


def _allow(states, reasons):
    _replace_check("registration", "ck_registration_registrationstate", "state", states)
    for check, column in (("from_state", "from_state"), ("registrationstate", "to_state")):
        _replace_check("registration_step", f"ck_registration_step_{check}", column, states)
    _replace_check("registration_step", "ck_registration_step_stepreason", "reason", reasons)


def _replace_check(table_name, check, column, values):
    listed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table_name) as table:
        table.drop_constraint(op.f(check), type_="check")
        table.create_check_constraint(op.f(check), sa.text(f"{column} IN ({listed})"))


def upgrade():
    _allow(_NEW_STATES, _NEW_REASONS)
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.create_unique_constraint(
            batch_op.f("uq_registration_replaces_id"), ["replaces_id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_registration_replaces_id"), "registration", ["replaces_id"], ["id"]
        )
    with op.batch_alter_table("run_terms", schema=None) as batch_op:
        batch_op.add_column(sa.Column("substitution_hours", sa.Integer(), nullable=True))
        batch_op.create_check_constraint(
            "substitution_sensible", "substitution_hours BETWEEN 0 AND 720"
        )


def downgrade():
    with op.batch_alter_table("run_terms", schema=None) as batch_op:
        batch_op.drop_constraint("substitution_sensible", type_="check")
        batch_op.drop_column("substitution_hours")
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_registration_replaces_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_registration_replaces_id"), type_="unique")
        batch_op.drop_column("replaces_id")
    # Who was replaced is off the list; who came instead came like anybody else.
    op.execute("UPDATE registration SET state = 'withdrawn' WHERE state = 'replaced'")
    op.execute(
        "UPDATE registration_step SET to_state = 'withdrawn', reason = 'withdrawn_by_staff'"
        " WHERE to_state = 'replaced'"
    )
    op.execute(
        "UPDATE registration_step SET reason = CASE WHEN to_state = 'waiting'"
        " THEN 'nominated_to_wait' ELSE 'nominated' END WHERE reason = 'substituted'"
    )
    _allow(_OLD_STATES, _OLD_REASONS)
