"""A candidacy for another body's certificate follows that certificate, from its check to its end."""

from datetime import date, timedelta

import pytest

from club.certification.assessment.operations.deciding import Ruling, decide
from club.certification.assessment.rules import AssessmentRefusal
from club.certification.candidacy.models import CandidateState as S
from club.certification.candidacy.models import StepReason as R
from club.certification.candidacy.models import WaitsFor
from club.certification.candidacy.operations import going_on
from club.certification.candidacy.operations.following import follow_certificates
from club.certification.candidacy.rules import CandidacyRefusal
from club.certification.models import WithdrawalKind
from club.certification.operations import (
    Withdrawal,
    check_certificate,
    record_certificate,
    withdraw_certificate,
)
from club.certification.schemes.models import Deciding, SchemeLevel
from club.clock import local_day
from club.db import transaction
from tests.certification.assessment.kit import a_judged_level, under_assessment
from tests.certification.candidacy.kit import (
    admitted,
    applied,
    coordinator,
    letters,
    refused,
    story,
)
from tests.certification.kit import facts
from tests.certification.scheme_kit import a_scheme, a_version, published
from tests.support.factories import NOW, an_account, reload

TODAY = local_day(NOW)
END = TODAY + timedelta(days=365)


@pytest.fixture
def level(context):
    return a_level_of_a_body()


def a_level_of_a_body(key="theirs", **given):
    scheme = a_scheme(key, awarded_by_club=False)
    return a_judged_level(scheme, deciding=Deciding.BODY, **given)


def a_certificate(candidate, number="1", **given):
    """Of the candidate's scheme, checked."""
    given = {"issued_on": TODAY, "expires_on": END, "scheme_key": scheme_key(candidate)} | given
    recorded = record_certificate(candidate.person_id, facts(number, **given), by=None, now=NOW)
    return check_certificate(recorded.id, by=coordinator().id, now=NOW)


def scheme_key(candidate):
    return candidate.level.version.scheme.key


def later(day):
    return NOW + timedelta(days=(day - TODAY).days)


def last_step(candidate):
    return story(candidate)[-1]


def test_a_checked_certificate_ends_the_way_and_waits_for_nobody(level):
    candidate = admitted(level)
    a_certificate(candidate)
    assert last_step(candidate) == (S.ADMITTED, S.HELD, R.CERTIFICATE_CHECKED)
    assert reload(candidate).state.waits_for is WaitsFor.NOBODY
    (letter,) = letters("certificate_held")
    assert "Câu lạc bộ đã xem chứng nhận" in letter.body_text
    assert reload(candidate).steps[-1].told.endswith(letter.body_text)


def test_it_ends_with_the_certificate_and_another_way_can_begin(level):
    account = an_account()
    candidate = admitted(level, account)
    a_certificate(candidate)
    assert refused(applied, level, account) is CandidacyRefusal.CANDIDATE_ALREADY
    assert follow_certificates(now=later(END)) == 0
    assert follow_certificates(now=later(END + timedelta(days=1))) == 1
    assert last_step(candidate) == (S.HELD, S.EXPIRED, R.CERTIFICATE_ENDED)
    assert len(letters("certificate_over")) == 1
    assert follow_certificates(now=later(END + timedelta(days=2))) == 0
    assert applied(level, account).state is S.APPLIED


def test_the_next_certificate_goes_on_from_the_last_one(level):
    candidate = admitted(level)
    a_certificate(candidate)
    a_certificate(candidate, "2", expires_on=END + timedelta(days=365))
    assert follow_certificates(now=later(END + timedelta(days=1))) == 0
    assert reload(candidate).state is S.HELD


def test_who_is_certified_again_after_the_end_holds_it_again(level):
    candidate = admitted(level)
    a_certificate(candidate)
    follow_certificates(now=(after := later(END + timedelta(days=1))))
    given = {"issued_on": END, "expires_on": None, "scheme_key": scheme_key(candidate)}
    renewed = record_certificate(candidate.person_id, facts("2", **given), by=None, now=after)
    check_certificate(renewed.id, by=coordinator().id, now=after)
    assert last_step(candidate) == (S.EXPIRED, S.HELD, R.CERTIFICATE_CHECKED)


