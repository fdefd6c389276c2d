import io
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from club.audit.models import AuditEntry
from club.courses.models import RunState
from club.db import db, transaction
from club.files.receiving import receive
from club.materials import operations, queries
from club.materials.letters import tell_what_opened
from club.materials.models import Material, MaterialDownloads, MaterialVersion, Visibility
from club.materials.operations import Content, Direction, MaterialFacts
from club.materials.queries import Shelf
from club.materials.rules import MaterialRefusal
from club.outbox.kinds import Matter
from club.outbox.models import Channel, Letter, LetterState
from club.outbox.reading import choose_letters
from club.people.models import AudienceKind
from club.records.attendance.models import WalkIn
from club.refusal import RefusedError
from club.registration.models import RegistrationState
from tests.materials.kit import (
    PDF,
    a_material,
    a_page,
    a_trainer_with_run,
    letters,
    somebody_without_an_address,
)
from tests.records.kit import on_the_list
from tests.support.factories import NOW, a_course, a_person, a_run, an_account, reload, saved

LATER = NOW + timedelta(hours=1)
FOR_PARTICIPANTS = MaterialFacts("Bài 1", Visibility.PARTICIPANTS)


def refused(operation, *given, **named):
    with pytest.raises(RefusedError) as error:
        operation(*given, **named)
    return error.value.refusal


def a_file(more=b""):
    return Content(file=receive(io.BytesIO(PDF + more + b"%%EOF"), name="Bài 1.pdf"))


def publish(place, facts=FOR_PARTICIPANTS, content=None, *, now=NOW):
    by = an_account().id
    return operations.publish(place, facts, content or a_file(), by=by, now=now)


def titles(run):
    rows = queries.materials_on(Shelf(run_id=run.id))
    return [row.material.title for row in rows if row.material.is_shown]


def test_a_material_begins_with_version_one_at_the_end_of_the_list():
    run = a_run()
    first, second = publish(run), publish(run, content=Content(body="Xin chào"))
    assert [(m.position, m.version) for m in (first, second)] == [(1, 1), (2, 1)]
    rows = queries.materials_on(Shelf(run_id=run.id))
    assert [row.version.file.name if row.version.file else row.version.body for row in rows] == [
        "Bài 1.pdf", "Xin chào",
    ]  # fmt: skip


def test_every_version_is_kept_and_the_newest_is_shown():
    run, by = a_run(), an_account().id
    material = publish(run)
    operations.publish_version(material.id, a_file(b"2"), note="Sửa trang 3", by=by, now=LATER)
    found = queries.material_by_public_id(material.public_id)
    assert [(v.number, v.note) for v in found.versions] == [(2, "Sửa trang 3"), (1, None)]
    assert len({v.file.key for v in found.versions}) == 2
    assert [row.version.number for row in queries.materials_on(Shelf(run_id=run.id))] == [2]


def test_the_same_content_again_is_no_new_version():
    by, material = an_account().id, publish(a_run())
    again = refused(operations.publish_version, material.id, a_file(), by=by, now=LATER)
    assert again is MaterialRefusal.UNCHANGED
    assert reload(material).version == 1


def test_two_authors_at_once_do_not_write_over_each_other():
    by, material = an_account().id, publish(a_run())
    operations.publish_version(material.id, a_file(b"2"), seen=1, by=by, now=LATER)
    late = refused(operations.publish_version, material.id, a_file(b"3"), seen=1, by=by, now=LATER)
    assert late is MaterialRefusal.OTHER_VERSION


def test_a_link_must_be_whole():
    run = a_run()
    by = an_account().id
    bad = Content(link="javascript:alert(1)")
    assert refused(operations.publish, run, FOR_PARTICIPANTS, bad, by=by, now=NOW) is (
        MaterialRefusal.LINK
    )
    assert db.session.query(Material).count() == 0


def test_moving_changes_places_with_the_neighbour_that_is_shown():
    run, by = a_run(), an_account().id
    one, two, three = (
        publish(run, MaterialFacts(title, Visibility.EVERYBODY)) for title in ("1", "2", "3")
    )
    operations.move(three.id, Direction.UP, by=by, now=NOW)
    assert titles(run) == ["1", "3", "2"]
    operations.take_down(three.id, by=by, now=NOW)
    operations.move(two.id, Direction.UP, by=by, now=NOW)
    assert titles(run) == ["2", "1"]
    operations.move(two.id, Direction.UP, by=by, now=NOW)
    assert titles(run) == ["2", "1"]
    assert refused(operations.move, three.id, Direction.UP, by=by, now=NOW) is (
        MaterialRefusal.TAKEN_DOWN
    )
    operations.put_back(three.id, by=by, now=NOW)
    assert set(titles(run)) == {"1", "2", "3"}
    assert one.run_id == run.id


