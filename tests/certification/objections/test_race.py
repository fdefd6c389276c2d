"""Two at the same moment, two entries of one person, and an erasure."""

import pytest

from club.certification.candidacy.models import CandidateState
from club.certification.candidacy.operations.going_on import try_again
from club.certification.objections import personal_rows, queries
from club.certification.objections.models import AppealState, Remedy
from club.certification.objections.operations import appealing, complaining, deciding
from club.certification.objections.operations.deciding import Ruling
from club.certification.objections.personal_rows import MergeRefusal
from club.certification.objections.rules import AppealRefusal
from club.db import db
from club.files.models import StoredFile
from club.web.personal_data import ERASED_NAME, Erasure, Pair, Whose
from tests.certification.assessment.kit import a_coordinator, a_judged_level
from tests.certification.candidacy.kit import a_paper, applied
from tests.certification.candidacy.test_race import at_once
from tests.certification.objections.kit import (
    WORDS,
    a_complaint,
    a_sender,
    account_of,
    appealed,
    decided,
    heard,
    not_admitted,
)
from tests.support.factories import NOW, an_account, reload

pytestmark = pytest.mark.usefixtures("context")


def test_one_of_two_who_decide_at_once_decides(app):
    candidate = decided()
    appeal_id = appealed(candidate).id
    one, other = a_coordinator().id, a_coordinator().id

    def grants():
        ruling = Ruling(Remedy.NEW_ROUND, "Xem lại.")
        deciding.decide(appeal_id, ruling, by=one, now=NOW)

    def refuses():
        deciding.decide(appeal_id, Ruling(None, "Giữ nguyên."), by=other, now=NOW)

    came_to = at_once(app, grants, refuses)
    assert sorted(came_to, key=str) == sorted([None, AppealRefusal.NOT_OPEN], key=str)
    [appeal] = queries.closed_appeals(most=5)
    granted = came_to[0] is None
    assert appeal.state is (AppealState.GRANTED if granted else AppealState.REFUSED)
    after = CandidateState.UNDER_ASSESSMENT if granted else CandidateState.NOT_YET
    assert reload(candidate).state is after


def test_an_appeal_sent_twice_at_once_is_there_once(app):
    candidate = decided()
    candidate_id, by = candidate.id, account_of(candidate).id

    def appeal():
        appealing.appeal(candidate_id, WORDS, by=by, now=NOW)

    came_to = at_once(app, appeal, appeal)
    assert sorted(came_to, key=str) == sorted([None, AppealRefusal.APPEALED_ALREADY], key=str)


def test_who_appeals_and_tries_again_at_once_does_one_of_both(app):
    candidate = decided()
    candidate_id, by = candidate.id, account_of(candidate).id

    def appeal():
        appealing.appeal(candidate_id, WORDS, by=by, now=NOW)

    def again():
        try_again(candidate_id, by=by, now=NOW)

    came_to = at_once(app, appeal, again)
    assert came_to.count(None) == 1


def test_a_complaint_sent_twice_at_once_is_there_once(app):
    account = an_account()
    sender = a_sender(account)
    came_to = at_once(app, lambda: a_complaint(sender), lambda: a_complaint(sender))
    assert came_to == [None, None]
    assert len(queries.complaints_of(account.person_id)) == 1


def test_two_entries_wait_for_the_appeal_where_both_are_on_one_way():
    level = a_judged_level()
    candidate = decided(level=level)
    other = applied(level)
    pair = Pair(kept=other.person_id, gone=candidate.person_id)
    assert list(personal_rows.conflicts(pair)) == []
    appeal = appealed(candidate)
    [conflict] = personal_rows.conflicts(pair)
    assert (conflict.refusal, list(conflict.about)) == (
        MergeRefusal.APPEAL_TO_DECIDE,
        [candidate.level.name],
    )
    deciding.decide(appeal.id, Ruling(None, "Giữ."), by=a_coordinator().id, now=NOW)
    assert list(personal_rows.conflicts(pair)) == []


def test_an_appeal_hinders_no_entry_that_is_on_no_such_way():
    candidate = not_admitted()
    appealed(candidate)
    other = an_account()
    assert list(personal_rows.conflicts(Pair(other.person_id, candidate.person_id))) == []


def erasure_of(account):
    return Erasure(
        Whose(account.person_id, account.id),
        full_name=account.person.full_name,
        addresses=[account.email],
        keeps_certificates=False,
        by=a_coordinator().id,
        now=NOW,
    )


def test_an_erasure_leaves_that_there_was_an_appeal_and_no_word_of_it():
    candidate = decided()
    appeal = appealed(candidate, paper=a_paper().file)
    deciding.decide(appeal.id, Ruling(None, "Lý do."), by=a_coordinator().id, now=NOW)
    file_id = appeal.papers[0].file_id
    personal_rows.erase(erasure_of(account_of(candidate)))
    found = reload(appeal)
    assert (found.words, found.wish, found.state) == (ERASED_NAME, ERASED_NAME, AppealState.REFUSED)
    assert [(step.reason, step.told) for step in found.steps] == [(None, None)] * 2
    assert reload(found.papers[0]).file_id is None
    assert db.session.get(StoredFile, file_id) is None


@pytest.mark.parametrize("who", ["sender", "about"])
def test_an_erasure_leaves_that_there_was_a_complaint_and_no_word_of_it(who):
    sender, about = an_account(), an_account()
    complaint = a_complaint(a_sender(sender))
    hearing = heard(complaint, about.person)
    complaining.answer(hearing.id, "Không đúng.", by=about.id, now=NOW)
    personal_rows.erase(erasure_of({"sender": sender, "about": about}[who]))
    found = reload(complaint)
    assert (found.named, found.words) == (ERASED_NAME, ERASED_NAME)
    assert {(step.reason, step.told) for step in found.steps} == {(None, None)}
    # What the other side said stays its own.
    assert (reload(hearing).answer is None) is (who == "about")