def test_what_the_body_takes_back_ends_it_and_a_mistake_undoes_it(level):
    by = coordinator().id
    taken_back, mistaken = admitted(level), admitted(level)
    for candidate, number, withdrawal in (
        (
            taken_back,
            "1",
            Withdrawal(WithdrawalKind.TAKEN_BACK, "Bị thu hồi", TODAY, "Sổ của tổ chức"),
        ),
        (mistaken, "2", Withdrawal(WithdrawalKind.MISTAKE, "Nhập nhầm")),
    ):
        certificate = a_certificate(candidate, number)
        withdraw_certificate(certificate.id, withdrawal, by=by, now=NOW)
    assert last_step(taken_back) == (S.HELD, S.EXPIRED, R.CERTIFICATE_ENDED)
    assert last_step(mistaken) == (S.HELD, S.COLLECTING, R.CERTIFICATE_MISTAKEN)
    assert "nhập nhầm" in letters("certificate_over")[-1].body_text


@pytest.mark.parametrize(
    "given",
    [
        {"issued_on": TODAY - timedelta(days=1)},
        {"scheme_key": "another_body"},
        {"issued_on": TODAY, "expires_on": TODAY, "now": later(TODAY + timedelta(days=1))},
    ],
    ids=["issued before it was begun", "of another scheme", "run out"],
)
def test_other_certificates_lead_nowhere(level, given):
    a_scheme("another_body", awarded_by_club=False)
    candidate, now = admitted(level), given.pop("now", NOW)
    given = {"scheme_key": scheme_key(candidate)} | given
    recorded = record_certificate(candidate.person_id, facts(**given), by=None, now=now)
    check_certificate(recorded.id, by=coordinator().id, now=now)
    assert follow_certificates(now=now) == 0
    assert reload(candidate).state is S.ADMITTED


def test_of_two_levels_the_certificate_names_one(context):
    version = a_version(scheme=a_scheme("theirs", awarded_by_club=False), deciding=Deciding.BODY)
    with transaction() as session:
        master = SchemeLevel(version_id=version.id, key="master", name="Bậc thầy", position=2)
        session.add(master)
    level = published(version).levels[0]
    candidates = [admitted(level) for _ in range(3)]
    for number, (candidate, named) in enumerate(
        zip(candidates, (None, "Bậc thầy", "chuyên gia"), strict=True)
    ):
        a_certificate(candidate, str(number), level=named)
    assert [reload(one).state for one in candidates] == [S.ADMITTED, S.ADMITTED, S.HELD]


def test_what_was_checked_before_the_admission_counts_within_the_hour(level):
    account = an_account()
    candidate = applied(level, account)
    a_certificate(candidate)
    assert reload(candidate).state is S.APPLIED
    with transaction() as session:
        session.get_one(type(candidate), candidate.id).state = S.ADMITTED
    assert follow_certificates(now=NOW) == 1
    assert reload(candidate).state is S.HELD


def test_what_the_club_decided_under_an_older_rule_follows_whichever_certificate_there_is(context):
    level = a_judged_level(a_scheme("older", awarded_by_club=False))
    candidate = under_assessment(level)
    with transaction() as session:
        session.get_one(type(candidate), candidate.id).state = S.CERTIFIED
    a_certificate(candidate, issued_on=date(2025, 1, 1))
    assert reload(candidate).state is S.HELD
    assert follow_certificates(now=NOW) == 0


def test_nobody_of_the_club_certifies_for_another_body(level):
    candidate = under_assessment(level)
    by = coordinator().id
    yes = Ruling(S.CERTIFIED, "Đạt")
    assert refused(decide, candidate.id, yes, by=by, now=NOW) is AssessmentRefusal.BODY_CERTIFIES
    decide(candidate.id, Ruling(S.NOT_YET, "Tổ chức chưa cấp"), by=by, now=NOW)
    assert reload(candidate).state is S.NOT_YET


def test_who_holds_it_may_stop_and_is_not_said_to_give_a_recognition_up(level):
    account = an_account()
    candidate = admitted(level, account)
    a_certificate(candidate)
    going_on.withdraw(candidate.id, remark=None, by=account.id, now=NOW)
    assert (len(letters("withdrawn")), len(letters("given_up"))) == (1, 0)


def test_the_pages_of_whoever_holds_it(level, sign_in):
    account = an_account()
    candidate = admitted(level, account)
    a_certificate(candidate)
    own = sign_in(account).get(f"/candidacies/{candidate.public_id}").text
    assert "Tổ chức khác đã chứng nhận cho anh chị" in own
    board = sign_in(coordinator()).get("/office/certification/candidates").text
    assert f"Chứng nhận có hiệu lực đến: {END:%d/%m/%Y}" in board
    assert "Chờ câu lạc bộ: 0" in board
