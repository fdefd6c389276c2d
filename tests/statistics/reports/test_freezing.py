"""What is frozen is whole, as of one moment, and never changes."""

import json
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import IntegrityError

from club.db import db, transaction
from club.people.models import Person
from club.periods import Cut
from club.records.models import TrainingRecord
from club.records.operations import reopen_run
from club.refusal import RefusedError
from club.statistics.figures import DEFINITIONS
from club.statistics.reports import contents, operations, queries
from club.statistics.reports.models import (
    FrozenReport,
    ReportStep,
    ReportVersion,
    StepKind,
    VersionState,
)
from club.statistics.reports.operations import Letterhead
from club.statistics.reports.rules import ReportRefusal
from club.units.models import Unit, UnitKind
from tests.statistics.reports.kit import (
    LATER,
    NOW,
    a_closed_run,
    a_draft,
    an_official,
    checked,
    facts,
    facts_of_days,
    frozen,
)
from tests.support.factories import a_person, a_unit

pytestmark = pytest.mark.slow

MAY = datetime(2026, 5, 2, 3, tzinfo=UTC)


def content_of(kept):
    return json.loads(queries.frozen_content(kept.version_id).content)


def state_now(version_id):
    return db.session.get(ReportVersion, version_id, populate_existing=True).state


def refusal(act):
    with pytest.raises(RefusedError) as refused:
        act()
    db.session.rollback()
    return refused.value.refusal


def test_figures_rows_definitions_who_and_when_are_kept():
    an, binh = a_person(), a_person()
    run = a_closed_run(an, binh)
    official, checker = an_official(), an_official()
    version = checked(a_draft(by=official.id), by=checker.id)
    kept = operations.freeze(version.id, by=official.id, now=LATER)
    content = content_of(kept)
    assert content["total"] == {"turns": 2, "people": 2, "hours": 8.0, "completed": 2}
    assert {row["person"] for row in content["rows"]} == {str(an.public_id), str(binh.public_id)}
    assert {(row["run"], row["day"], row["minutes"]) for row in content["rows"]} == {
        (run.code, "2026-03-10", 240)
    }
    assert content["definitions"]["version"] == DEFINITIONS == kept.definitions
    assert content["frozen"] == {"at": LATER.isoformat(), "by": str(official.person.public_id)}
    assert content["checked"] == {"at": NOW.isoformat(), "by": str(checker.person.public_id)}
    assert kept.sha256 == sha256(queries.frozen_content(version.id).content).hexdigest()
    assert [step.kind for step in version.steps] == [
        StepKind.DRAFTED, StepKind.CHECKED, StepKind.FROZEN,
    ]  # fmt: skip


def test_the_same_records_give_the_same_bytes():
    a_closed_run(a_person(), a_person())
    version = a_draft()
    once, again = (contents.content_of(version, None, as_of=NOW) for _ in range(2))
    assert contents.as_bytes(once) == contents.as_bytes(again)
    assert contents.as_bytes(contents.from_bytes(contents.as_bytes(once))) == contents.as_bytes(
        once
    )


def test_later_records_and_settings_change_nothing_of_it():
    run = a_closed_run(a_person())
    kept = frozen()
    before = bytes(queries.frozen_content(kept.version_id).content)
    reopen_run(run.id, reason="Ghi nhầm", by=None, now=LATER)
    a_closed_run(a_person(), now=LATER)
    operations.change_letterhead(Letterhead(issuer="Cơ quan khác"), by=None, now=LATER)
    db.session.expire_all()
    assert bytes(queries.frozen_content(kept.version_id).content) == before


@pytest.mark.parametrize(
    "statement",
    [
        update(FrozenReport).values(content=b"{}"),
        update(FrozenReport).values(sha256="0" * 64),
        delete(FrozenReport),
        update(ReportVersion).values(state=VersionState.DRAFT),
        update(ReportVersion).values(texts={}),
        update(ReportVersion).values(document_number="1"),
        update(ReportStep).values(by_id=None),
        delete(ReportStep),
    ],
)
def test_the_database_refuses_to_change_it(statement):
    frozen()
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(statement)


def test_a_draft_may_still_change():
    version = a_draft()
    operations.edit(
        version.id, texts={"situation": "Đủ."}, document_number="7", revision=1, by=None, now=NOW
    )
    assert version.texts == {"situation": "Đủ."}


