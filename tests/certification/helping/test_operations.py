"""Asking for help, from the first word to how it ended."""

from datetime import timedelta

import pytest

from club.accounts.consents import withdraw_consent
from club.accounts.models import ConsentPurpose
from club.certification.helping import operations, queries
from club.certification.helping.models import HelpRequest, HelpState
from club.certification.models import Expert
from club.certification.register.operations import Profile, say_of_oneself
from club.db import db
from club.knowledge.models import Tool
from club.refusal import RefusedError
from tests.certification.helping.kit import (
    a_coordinator,
    a_member,
    a_representative,
    an_expert_with_account,
    asked,
    letters_to,
    took,
)
from tests.certification.kit import with_schemes
from tests.people.merging_kit import joined, two_entries
from tests.support.factories import NOW, a_person, an_account, reload, saved

DAY = timedelta(days=1)
SECRET = ("hoivien@example.vn", "+84901112222", "+84909999999")


@pytest.fixture(autouse=True)
def schemes(context):
    with_schemes()


@pytest.fixture
def pair():
    return an_expert_with_account()


@pytest.fixture
def member():
    return a_member(email="hoivien@example.vn", phone="+84901112222")


def refused(act, *args, **given):
    with pytest.raises(RefusedError) as error:
        act(*args, **given)
    return error.value.refusal.name


def story(request):
    found = queries.request_by_public_id(request.public_id)
    return [step.kind.value for step in found.steps]


def gone_from_the_register(expert):
    withdraw_consent(expert.person_id, ConsentPurpose.PUBLIC_EXPERT_REGISTER, now=NOW)


WAITS = "certification.waits_at_desk"


def test_an_expert_is_asked_and_told_without_an_address(pair, member):
    expert, account = pair
    request = asked(expert, member)
    assert (request.state, story(request)) == (HelpState.WITH_EXPERT, ["asked"])
    (letter,) = letters_to(account)
    assert "Lê Hội Viên nhờ anh chị giúp" in letter
    assert "Chờ vật tư quá lâu ở chuyền 2." in letter
    assert f"/help-requests/{request.public_id}" in letter
    assert [secret for secret in (*SECRET, member.email) if secret in letter] == []
    assert letters_to(member) == []


def test_addresses_are_exchanged_on_acceptance(pair, member):
    expert, account = pair
    request = took(asked(expert, member), "accepted", account)
    assert request.state is HelpState.UNDER_WAY
    (to_asker,), (_first, to_expert) = letters_to(member), letters_to(account)
    assert (account.email in to_asker, "+84909999999" in to_asker) == (True, True)
    assert (member.email in to_expert, "+84901112222" in to_expert) == (True, True)


def test_a_question_goes_to_and_fro(pair, member):
    expert, account = pair
    request = asked(expert, member)
    took(request, "asked_back", account, "Mấy chuyền?")
    assert reload(request).state is HelpState.WITH_ASKER
    took(request, "answered", member, "Ba chuyền.")
    assert story(request) == ["asked", "asked_back", "answered"]
    assert "Mấy chuyền?" in letters_to(member)[0]
    assert "Ba chuyền." in letters_to(account)[1]
    for letter in (*letters_to(member), *letters_to(account)):
        assert [secret for secret in SECRET if secret in letter] == []


def test_who_was_declined_lets_the_club_find_somebody(pair, member):
    expert, account = pair
    second, other = an_expert_with_account("Võ Người Khác")
    request = took(asked(expert, member), "declined", account, "Tôi đi xa.")
    assert request.state is HelpState.DECLINED
    took(request, "asked_club", member)
    assert (reload(request).state, request.expert_id) == (HelpState.WITH_CLUB, None)
    assert refused(took, request, "accepted", account) == "NOT_YOUR_TURN"
    operations.pass_to(request.id, second.code, words=None, by=a_coordinator().id, now=NOW)
    assert (reload(request).state, request.expert_id) == (HelpState.WITH_EXPERT, second.id)
    assert "Câu lạc bộ hỏi anh chị" in letters_to(other)[0]
    assert "Võ Người Khác" in letters_to(member)[-1]
    took(request, "accepted", other)
    assert story(request) == ["asked", "declined", "asked_club", "passed", "accepted"]


def test_an_expert_hands_a_request_on_to_the_club(pair, member):
    expert, account = pair
    request = took(asked(expert, member), "handed_on", account)
    assert (request.state, request.expert_id) == (HelpState.WITH_CLUB, None)
    assert queries.asked_of(account.person_id) == []
    assert "đã chuyển lời nhờ" in letters_to(member)[0]