def test_what_was_taken_down_is_not_changed():
    by, material = an_account().id, publish(a_run())
    operations.take_down(material.id, by=by, now=NOW)
    assert refused(operations.publish_version, material.id, a_file(b"2"), by=by, now=LATER) is (
        MaterialRefusal.TAKEN_DOWN
    )
    facts = MaterialFacts("Khác", Visibility.EVERYBODY)
    assert refused(operations.change, material.id, facts, by=by, now=LATER) is (
        MaterialRefusal.TAKEN_DOWN
    )


def test_every_step_is_in_the_log():
    by, material = an_account().id, publish(a_run())
    facts = MaterialFacts("Bài một", Visibility.EVERYBODY)
    operations.change(material.id, facts, by=by, now=LATER)
    operations.change(material.id, facts, by=by, now=LATER)
    operations.take_down(material.id, by=by, now=LATER)
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [entry.action for entry in entries] == [
        "materials.publish", "materials.change", "materials.take_down",
    ]  # fmt: skip
    assert entries[1].detail == {
        "title": "Bài một",
        "before": {"title": "Bài 1", "visibility": "participants"},
        "after": {"title": "Bài một", "visibility": "everybody"},
    }  # fmt: skip


def test_downloads_are_counted_by_day():
    material = a_material(a_run())
    version = material.versions[0]
    for day in (date(2026, 3, 3), date(2026, 3, 3), date(2026, 3, 4)):
        operations.count_download(version.id, day=day)
    rows = db.session.scalars(select(MaterialDownloads).order_by(MaterialDownloads.day))
    assert [row.downloads for row in rows] == [2, 1]
    assert queries.downloads_of(material) == {1: 3}
    assert [row.downloads for row in queries.materials_on(Shelf(run_id=material.run_id))] == [3]


def test_participants_are_told_of_new_materials_once_a_day():
    run = a_run()
    lan, binh = on_the_list(run), on_the_list(run)
    on_the_list(run, state=RegistrationState.WAITING)
    on_the_list(run, state=RegistrationState.WITHDRAWN)
    of_no_address = on_the_list(run, somebody_without_an_address())
    publish(run)
    publish(run)
    everybody = (lan, binh, of_no_address)
    assert letters() == [("materials.published", person.id) for person in everybody]
    publish(run, now=NOW + timedelta(days=1))
    assert len(letters()) == 6


def test_a_new_version_is_told_once_to_each():
    run, by = a_run(), an_account().id
    lan = on_the_list(run)
    material = a_material(run)
    second = operations.publish_version(
        material.id, a_file(b"2"), note="Thêm bài tập", by=by, now=LATER
    )
    third = operations.publish_version(material.id, a_file(b"3"), by=by, now=LATER)
    assert letters() == [("materials.new_version", lan.id)] * 2
    written = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.event_key for letter in written] == [
        f"materials.new_version:{version.id}:{lan.id}" for version in (second, third)
    ]
    assert written[0].subject == f"Bản mới: {material.title}"
    assert "Điểm mới: Thêm bài tập" in written[0].body_text
    assert f"/materials/{material.public_id}" in written[0].body_text


def test_a_letter_is_in_the_readers_language():
    run = a_run()
    on_the_list(run, a_person(language="en"))
    publish(run)
    assert db.session.scalars(select(Letter)).one().subject.startswith("New materials: Course")


def test_what_is_for_afterwards_is_told_afterwards():
    run, over = a_run(), a_run(starts_at=NOW - timedelta(days=3), state=RunState.CLOSED)
    on_the_list(run)
    there = on_the_list(over)
    for place in (run, over):
        publish(place, MaterialFacts("Bài giải", Visibility.PARTICIPANTS_AFTER))
    assert letters() == [("materials.published", there.id)]


