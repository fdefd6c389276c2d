"""A published version never changes, whoever asks the database."""

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from club.certification.schemes.freezing import thawed
from club.certification.schemes.models import (
    Requirement,
    SchemeLevel,
    SchemeVersion,
    VersionState,
)
from club.db import db, transaction
from tests.certification.scheme_kit import a_requirement, a_version, published
from tests.support.factories import NOW, an_account


def send(statement):
    with transaction() as session:
        session.execute(statement)


def copy_of(row, **changes):
    """An INSERT of a row like this one."""
    table = row.__table__
    values = {c.name: getattr(row, c.name) for c in table.columns if c.name != "id"}
    return insert(table).values(values | changes)


@pytest.fixture
def version():
    made = a_version()
    a_requirement(made)
    return published(made)


@pytest.mark.parametrize(
    "statement",
    [
        update(SchemeVersion).values(label="9999"),
        update(SchemeVersion).values(validity_months=12),
        update(SchemeVersion).values(valid_from=None),
        update(SchemeVersion).values(state=VersionState.DRAFT, published_at=NOW),
        delete(SchemeVersion),
        update(SchemeLevel).values(name="Bậc thầy"),
        update(Requirement).values(minimum=None),
        update(Requirement).values(settings={"courses": ["5S"]}),
        delete(Requirement),
    ],
)
def test_nothing_of_a_published_version_changes(version, statement):
    with pytest.raises(IntegrityError):
        send(statement)


def test_nothing_comes_to_a_published_version(version):
    level = version.levels[0]
    for statement in (
        copy_of(level, key="another"),
        copy_of(level.requirements[0], key="another"),
    ):
        with pytest.raises(IntegrityError):
            send(statement)


def test_nothing_moves_into_a_published_version(version):
    draft = a_version(scheme=version.scheme, number=2)
    requirement = a_requirement(draft)
    level_id, requirement_id = version.levels[0].id, requirement.id
    move = update(Requirement).where(Requirement.id == requirement_id)
    with pytest.raises(IntegrityError):
        send(move.values(level_id=level_id, key="moved"))


def test_it_is_closed_and_stays_as_it_was(version):
    closing = update(SchemeVersion).values(state=VersionState.CLOSED, closed_at=NOW)
    send(closing.values(closed_by_id=an_account().id))
    with pytest.raises(IntegrityError):
        send(update(Requirement).values(minimum=1))


def test_a_draft_changes_and_goes():
    draft = a_version()
    a_requirement(draft)
    send(update(SchemeVersion).values(label="2030"))
    send(update(Requirement).values(minimum=80))
    for table in (Requirement, SchemeLevel, SchemeVersion):
        send(delete(table))
    assert db.session.scalar(select(func.count()).select_from(SchemeVersion)) == 0


def test_what_brings_whole_tables_back_lifts_it_for_itself_only(version):
    level = copy_of(version.levels[0], key="brought_back")
    with transaction() as session, thawed(session.connection()):
        session.execute(level)
    with pytest.raises(IntegrityError):
        send(update(SchemeLevel).values(name="Bậc thầy"))