def test_coordinators_learn_of_what_the_club_is_to_look_after(pair, member):
    desk, (expert, account) = a_coordinator(), pair
    request = asked(expert, member)
    assert letters_to(desk, WAITS) == []
    took(request, "handed_on", account)
    (letter,) = letters_to(desk, WAITS)
    assert f"/help-requests/{request.public_id}" in letter
    assert request.problem not in letter


def test_the_club_passes_a_silent_experts_request_to_somebody_else(pair, member):
    expert, account = pair
    second, other = an_expert_with_account("Võ Người Khác")
    request = asked(expert, member)
    operations.pass_to(request.id, second.code, words="Gấp", by=a_coordinator().id, now=NOW)
    assert "Câu lạc bộ đã nhờ người khác" in letters_to(account)[-1]
    assert "Gấp" in letters_to(other)[0]
    assert refused(took, request, "accepted", account) == "NOT_YOUR_TURN"


def test_the_club_is_asked_at_once_and_closes_with_a_reason(member):
    request, staff = asked(None, member), a_coordinator()
    assert request.state is HelpState.WITH_CLUB
    assert refused(took, request, "closed", staff) == "WORDS_MISSING"
    took(request, "closed", staff, "Chưa có ai làm dệt.")
    assert reload(request).state is HelpState.CLOSED
    assert "Chưa có ai làm dệt." in letters_to(member)[0]


@pytest.mark.parametrize(("outcome", "words"), [("helped", "có ích"), ("not_helped", "chưa giúp")])
def test_how_it_ended_is_noted_with_a_link(pair, member, outcome, words):
    expert, account = pair
    request = took(asked(expert, member), "accepted", account)
    took(request, outcome, member, "Giảm nửa thời gian chờ.", led_to="/knowledge/bai-moi")
    assert (reload(request).state.value, request.led_to) == (outcome, "/knowledge/bai-moi")
    assert words in letters_to(account)[-1]
    assert len(letters_to(member)) == 1
    assert refused(took, request, outcome, account) == "OVER"


def test_nobody_asks_oneself(pair):
    expert, account = pair
    from club.membership.models import Membership

    saved(Membership(person_id=account.person_id, from_day=NOW.date()))
    assert refused(asked, expert, account) == "ONESELF"
    request = asked(None, account)
    staff = a_coordinator()
    given = {"words": None, "by": staff.id, "now": NOW}
    assert refused(operations.pass_to, request.id, expert.code, **given) == "ONESELF"
    assert reload(request).expert_id is None


def test_only_members_and_representatives_ask(pair):
    expert, _account = pair
    stranger, (representative, firm) = an_account(), a_representative()
    assert refused(asked, expert, stranger) == "NOT_A_MEMBER"
    assert refused(asked, expert, stranger, organisation=firm) == "NOT_YOUR_ORGANISATION"
    assert refused(asked, expert, representative) == "NOT_A_MEMBER"
    request = asked(expert, representative, organisation=firm)
    assert request.organisation_id == firm.id


def test_an_expert_who_left_or_takes_no_requests_is_not_asked(pair, member):
    expert, _account = pair
    say_of_oneself(expert.id, Profile(None, False, {}))
    assert refused(asked, expert, member) == "NOT_WELCOME"
    gone_from_the_register(expert)
    assert refused(asked, expert, member) == "NOT_LISTED"
    with pytest.raises(RefusedError):
        asked(None, member, expert_code="cg-nobody")


def test_an_expert_without_an_account_cannot_be_asked(pair, member):
    _expert, account = pair
    account.active = False
    db.session.commit()
    expert = db.session.query(Expert).one()
    assert refused(asked, expert, member) == "NOT_WELCOME"


def test_whose_entry_ended_meanwhile_declines_or_hands_on_but_does_not_accept(pair, member):
    expert, account = pair
    request = asked(expert, member)
    gone_from_the_register(expert)
    assert refused(took, request, "accepted", account) == "ENTRY_ENDED"
    assert refused(took, request, "asked_back", account, "?") == "ENTRY_ENDED"
    took(request, "handed_on", account)
    assert reload(request).state is HelpState.WITH_CLUB


def test_requests_to_an_expert_who_left_go_to_the_club_by_themselves(pair, member):
    expert, account = pair
    second, _other = an_expert_with_account("Võ Người Khác")
    request, stays = asked(expert, member), asked(second, member)
    assert operations.take_from_those_who_left(now=NOW) == 0
    gone_from_the_register(expert)
    assert operations.take_from_those_who_left(now=NOW) == 1
    assert operations.take_from_those_who_left(now=NOW) == 0
    assert (reload(request).state, request.expert_id) == (HelpState.WITH_CLUB, None)
    assert reload(stays).state is HelpState.WITH_EXPERT
    assert story(request) == ["asked", "expert_left"]
    assert "không còn trong danh sách" in letters_to(member)[0]
    assert len(letters_to(account)) == 1


