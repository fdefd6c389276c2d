"""Two at the same moment: nobody begins the same way twice, and nothing is decided twice."""

import threading

import pytest

from club.accounts.models import RoleName
from club.certification.candidacy import queries
from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations import admitting, applying
from club.db import db
from club.refusal import RefusedError
from tests.certification.candidacy.kit import a_level, applied
from tests.support.factories import NOW, an_account, reload

pytestmark = pytest.mark.usefixtures("context")


def at_once(app, *deeds):
    """What each of them came to: ``None``, or the refusal."""
    db.session.rollback()
    barrier, came_to = threading.Barrier(len(deeds)), {}

    def act(number, deed):
        with app.app_context():
            barrier.wait()
            try:
                deed()
                came_to[number] = None
            except RefusedError as refused:
                came_to[number] = refused.refusal
            finally:
                db.session.remove()

    threads = [threading.Thread(target=act, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [came_to[number] for number in range(len(deeds))]


def test_one_person_applies_twice_at_the_same_moment(app):
    level, account = a_level(), an_account()
    level_id, person_id, by = level.id, account.person_id, account.id

    def apply():
        applying.apply(person_id, level_id=level_id, motivation=None, by=by, now=NOW)

    assert at_once(app, apply, apply).count(None) == 1
    assert len(queries.candidacies_of(person_id)) == 1


def test_two_coordinators_decide_at_the_same_moment(app):
    candidate = applied()
    candidate_id = candidate.id
    one, other = (an_account(RoleName.COORDINATOR).id for _ in range(2))

    def admit():
        admitting.admit(candidate_id, remark=None, by=one, now=NOW)

    def turn_down():
        admitting.turn_down(candidate_id, remark="Chưa đủ", by=other, now=NOW)

    assert at_once(app, admit, turn_down).count(None) == 1
    assert len(reload(candidate).steps) == 2
    assert candidate.state in {CandidateState.ADMITTED, CandidateState.REFUSED}
