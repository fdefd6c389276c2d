"""What tallies name in place of values: counted before it is kept, and kept for good."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from club.db import db, transaction
from club.people.models import AudienceKind
from club.statistics.dimensions import Dimension
from club.statistics.figures import Measures, trainee_counts
from club.statistics.tallies import queries
from club.statistics.tallies.models import RunTally, TallyProfile
from club.statistics.tallies.operations import tally_marked
from tests.statistics.test_figures import YEAR, a_record
from tests.support.factories import NOW, a_person, a_run, a_unit


def kept_profiles():
    return db.session.scalars(select(TallyProfile).order_by(TallyProfile.id)).all()


def test_a_marked_class_with_a_profile_nobody_has_seen_is_counted_and_reading_keeps_nothing():
    """Beside one that is tallied with another profile, and one that shares the new one."""
    a_record(a_run(), a_person())
    tally_marked()
    ward = a_unit()
    unseen = {"audience": AudienceKind.INDIVIDUAL, "sector": "wood", "unit_id": ward.id}
    for _ in range(2):
        a_record(a_run(), a_person(), **unseen, completed=False, attended_minutes=100)
    by = (Dimension.AUDIENCE, Dimension.UNIT, Dimension.SECTOR, Dimension.RESULT)
    expected = [
        (("enterprise", None, None, "completed"), Measures(1, 1, 240, 1)),
        (("individual", ward.key, "wood", "not_completed"), Measures(2, 2, 200, 0)),
    ]
    counted = trainee_counts(YEAR, by=by, as_of=NOW).rows
    assert sorted((row.values, row.measures) for row in counted) == expected
    chosen = trainee_counts(YEAR, as_of=NOW, selection={Dimension.SECTOR: "wood"}).total
    assert (chosen, len(kept_profiles())) == (Measures(2, 2, 200, 0), 1)
    tally_marked()
    assert trainee_counts(YEAR, by=by, as_of=NOW).rows == counted
    assert [(one.audience, one.unit_id, one.sector, one.completed) for one in kept_profiles()] == [
        ("enterprise", 0, "", True),
        ("individual", ward.id, "wood", False),
    ]
    assert queries.differing_runs() == []


def test_a_profile_that_is_there_is_named_and_not_kept_twice():
    for _ in range(2):
        a_record(a_run(), a_person())
        tally_marked()
    (profile,) = kept_profiles()
    tallies = db.session.scalars(select(RunTally)).all()
    assert [one.profile for one in tallies] == [[profile.id], [profile.id]]


@pytest.mark.parametrize("change", [update(TallyProfile).values(sex="male"), delete(TallyProfile)])
def test_a_profile_is_neither_changed_nor_deleted(change):
    a_record(a_run(), a_person())
    tally_marked()
    refused = pytest.raises(IntegrityError, match="a profile of tallies never changes")
    with refused, transaction() as session:
        session.execute(change)
    assert [one.sex for one in kept_profiles()] == ["female"]


def test_a_tally_that_names_another_profile_or_none_there_is_is_found():
    right, other, lost = a_run(), a_run(), a_run()
    for run in (right, other, lost):
        a_record(run, a_person())
    a_record(a_run(), a_person(), sector="wood")
    tally_marked()
    wood = next(one for one in kept_profiles() if one.sector == "wood").id
    with transaction() as session:
        for run, profile in ((other, wood), (lost, 999)):
            of_it = update(RunTally).where(RunTally.run_id == run.id)
            session.execute(of_it.values(profile=[profile]))
    assert queries.differing_runs() == sorted([other.code, lost.code])


def test_a_tally_may_say_a_profile_in_its_own_values():
    """As it does where two tallied at once, and one could not see what the other had kept."""
    run = a_run()
    a_record(run, a_person(), sector="wood")
    tally_marked()
    with transaction() as session:
        session.execute(update(RunTally).values(profile=[["enterprise", 0, "wood", "female", 1]]))
    rows = trainee_counts(YEAR, by=[Dimension.SECTOR], as_of=NOW).rows
    assert [(row.values, row.measures) for row in rows] == [(("wood",), Measures(1, 1, 240, 1))]
    assert queries.differing_runs() == []