def test_of_two_answers_the_second_is_refused(pair, member):
    expert, account = pair
    request = asked(expert, member)
    took(request, "withdrawn", member)
    assert refused(took, request, "accepted", account) == "OVER"
    assert story(request) == ["asked", "withdrawn"]
    assert "không cần giúp nữa" in letters_to(account)[-1]


def test_one_expert_is_asked_once_at_a_time(pair, member):
    expert, account = pair
    request = asked(expert, member)
    assert refused(asked, expert, member) == "ASKED_ALREADY"
    took(request, "declined", account)
    assert refused(asked, expert, member) == "ASKED_ALREADY"
    took(request, "withdrawn", member)
    assert asked(expert, member).state is HelpState.WITH_EXPERT


def test_three_open_requests_are_enough_for_a_person_and_for_an_organisation():
    representative, firm = a_representative()
    colleague, _same = a_representative("Đỗ Đồng Nghiệp", firm)
    requests = [asked(None, representative, organisation=firm) for _ in range(3)]
    assert refused(asked, None, representative, organisation=firm) == "TOO_MANY_OPEN"
    assert refused(asked, None, colleague, organisation=firm) == "TOO_MANY_OPEN"
    took(requests[0], "withdrawn", representative)
    assert asked(None, colleague, organisation=firm).state is HelpState.WITH_CLUB


def test_five_requests_are_enough_for_a_week(member):
    for _ in range(5):
        took(asked(None, member), "withdrawn", member)
    assert refused(asked, None, member) == "TOO_MANY"
    assert refused(asked, None, member, now=NOW + 6 * DAY) == "TOO_MANY"
    assert asked(None, member, now=NOW + 7 * DAY).state is HelpState.WITH_CLUB


def test_whose_turn_it_is_is_reminded_once(pair, member):
    expert, account = pair
    request = asked(expert, member)
    assert operations.remind(now=NOW + 2 * DAY) == 0
    assert operations.remind(now=NOW + 3 * DAY) == 1
    assert operations.remind(now=NOW + 9 * DAY) == 0
    assert len(letters_to(account, "certification.help_reminder")) == 1
    took(request, "asked_back", account, "Mấy chuyền?", now=NOW + 10 * DAY)
    assert operations.remind(now=NOW + 12 * DAY) == 0
    assert operations.remind(now=NOW + 13 * DAY) == 1
    assert len(letters_to(member, "certification.help_reminder")) == 1
    assert story(request) == ["asked", "reminded", "asked_back", "reminded"]


def test_who_was_helped_is_asked_after_a_month_whether_it_did(pair, member):
    expert, account = pair
    took(asked(expert, member), "accepted", account)
    assert operations.remind(now=NOW + 29 * DAY) == 0
    assert operations.remind(now=NOW + 30 * DAY) == 1
    assert "Có giúp được không" in letters_to(member, "certification.help_reminder")[0]


def test_tool_and_sector_are_kept(pair, member):
    expert, _account = pair
    saved(Tool(key="5s", name="5S", name_en="5S", position=1))
    request = asked(expert, member, tool_key="5s", sector="wood")
    assert (request.tool.key, request.sector) == ("5s", "wood")


def test_an_expert_whose_entries_became_one_answers_as_before(member):
    kept, gone = two_entries()
    account = an_account(person=kept)
    from tests.certification.register.kit import an_expert

    expert = an_expert(person=gone, agreed=False)
    from tests.certification.kit import agrees

    agrees(kept)
    joined(kept, gone)
    expert = db.session.get_one(Expert, expert.id)
    request = took(asked(expert, member), "accepted", account)
    assert (request.state, queries.asked_of(kept.id)) == (HelpState.UNDER_WAY, [request])


def test_of_two_open_requests_of_one_person_one_goes_on(pair):
    expert, _account = pair
    kept, gone = two_entries()
    from club.membership.models import Membership

    for person in (kept, gone):
        saved(Membership(person_id=person.id, from_day=NOW.date() - DAY, to_day=NOW.date()))
        asked(expert, an_account(person=person))
    asked(None, db.session.query(type(_account)).filter_by(person_id=gone.id).one())
    joined(kept, gone)
    states = [(r.person_id == kept.id, r.state.value) for r in db.session.query(HelpRequest)]
    assert sorted(states) == [(False, "withdrawn"), (True, "with_club"), (True, "with_expert")]


def test_who_is_nobody_in_it_takes_no_step(pair, member):
    expert, _account = pair
    request = asked(expert, member)
    for kind in ("accepted", "withdrawn", "closed", "asked_club"):
        assert refused(took, request, kind, an_account(person=a_person()), "x") == "NOT_YOUR_TURN"