def test_figures_that_moved_since_they_were_checked_are_not_frozen():
    run = a_closed_run(a_person())
    version = checked()
    # As many turns and people as before, but of another class.
    reopen_run(run.id, reason="Ghi nhầm", by=None, now=NOW)
    a_closed_run(a_person(), now=NOW)
    by = an_official().id
    freeze = lambda: operations.freeze(version.id, by=by, now=LATER)  # noqa: E731
    assert refusal(freeze) is ReportRefusal.FIGURES_MOVED
    assert db.session.scalars(select(FrozenReport)).all() == []
    checked(version, now=LATER)
    assert freeze().version_id == version.id


def test_a_letterhead_that_changed_since_it_was_checked_is_not_frozen():
    a_closed_run(a_person())
    letterhead = Letterhead(signer_name="Lê Văn Cũ", recipients="- Lưu: VT.")
    operations.change_letterhead(letterhead, by=None, now=NOW)
    version = checked()
    other = replace(letterhead, signer_name="Trần Văn Mới")
    operations.change_letterhead(other, by=None, now=NOW)
    freeze = lambda: operations.freeze(version.id, by=None, now=LATER)  # noqa: E731
    assert refusal(freeze) is ReportRefusal.HEAD_MOVED
    # Changed back, it is what was checked.
    operations.change_letterhead(letterhead, by=None, now=NOW)
    assert content_of(freeze())["letterhead"]["signer_name"] == "Lê Văn Cũ"


def test_a_unit_that_was_renamed_since_the_check_is_not_frozen_under_its_new_name():
    unit = a_unit(kind=UnitKind.DEPARTMENT)
    version = checked(a_draft(facts(unit_id=unit.id)))
    with transaction() as session:
        session.get_one(Unit, unit.id).name = "Phòng Tên Khác"
    freeze = lambda: operations.freeze(version.id, by=None, now=LATER)  # noqa: E731
    assert refusal(freeze) is ReportRefusal.HEAD_MOVED


@pytest.mark.parametrize(
    ("today", "refused"),
    [
        # Half an hour before midnight of the last day, and half an hour after it.
        (datetime(2026, 3, 31, 16, 30, tzinfo=UTC), ReportRefusal.NOT_OVER),
        (datetime(2026, 3, 31, 17, 30, tzinfo=UTC), None),
    ],
)
def test_a_period_is_frozen_once_it_is_over(today, refused):
    version = checked(now=today)
    freeze = lambda: operations.freeze(version.id, by=None, now=today)  # noqa: E731
    assert (refusal(freeze) if refused else freeze() and None) is refused


