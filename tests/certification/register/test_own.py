"""The club's own recognitions in the register, visibly of another kind."""

from datetime import date, timedelta

import pytest

from club.accounts.models import RoleName
from club.certification.awards.operations.following import follow_days
from club.certification.awards.operations.renewing import confirm_renewal
from club.certification.candidacy.held import Step, take
from club.certification.candidacy.models import CandidateState, StepReason
from club.certification.queries import expert_of
from club.certification.register import queries
from club.certification.register.facts import HoldingKind, Shown, Wanted
from club.db import transaction
from tests.certification.awards.kit import TODAY, brought, holder, morning, recognised
from tests.certification.kit import agrees, checked, with_schemes
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.queries import counting_queries

_S, _R = CandidateState, StepReason


def an_awarded(full_name="Lý Được Công Nhận", **terms):
    account = an_account(person=a_person(full_name=full_name))
    agrees(account.person)
    return recognised(None, account, **terms)


def moved(award, *steps):
    with transaction():
        for state, reason in steps:
            take(award.candidate, Step(state, reason, an_account().id, NOW))


def shown(on=TODAY, **wanted):
    return [
        (expert.name, [(held.kind, held.standing) for held in expert.holdings])
        for expert in queries.experts_listed(Wanted(**wanted), on=on).items
    ]


VALID = [("Lý Được Công Nhận", [(HoldingKind.OWN, Shown.VALID)])]
SUSPENDED = [("Lý Được Công Nhận", [(HoldingKind.OWN, Shown.SUSPENDED)])]
WITHDRAWN = [("Lý Được Công Nhận", [(HoldingKind.OWN, Shown.WITHDRAWN)])]


@pytest.fixture(autouse=True)
def context_of_tests(context):
    with_schemes()


def test_who_is_recognised_has_a_code_and_stands_there():
    award = an_awarded()
    assert expert_of(award.person_id).code.startswith("cg-")
    assert shown() == VALID
    (held,) = queries.experts_listed(Wanted(), on=TODAY).items[0].holdings
    assert (held.body, held.checked_on, held.level) == (None, None, award.level.name)


def test_a_recognition_is_shown_through_its_last_day_whatever_its_state_says():
    award = an_awarded(validity_months=12)
    last = award.periods[0].valid_until
    assert award.candidate.state is _S.VALID
    assert (shown(on=last), shown(on=last + timedelta(days=1))) == (VALID, [])


def test_a_suspended_one_is_shown_with_that_word_or_not_at_all():
    for shows, expected in ((True, SUSPENDED), (False, [])):
        award = an_awarded(suspended_shown=shows)
        moved(award, (_S.SUSPENDED, _R.SUSPENDED))
        assert shown() == expected
        moved(award, (_S.WITHDRAWN, _R.RECOGNITION_WITHDRAWN))


def test_a_suspended_expert_cannot_be_asked():
    award = an_awarded(suspended_shown=True)
    moved(award, (_S.SUSPENDED, _R.SUSPENDED))
    assert not queries.experts_listed(Wanted(), on=TODAY).items[0].is_valid
    assert shown(helps="1") == []


def test_a_withdrawn_one_is_shown_where_the_scheme_says_so():
    for shows, expected in ((False, []), (True, WITHDRAWN)):
        moved(an_awarded(withdrawn_shown=shows), (_S.WITHDRAWN, _R.RECOGNITION_WITHDRAWN))
        assert shown() == expected


def test_who_gave_a_recognition_back_is_shown_no_more():
    moved(an_awarded(withdrawn_shown=True), (_S.WITHDRAWN, _R.WITHDRAWN_BY_PERSON))
    assert shown() == []


def test_an_appeal_changes_nothing_before_it_is_granted():
    award = an_awarded(suspended_shown=True, withdrawn_shown=True)
    moved(award, (_S.SUSPENDED, _R.SUSPENDED), (_S.APPEALED, _R.APPEAL_MADE))
    assert shown() == SUSPENDED


def test_the_two_kinds_stand_side_by_side_and_are_found_by_their_schemes(client):
    award = an_awarded()
    checked(award.person, "PS-9")
    page = client.get("/experts/").text
    assert ("Công nhận của câu lạc bộ" in page, "Chứng nhận của tổ chức" in page) == (True, True)
    kinds = [held["kind"] for held in client.get("/experts.json").json["items"][0]["certificates"]]
    assert sorted(kinds) == ["outside", "own"]
    scheme = award.level.version.scheme.key
    assert len(shown(scheme=scheme, level=award.level.key)) == 1
    assert shown(scheme=scheme, level="nonsense") == []
    assert shown(scheme="apo_ps", level=award.level.key) == []
    titles = {title.scheme_key for title in queries.titles(on=TODAY)}
    assert titles == {scheme, "apo_ps"}


def test_as_many_questions_for_one_recognition_as_for_several():
    counts = []
    for number in (1, 2):
        for _ in range(number):
            an_awarded()
        with counting_queries() as asked:
            queries.experts_listed(Wanted(), on=TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_register_says_the_validity_that_the_certificate_says(client):
    award = an_awarded(validity_months=12)
    with transaction():
        first = reload(award).periods[0]
        first.valid_from -= timedelta(days=40)
    (held,) = queries.experts_listed(Wanted(), on=TODAY).items[0].holdings
    assert (held.issued_on, held.valid_from) == (TODAY, TODAY - timedelta(days=40))
    [item] = client.get("/experts.json").json["items"]
    assert item["certificates"][0]["valid_from"] == (TODAY - timedelta(days=40)).isoformat()
    told = f"{first.valid_from:%d/%m/%Y} – {first.valid_until:%d/%m/%Y}"
    for address in ("/experts/", f"/experts/{item['code']}"):
        assert told in client.get(address).text


def test_a_renewal_that_follows_at_once_begins_no_new_validity():
    candidate = holder()
    agrees(candidate.person)
    brought(candidate, day=date(2027, 5, 1))
    due = morning(date(2027, 12, 1))
    follow_days(now=due)
    confirm_renewal(candidate.id, remark=None, by=an_account(RoleName.COORDINATOR).id, now=due)
    (held,) = queries.experts_listed(Wanted(), on=date(2029, 1, 1)).items[0].holdings
    assert (held.valid_from, held.expires_on) == (TODAY, date(2030, 3, 3))


def test_nobody_is_found_by_the_titles_of_those_who_did_not_agree():
    recognised()
    assert queries.titles(on=TODAY) == []
    checked(number="PS-1")
    assert queries.titles(on=TODAY) == []
    award = an_awarded()
    assert [title.scheme_key for title in queries.titles(on=TODAY)] == [
        award.level.version.scheme.key
    ]
