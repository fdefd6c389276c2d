"""Let tallies name profiles in place of five lists"""

import json

import sqlalchemy as sa
from alembic import op

from club.statistics.tallies.guarding import guard, unguard

revision = '0114'
down_revision = '0113'
branch_labels = None
depends_on = None

_VALUES = ("audience", "unit_id", "sector", "sex", "completed")
_AT_ONCE = 500
_PROFILES = sa.table(
    "tally_profile",
    sa.column("id", sa.Integer),
    sa.column("audience", sa.String),
    sa.column("unit_id", sa.Integer),
    sa.column("sector", sa.String),
    sa.column("sex", sa.String),
    sa.column("completed", sa.Boolean),
)
_TALLIES = sa.table(
    "run_tally", sa.column("id"), *(sa.column(name, sa.String) for name in (*_VALUES, "profile"))
)


def upgrade():
    op.create_table("tally_profile",
    sa.Column("id", sa.Integer(), nullable=False),
    sa.Column("audience", sa.String(), nullable=False),
    sa.Column("unit_id", sa.Integer(), nullable=False),
    sa.Column("sector", sa.String(), nullable=False),
    sa.Column("sex", sa.String(), nullable=False),
    sa.Column("completed", sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint("id", name=op.f("pk_tally_profile")),
    sa.UniqueConstraint("unit_id", "sector", "audience", "sex", "completed", name=op.f("uq_tally_profile_unit_id_sector_audience_sex_completed")),
    sqlite_autoincrement=True
    )
    with op.batch_alter_table("run_tally", schema=None) as batch_op:
        batch_op.add_column(sa.Column("profile", sa.String(), nullable=False, server_default="[]"))
    # What is tallied stays tallied: the figures of ten years should not be slow until the worker
    # has come by. What is marked is tallied anew anyhow.
    _put_together(op.get_bind())
    with op.batch_alter_table("run_tally", schema=None) as batch_op:
        batch_op.alter_column("profile", server_default=None)
        for name in _VALUES:
            batch_op.drop_column(name)
    guard(op.get_bind())


def downgrade():
    unguard(op.get_bind())
    with op.batch_alter_table("run_tally", schema=None) as batch_op:
        for name in ("completed", "audience", "unit_id", "sector", "sex"):
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default="[]"))
    _take_apart(op.get_bind())
    with op.batch_alter_table("run_tally", schema=None) as batch_op:
        for name in _VALUES:
            batch_op.alter_column(name, server_default=None)
        batch_op.drop_column("profile")
    op.drop_table("tally_profile")


def _put_together(connection):
    numbers = {}
    for tallies in _some(connection, _VALUES):
        changes = []
        for number, *lists in tallies:
            each = list(zip(*map(json.loads, lists), strict=True))
            listed = [numbers.setdefault(one, len(numbers) + 1) for one in each]
            changes.append({"tally": number, "profile": _written(listed)})
        _change(connection, changes)
    rows = [
        dict(zip(_VALUES, one, strict=True)) | {"id": number, "completed": bool(one[-1])}
        for one, number in numbers.items()
    ]
    if rows:
        connection.execute(sa.insert(_PROFILES), rows)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('tally_profile', 'id'), max(id))"
                " FROM tally_profile"
            )


def _take_apart(connection):
    found = connection.execute(sa.select(_PROFILES.c.id, *(_PROFILES.c[n] for n in _VALUES)))
    profiles = {number: (*values, int(completed)) for number, *values, completed in found}
    for tallies in _some(connection, ["profile"]):
        changes = []
        for number, listed in tallies:
            # What no profile was there for stands there by its values.
            each = [
                tuple(one) if isinstance(one, list) else profiles[one]
                for one in json.loads(listed)
            ]
            apart = zip(*each, strict=True) if each else [()] * len(_VALUES)
            lists = dict(zip(_VALUES, map(_written, apart), strict=True))
            changes.append({"tally": number} | lists)
        _change(connection, changes)


def _some(connection, columns):
    """Tallies, so many at a time as can be changed before the next are read."""
    last = 0
    asked = sa.select(_TALLIES.c.id, *(_TALLIES.c[name] for name in columns))
    while tallies := connection.execute(
        asked.where(_TALLIES.c.id > last).order_by(_TALLIES.c.id).limit(_AT_ONCE)
    ).all():
        yield tallies
        last = tallies[-1].id


def _change(connection, changes):
    named = {name: sa.bindparam(name) for name in changes[0] if name != "tally"}
    connection.execute(
        sa.update(_TALLIES).where(_TALLIES.c.id == sa.bindparam("tally")).values(named), changes
    )


def _written(values):
    return json.dumps(list(values), ensure_ascii=False, separators=(",", ":"))
