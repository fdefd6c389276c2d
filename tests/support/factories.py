"""Small true-to-life things to test with. Each takes what the test cares about, and is saved with
what it needs in one transaction.
"""

import uuid
from datetime import UTC, date, datetime, timedelta
from itertools import count

from club.accounts.models import Account, Role
from club.courses.models import Course, Run, RunState, RunTrainer, Session
from club.db import db, transaction
from club.knowledge.models import Topic
from club.people.models import AudienceKind, Employment, Organisation, Person
from club.units.models import Unit, UnitKind

#: The "now" of most tests: a Tuesday morning, 9:00 where the club is.
NOW = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)

_n = count(1)


def saved(thing):
    with transaction() as session:
        session.add(thing)
    return thing


def a_unit(**given):
    n = next(_n)
    return saved(Unit(**{"key": f"ward-{n}", "kind": UnitKind.WARD, "name": f"Phường {n}"} | given))


def a_person(**given):
    n = next(_n)
    defaults = {"full_name": f"Nguyễn Văn {n}", "email": f"nguoi{n}@example.vn", "created_at": NOW}
    return saved(Person(**defaults | given))


def an_account(*roles, person=None, **given):
    """An account that may sign in, holding ``roles`` (members of ``RoleName``)."""
    n = next(_n)
    with transaction() as session:
        account = Account(
            **{
                "person": person or a_person(),
                "email": f"account{n}@example.vn",
                "password": "secret-2026",
                "fs_uniquifier": uuid.uuid4().hex,
                "confirmed_at": NOW,
                "created_at": NOW,
            }
            | given
        )
        session.add(account)
        account.roles = [_role(session, name) for name in roles]
    return account


def _role(session, name):
    role = session.query(Role).filter_by(name=name.value).one_or_none()
    return role or Role(name=name.value)


def an_organisation(**given):
    n = next(_n)
    defaults = {
        "code": f"dn-{n:04d}",
        "name": f"Công ty Demo {n}",
        "kind": AudienceKind.ENTERPRISE,
        "created_at": NOW,
    }
    return saved(Organisation(**defaults | given))


def an_employment(person, organisation, **given):
    defaults = {
        "person_id": person.id,
        "organisation_id": organisation.id,
        "from_day": date(2024, 1, 1),
    }
    return saved(Employment(**defaults | given))


def a_topic(**given):
    n = next(_n)
    defaults = {"key": f"topic_{n}", "name": f"Chủ đề {n}", "name_en": f"Topic {n}", "position": n}
    return saved(Topic(**defaults | given))


def a_course(**given):
    n = next(_n)
    defaults = {
        "code": f"C{n}",
        "slug": f"khoa-{n}",
        "title": f"Khóa học {n}",
        "title_en": f"Course {n}",
        "search_key": f"khoa hoc {n}",
        "position": n,
    }
    with transaction():
        topic = given.pop("topic", None) or a_topic()
        return saved(Course(**defaults | {"topic": topic} | given))


def a_run(*, sessions=1, starts_at=NOW + timedelta(days=10), trainers=(), **given):
    """A published run of four-hour sessions a day apart, the first at ``starts_at``."""
    with transaction() as session:
        course = given.pop("course", None) or a_course()
        defaults = {
            "code": f"{course.code}-2026-{next(_n):02d}",
            "course": course,
            "seats": 10,
            "state": RunState.PUBLISHED,
            "created_at": NOW,
            "modified_at": NOW,
            "published_at": NOW,
        }
        run = Run(**defaults | given)
        for number in range(sessions):
            begin = starts_at + timedelta(days=number)
            run.sessions.append(
                Session(
                    title=f"Buổi {number + 1}",
                    starts_at=begin,
                    ends_at=begin + timedelta(hours=4),
                    created_at=NOW,
                    modified_at=NOW,
                )
            )
        run.trainers = [RunTrainer(person=person) for person in trainers]
        if run.sessions:
            run.starts_at = run.sessions[0].starts_at
            run.ends_at = run.sessions[-1].ends_at
        session.add(run)
    return run


def reload(thing):
    """The same row as the database has it now."""
    db.session.expire(thing)
    return thing
