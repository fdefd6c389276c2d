"""Let organisations take people back whom they nominated"""

import sqlalchemy as sa
from alembic import op


revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

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
    "substituted",
    "replaced",
)


def _allow(reasons):
    listed = ", ".join(f"'{reason}'" for reason in reasons)
    check = op.f("ck_registration_step_stepreason")
    with op.batch_alter_table("registration_step") as table:
        table.drop_constraint(check, type_="check")
        table.create_check_constraint(check, sa.text(f"reason IN ({listed})"))


def upgrade():
    _allow((*_OLD_REASONS, "withdrawn_by_organisation"))


def downgrade():
    # Somebody else than the person took the name off; the remark says why.
    op.execute(
        "UPDATE registration_step SET reason = 'withdrawn_by_staff'"
        " WHERE reason = 'withdrawn_by_organisation'"
    )
    _allow(_OLD_REASONS)