def test_what_waited_for_the_end_is_told_once_the_class_is_over():
    run, other = a_run(), a_run()
    lan, walked_in = on_the_list(run), a_person()
    saved(
        WalkIn(
            run_id=run.id, person_id=walked_in.id, audience=AudienceKind.INDIVIDUAL, added_at=NOW
        )
    )
    on_the_list(run, state=RegistrationState.WITHDRAWN)
    on_the_list(other)
    for title in ("Bài giải", "Đề thi"):
        publish(run, MaterialFacts(title, Visibility.PARTICIPANTS_AFTER))
    publish(run.course, MaterialFacts("Phụ lục", Visibility.PARTICIPANTS_AFTER))
    tell_what_opened(now=run.ends_at - timedelta(seconds=1))
    assert letters() == []
    for minutes in (0, 10, 60):
        tell_what_opened(now=run.ends_at + timedelta(minutes=minutes))
    assert letters() == [("materials.published", person.id) for person in (lan, walked_in)]
    assert "Bài giải" in db.session.scalars(select(Letter)).first().body_text


def test_a_class_that_was_over_long_ago_or_cancelled_is_left_alone():
    over, cancelled = a_run(), a_run(state=RunState.CANCELLED)
    for run in (over, cancelled):
        on_the_list(run)
        publish(run, MaterialFacts("Bài giải", Visibility.PARTICIPANTS_AFTER))
    tell_what_opened(now=cancelled.ends_at + timedelta(days=2, minutes=1))
    assert letters() == []


def test_a_taken_down_material_opens_nothing():
    run = a_run()
    on_the_list(run)
    material = publish(run, MaterialFacts("Bài giải", Visibility.PARTICIPANTS_AFTER))
    operations.take_down(material.id, by=an_account().id, now=NOW)
    tell_what_opened(now=run.ends_at)
    assert letters() == []


def test_telling_many_costs_as_many_statements_as_telling_one(count_queries):
    asked = []
    for people in (1, 20):
        run = a_run()
        for _ in range(people):
            on_the_list(run)
        with count_queries() as seen:
            publish(run)
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_who_turned_such_letters_off_finds_a_notice_only():
    run = a_run()
    wants, wants_not = on_the_list(run), on_the_list(run)
    off = {"matter": Matter.MATERIALS, "wants": False, "channel": Channel.LINK, "now": NOW}
    choose_letters(wants_not.id, **off)
    publish(run)
    states = {letter.person_id: letter.state for letter in db.session.scalars(select(Letter))}
    assert states == {wants.id: LetterState.WAITING, wants_not.id: LetterState.IN_SITE}


def test_a_courses_material_is_told_in_its_runs_that_are_not_over():
    course = a_course()
    coming, over = a_run(course=course), a_run(course=course, starts_at=NOW - timedelta(days=9))
    lan = on_the_list(coming)
    on_the_list(over)
    on_the_list(a_run(course=course, starts_at=NOW + timedelta(days=20)), lan)
    publish(course)
    assert letters() == [("materials.published", lan.id)]


def test_a_letter_that_cannot_be_written_takes_the_material_back(monkeypatch):
    def broken(*_given, **_named):
        raise RuntimeError("no letter")

    run, by, content = a_run(), an_account().id, a_file()
    on_the_list(run)
    monkeypatch.setattr(operations, "tell_participants", broken)
    with pytest.raises(RuntimeError):
        operations.publish(run, FOR_PARTICIPANTS, content, by=by, now=NOW)
    db.session.rollback()
    assert db.session.query(Material).count() == 0


def saved_with(material, **given):
    with transaction():
        for name, value in given.items():
            setattr(reload(material), name, value)


@pytest.mark.parametrize(
    "broken",
    [{"run_id": None}, {"version": 0}, {"title": ""}],
)
def test_the_database_refuses_what_must_never_be(broken):
    material = a_material(a_run())
    with pytest.raises(IntegrityError):
        saved_with(material, **broken)


def test_a_version_has_exactly_one_content():
    material = a_page(a_run())
    with pytest.raises(IntegrityError):
        saved(
            MaterialVersion(
                material_id=material.id, number=2, link="https://a.vn", body="x", published_at=NOW
            )
        )


def test_trainers_publish_where_they_teach():
    trainer, run = a_trainer_with_run()
    assert queries.teaches_course(trainer.person_id, run.course_id)
    assert not queries.teaches_course(trainer.person_id, a_course().id)