def test_a_session_that_ends_late_on_new_years_eve_is_of_the_old_year():
    a_closed_run(a_person(), ends=datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    of_days = {
        day.isoformat(): content_of(frozen(a_draft(facts_of_days(day, day))))["total"]["turns"]
        for day in (datetime(2025, 12, 31).date(), datetime(2026, 1, 1).date())
    }
    assert of_days == {"2025-12-31": 1, "2026-01-01": 0}


def test_a_class_across_a_cut_off_is_of_the_period_of_its_last_session():
    a_closed_run(a_person(), sessions=2, ends=datetime(2026, 3, 15, 9, tzinfo=UTC))
    found = {
        name: content_of(frozen(a_draft(facts(name=name, cut=Cut.REPORT), now=MAY), now=MAY))
        for name in ("2026-03", "2026-04")
    }
    assert {name: one["total"]["turns"] for name, one in found.items()} == {
        "2026-03": 0, "2026-04": 1,
    }  # fmt: skip


def test_a_leap_day_belongs_to_february():
    a_closed_run(a_person(), ends=datetime(2024, 2, 29, 9, tzinfo=UTC))
    kept = frozen(a_draft(facts(name="2024-02")))
    assert content_of(kept)["period"]["to"] == "2024-02-29"
    assert content_of(kept)["total"]["turns"] == 1


def test_ten_years_are_counted_by_year():
    a_closed_run(a_person())
    kept = frozen(a_draft(facts_of_days(datetime(2021, 1, 1).date(), datetime(2026, 4, 4).date())))
    by_year = content_of(kept)["tables"][0]
    assert by_year["by"] == ["year"]
    assert [row["turns"] for row in by_year["rows"]] == [0, 0, 0, 0, 0, 1]


def test_nothing_is_left_of_a_freeze_that_breaks_off(monkeypatch):
    a_closed_run(a_person())
    version = checked()

    def break_off(*_args, **_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(operations, "record", break_off)
    with pytest.raises(KeyboardInterrupt):
        operations.freeze(version.id, by=None, now=LATER)
    db.session.expire_all()
    assert db.session.scalars(select(FrozenReport)).all() == []
    assert state_now(version.id) is VersionState.CHECKED
    assert [step.kind for step in version.steps] == [StepKind.DRAFTED, StepKind.CHECKED]


def test_everything_frozen_is_of_one_moment(monkeypatch):
    """A class is closed by another connection between two questions of the freeze."""
    a_closed_run(a_person(), a_person())
    version = checked()
    asked = queries.rows_behind
    others = []

    def after_somebody_else_has_written(period, **given):
        others.append(_somebody_else_takes_a_record_away())
        return asked(period, **given)

    monkeypatch.setattr(queries, "rows_behind", after_somebody_else_has_written)
    content = content_of(operations.freeze(version.id, by=None, now=LATER))
    assert len(content["rows"]) == content["total"]["turns"] == 2
    assert others == ["waits" if db.engine.dialect.name == "sqlite" else "written"]


def _somebody_else_takes_a_record_away():
    """On SQLite whoever writes has to wait; on PostgreSQL nobody waits for a freeze."""
    from sqlalchemy.exc import OperationalError

    with db.engine.connect() as other:
        if other.dialect.name == "sqlite":
            other.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            other.execute(
                text(
                    "UPDATE training_record SET superseded_at = '2026-04-05 00:00:00'"
                    " WHERE id = (SELECT min(id) FROM training_record)"
                )
            )
            other.commit()
        except OperationalError:
            other.rollback()
            return "waits"
        finally:
            if other.dialect.name == "sqlite":
                other.exec_driver_sql("PRAGMA busy_timeout=30000")
    return "written"


def test_freezing_twice_at_once_gives_one(app):
    a_closed_run(a_person())
    version_id = checked().id
    db.session.remove()
    both, ends = threading.Barrier(2), []

    def freeze():
        with app.app_context():
            both.wait(10)
            try:
                operations.freeze(version_id, by=None, now=LATER)
                ends.append("frozen")
            except RefusedError as refused:
                ends.append(refused.refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=freeze) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ends) == [ReportRefusal.SETTLED, "frozen"]
    assert len(db.session.scalars(select(FrozenReport)).all()) == 1


_DIES = """
import os, sys
from club.cli import create_app
from club.statistics.reports import operations
from datetime import datetime, UTC
operations.record = lambda *args, **given: os.kill(os.getpid(), 9)
with create_app().app_context():
    operations.freeze(int(sys.argv[1]), by=None, now=datetime(2026, 4, 8, tzinfo=UTC))
"""


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_nothing_half_frozen(app):
    """It dies after everything was written and before the commit."""
    a_closed_run(a_person())
    version_id = checked().id
    db.session.remove()
    settings = app.extensions["club.settings"]
    ended = subprocess.run(
        [sys.executable, "-c", _DIES, str(version_id)],
        env={"PATH": "", "DATABASE_URL": db.engine.url.render_as_string(hide_password=False),
             "VAR": str(settings.var), "SECRET_KEY": "only-for-tests"},
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == -9, ended.stderr
    assert db.session.scalars(select(FrozenReport)).all() == []
    assert state_now(version_id) is VersionState.CHECKED
    assert operations.freeze(version_id, by=None, now=LATER)


def test_a_person_that_was_entered_under_another_name_changes_nothing_of_it():
    person = a_person()
    a_closed_run(person)
    kept = frozen()
    before = kept.sha256
    with transaction() as session:
        session.execute(update(Person).values(full_name="Tên Khác"))
        session.execute(update(TrainingRecord).values(sector="wood"))
    kept = queries.frozen_content(kept.version_id)
    assert sha256(kept.content).hexdigest() == before == kept.sha256


def test_no_name_of_a_person_is_frozen():
    person = a_person(full_name="Lê Thị Không Ai Biết")
    a_closed_run(person)
    official = an_official()
    version = checked(a_draft(by=official.id))
    kept = operations.freeze(version.id, by=official.id, now=LATER)
    content = queries.frozen_content(kept.version_id).content.decode()
    assert person.full_name not in content
    assert official.person.full_name not in content
