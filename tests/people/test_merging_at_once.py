"""Two coordinators, and somebody who registers: what comes at once happens one after the other."""

import threading
from datetime import timedelta

import pytest
from flask import current_app

from club.accounts.consents import give_consent
from club.accounts.models import ConsentPurpose
from club.db import db, transaction
from club.knowledge.models import PersonTopic
from club.people.merging import operations
from club.people.merging.models import PersonMerge
from club.refusal import RefusedError
from club.registration.operations import register_on_behalf
from tests.people.merging_kit import entry, joined, planned, rows_of, two_entries
from tests.records.kit import a_coordinator, every, on_the_list
from tests.support.factories import NOW, a_run, a_topic, an_account

pytestmark = pytest.mark.slow

HOUR = timedelta(hours=1)


def at_once(*calls):
    """What each of these came to: ``None``, or the name of what it was refused for."""
    app = current_app._get_current_object()
    start, came_to, errors = threading.Barrier(len(calls)), {}, []

    def one(number, call):
        with app.app_context():
            db.session.connection()
            db.session.rollback()
            start.wait()
            try:
                call()
                came_to[number] = None
            except RefusedError as refused:
                came_to[number] = refused.refusal.name
            except Exception as error:  # noqa: BLE001  reported by the assertion below
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(calls)]
    db.session.rollback()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What this thread read before is an older picture on SQLite.
    db.session.rollback()
    assert errors == []
    return [came_to[number] for number in range(len(calls))]


class By:
    """The same account for several threads, without its session."""

    def __init__(self, account):
        self.id, self.person_id = account.id, account.person_id


def merging(kept, gone, by):
    kept_id, gone_id, seen = kept.id, gone.id, planned(kept, gone).fingerprint
    given = {"seen": seen, "reason": "x", "by": By(by), "now": NOW}
    return lambda: operations.merge(kept_id, gone_id, **given)


def test_several_coordinators_put_the_same_two_together():
    kept, gone = two_entries()
    on_the_list(a_run(), gone)
    by = a_coordinator()
    came_to = at_once(*(merging(kept, gone, by) for _ in range(6)))
    assert sorted(map(str, came_to)) == ["MERGED_ALREADY"] * 5 + ["None"]
    assert len(every(PersonMerge)) == 1
    assert rows_of(kept)["registration"] == 1


def test_each_of_two_coordinators_lets_another_one_stay():
    one, other = two_entries()
    by = a_coordinator()
    came_to = at_once(merging(one, other, by), merging(other, one, by))
    assert sorted(map(str, came_to)) == ["MERGED_ALREADY", "None"]
    assert [entry(one).merged_into_id, entry(other).merged_into_id].count(None) == 1


def test_whoever_registers_meanwhile_is_not_lost():
    """As an entry that goes: either the registration goes along, or it is refused, or the
    coordinator has to look once more; never does it stay behind alone.
    """
    by, run = a_coordinator(), a_run(seats=100)
    run_id, by_id = run.id, by.id
    for _ in range(6):
        kept, gone = two_entries()
        on_the_list(a_run(), gone)
        give_consent(gone.id, ConsentPurpose.PERSONAL_DATA, language="vi", now=NOW)
        gone_id = gone.id

        def registering(gone_id=gone_id):
            register_on_behalf(gone_id, run_id=run_id, organisation_id=None, by=by_id, now=NOW)

        merged, registered = at_once(merging(kept, gone, by), registering)
        assert (merged, registered) in {(None, "NO_SUCH_PERSON"), ("MEANWHILE", None)}
        here, there = rows_of(kept).get("registration", 0), rows_of(gone).get("registration", 0)
        assert (here, there) == ((1, 0) if merged is None else (0, 2))


def follows(person, topic):
    with transaction() as session:
        session.add(PersonTopic(person_id=person.id, topic_id=topic.id, since=NOW))


def test_what_comes_late_to_an_entry_that_went_is_led_on():
    """Whoever had begun to write something down about it does not know of the joining."""
    kept, gone = two_entries()
    topics = [a_topic() for _ in range(3)]
    follows(gone, topics[0])
    follows(kept, topics[1])
    merged, by = joined(kept, gone), an_account()
    for topic in topics[1:]:
        follows(gone, topic)
    assert operations.lead_latecomers_on(now=NOW + HOUR) == 1
    assert (rows_of(kept)["person_topic"], rows_of(gone)["person_topic"]) == (3, 1)
    assert operations.lead_latecomers_on(now=NOW + HOUR) == 0
    operations.undo(merged.id, reason="x", by=by, now=NOW + 2 * HOUR)
    assert (rows_of(kept)["person_topic"], rows_of(gone)["person_topic"]) == (1, 3)
    assert operations.lead_latecomers_on(now=NOW + 3 * HOUR) == 0


def test_nothing_is_looked_for_where_entries_became_one_long_ago():
    kept, gone = two_entries()
    joined(kept, gone)
    follows(gone, a_topic())
    assert operations.lead_latecomers_on(now=NOW + 25 * HOUR) == 0


def test_several_coordinators_undo_at_once():
    kept, gone = two_entries()
    on_the_list(a_run(), gone)
    merge_id, by = joined(kept, gone).id, By(a_coordinator())
    undoing = [lambda: operations.undo(merge_id, reason="x", by=by, now=NOW) for _ in range(4)]
    came_to = at_once(*undoing)
    assert sorted(map(str, came_to)) == ["None", *["UNDONE_ALREADY"] * 3]
    assert rows_of(gone)["registration"] == 1
