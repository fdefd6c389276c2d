"""Runs by invitation: whom the club writes to, and nobody else."""

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.courses.models import RunState
from club.db import db
from club.outbox.models import Letter
from club.refusal import RefusedError
from club.registration import operations as registering
from club.registration import pool, terms
from club.registration.inviting import operations, queries
from club.registration.inviting.models import RunInvitation
from club.registration.inviting.operations import Guests
from club.registration.inviting.rules import InvitationRefusal, read_addresses
from club.registration.models import WayIn
from club.registration.rules.coming import NotEligibleError, RegistrationRefusal
from club.registration.rules.terms import Terms
from tests.registration.support import a_registrant, active, register, states, withdraw
from tests.support.factories import NOW, a_run, an_account, reload
from tests.support.pages import flashed, words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR).id


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


@pytest.fixture
def run(by):
    run = a_run()
    terms.set_terms(run.id, Terms(way_in=WayIn.INVITATION), by=by, now=NOW)
    return reload(run)


def invite(run, *emails, by, **given):
    return operations.invite(run.id, Guests(emails, **given), by=by, now=NOW)


def invited_letters():
    query = select(Letter.recipient, Letter.person_id).where(Letter.kind == "registration.invited")
    return sorted(db.session.execute(query).all())


def not_invited(account, run):
    with pytest.raises(NotEligibleError) as refused:
        register(account, run)
    return [one.refusal for one in refused.value.verdict.reasons]


def test_only_the_invited_address_lets_in(run, by):
    an, binh = a_registrant(email="An.Le@example.vn"), a_registrant()
    invite(run, "an.le@example.vn", by=by)
    register(an, run)
    assert not_invited(binh, run) == [RegistrationRefusal.INVITED_ONLY]
    assert states(run) == [(1, "confirmed")]
    assert invited_letters() == [("An.Le@example.vn", an.person_id)]


def test_an_unconfirmed_account_gets_nothing_by_the_address_it_claims(run, by):
    invite(run, "an@example.vn", by=by)
    claims = a_registrant(email="an@example.vn", confirmed_at=None)
    assert not_invited(claims, run) == [RegistrationRefusal.ACCOUNT_NOT_CONFIRMED]


def test_an_invitation_to_one_run_is_none_to_another(run, by):
    an, other = a_registrant(email="an@example.vn"), a_run()
    terms.set_terms(other.id, Terms(way_in=WayIn.INVITATION), by=by, now=NOW)
    invite(run, "an@example.vn", by=by)
    assert not_invited(an, reload(other)) == [RegistrationRefusal.INVITED_ONLY]


def test_nobody_is_written_to_twice(run, by):
    first = invite(run, "an@example.vn", "binh@example.vn", by=by)
    second = invite(run, "an@example.vn", "chi@example.vn", by=by)
    assert ((first.new, first.already), (second.new, second.already)) == ((2, 0), (1, 1))
    assert [address for address, _ in invited_letters()] == [
        "an@example.vn", "binh@example.vn", "chi@example.vn",
    ]  # fmt: skip
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "registration.invite")
    ).all()
    assert [entry.detail for entry in entries] == [{"people": 2}, {"people": 1}]


def test_a_withdrawn_invitation_lets_nobody_in_and_takes_no_place_away(run, by):
    an, binh = (a_registrant(email=f"{name}@example.vn") for name in ("an", "binh"))
    invite(run, "an@example.vn", "binh@example.vn", by=by)
    register(an, run)
    for row in queries.invitation_rows(run.id):
        for _ in range(2):
            operations.withdraw_invitation(row.invitation, by=by, now=NOW)
    assert not_invited(binh, run) == [RegistrationRefusal.INVITED_ONLY]
    assert states(run) == [(1, "confirmed")]
    assert invite(run, "binh@example.vn", by=by).new == 1
    register(binh, run)


def told_of_withdrawal():
    query = select(Letter).filter_by(kind="registration.invitation_withdrawn")
    return [(one.recipient, one.person_id) for one in db.session.scalars(query.order_by(Letter.id))]


def test_who_loses_an_invitation_is_told_once_and_who_is_on_the_list_is_not(run, by):
    an, binh = (a_registrant(email=f"{name}@example.vn") for name in ("an", "binh"))
    invite(run, "an@example.vn", "binh@example.vn", "la@example.vn", by=by)
    register(an, run)
    for row in reversed(queries.invitation_rows(run.id)):
        for _ in range(2):
            operations.withdraw_invitation(row.invitation, by=by, now=NOW)
    assert told_of_withdrawal() == [("binh@example.vn", binh.person_id), ("la@example.vn", None)]
    letter = db.session.scalars(select(Letter).filter_by(recipient="la@example.vn")).all()[-1]
    assert f"/courses/{run.course.slug}" in letter.body_text


def test_who_is_invited_to_a_class_that_is_cancelled_is_told_once(run, by):
    an, chi = (a_registrant(email=f"{name}@example.vn") for name in ("an", "chi"))
    invite(run, "an@example.vn", "binh@example.vn", "chi@example.vn", "la@example.vn", by=by)
    for account in (an, chi):
        register(account, run)
    withdraw(chi, run)
    for row in queries.invitation_rows(run.id):
        if row.invitation.email == "binh@example.vn":
            operations.withdraw_invitation(row.invitation, by=by, now=NOW)
    told = registering.cancel_run_with_registrations(run.id, reason="Ốm", by=by, now=NOW)
    assert told == 1
    query = select(Letter).filter_by(kind="registration.run_cancelled").order_by(Letter.id)
    assert [one.recipient for one in db.session.scalars(query)] == [
        "an@example.vn", "la@example.vn",
    ]  # fmt: skip
    stranger = list(db.session.scalars(query))[-1]
    assert f"/courses/{run.course.slug}" in stranger.body_text


def test_who_joined_by_the_address_since_is_told_as_that_person(run, by):
    invite(run, "an@example.vn", by=by)
    an = a_registrant(email="an@example.vn")
    [row] = queries.invitation_rows(run.id)
    operations.withdraw_invitation(row.invitation, by=by, now=NOW)
    assert told_of_withdrawal() == [("an@example.vn", an.person_id)]


@pytest.mark.parametrize("state", [RunState.CANCELLED, RunState.CLOSED])
def test_nobody_is_told_of_an_invitation_to_a_class_that_ended(office, run, by, state):
    invite(run, "an@example.vn", by=by)
    [row] = queries.invitation_rows(run.id)
    reload(run).state = state
    db.session.commit()
    to = f"/office/runs/{run.code}/invitations/{row.invitation.public_id}/withdrawal?lang=en"
    page = flashed(office, office.post(to))
    assert "The invitation is withdrawn." in page
    assert told_of_withdrawal() == []


def test_the_office_reads_whether_somebody_was_told(office, run, by):
    invite(run, "an@example.vn", by=by)
    [row] = queries.invitation_rows(run.id)
    to = f"/office/runs/{run.code}/invitations/{row.invitation.public_id}/withdrawal?lang=en"
    assert "and an@example.vn is told." in flashed(office, office.post(to))


def test_those_who_asked_to_be_told_are_invited_as_persons(run, by):
    asked = a_registrant(email="hoi@example.vn")
    pool.ask_to_be_told(run.course_id, person_id=asked.person_id, now=NOW)
    assert invite(run, "hoi@example.vn", "khac@example.vn", by=by, interested=True).new == 2
    row = db.session.scalars(select(RunInvitation).filter_by(email="hoi@example.vn")).one()
    assert row.person_id == asked.person_id
    register(asked, run)


@pytest.mark.parametrize("state", [RunState.DRAFT, RunState.CANCELLED, RunState.CLOSED])
def test_nobody_is_invited_to_what_nobody_can_come_to(by, state):
    run = a_run(state=state)
    with pytest.raises(RefusedError):
        invite(run, "an@example.vn", by=by)
    assert invited_letters() == []


def test_addresses_are_read_as_people_paste_them():
    found = read_addresses("An <An@Vidu.vn>, binh@vidu.vn\n\n  chi@vidu.vn ;\tdung@vidu.vn;\n")
    assert (found.emails, found.mistakes) == (
        ["an@vidu.vn", "binh@vidu.vn", "chi@vidu.vn", "dung@vidu.vn"],
        [],
    )


def test_all_mistakes_come_at_once_with_their_lines():
    found = read_addresses("an@vidu.vn\nkhông phải\nbinh@vidu.vn, AN@vidu.vn\nаn@vidu.vn\n@")
    assert [(mistake.number, mistake.problem.name) for mistake in found.mistakes] == [
        (2, "EMAIL_LETTERS"), (3, "SAME_ADDRESS"), (4, "EMAIL_LETTERS"), (5, "EMAIL_FORM"),
    ]  # fmt: skip
    many = read_addresses("\n".join(f"a{n}@vidu.vn" for n in range(501)))
    assert [mistake.problem for mistake in many.mistakes] == [InvitationRefusal.TOO_MANY]


def test_the_office_looks_over_before_anything_is_saved(office, run, sign_in):
    an = a_registrant(email="an@example.vn")
    page = f"/office/runs/{run.code}/invitations"
    wrong = office.post(f"{page}/preview?lang=en", data={"addresses": "an@example.vn\nsai"})
    assert (wrong.status_code, "Row 2 (sai)" in words(wrong)) == (422, True)
    assert "an@example.vn\nsai" in wrong.text
    nobody = office.post(f"{page}/preview", data={"addresses": " "})
    assert (nobody.status_code, InvitationRefusal.NOBODY in words(nobody)) == (422, True)
    looked = office.post(f"{page}/preview", data={"addresses": "an@example.vn\nmoi@example.vn"})
    assert an.person.full_name in words(looked)
    assert invited_letters() == []
    again = office.post(f"{page}/change", data={"addresses": "an@example.vn"})
    assert "an@example.vn" in again.text
    assert office.post(page, data={"addresses": "sai"}).status_code == 422
    office.post(page, data={"addresses": "an@example.vn\nmoi@example.vn"})
    again = office.post(page, data={"addresses": "an@example.vn\nmoi@example.vn"})
    assert "Nobody gets a second letter." in words(office.get(again.location))
    assert [address for address, _ in invited_letters()] == ["an@example.vn", "moi@example.vn"]
    client = sign_in(an)
    assert "You can register for this class." in words(client.get(f"/runs/{run.code}?lang=en"))
    client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert active(an, run)
    listed = words(office.get(page))
    assert "Has a place" in listed
    assert "Has not registered" in listed


def test_an_uninvited_person_is_refused_by_hand_too(sign_in, run):
    client = sign_in(a_registrant())
    page = client.get(f"/runs/{run.code}?lang=en")
    assert RegistrationRefusal.INVITED_ONLY in words(page)
    assert f'href="/courses/{run.course.slug}/interest"' in page.text
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert (answer.status_code, states(run)) == (409, [])


def test_the_invitation_of_another_run_is_not_found(office, run, by):
    invite(run, "an@example.vn", by=by)
    [row] = queries.invitation_rows(run.id)
    address = f"/office/runs/{a_run().code}/invitations/{row.invitation.public_id}/withdrawal"
    assert office.post(address).status_code == 404
    assert reload(row.invitation).withdrawn_at is None
    office.post(f"/office/runs/{run.code}/invitations/{row.invitation.public_id}/withdrawal")
    assert reload(row.invitation).withdrawn_at == NOW


def test_the_list_takes_as_many_queries_for_one_as_for_twenty(office, by, count_queries):
    def queries_for(people):
        run = a_run()
        invite(run, *(f"m{n}@example.vn" for n in range(people)), by=by)
        code = run.code
        with count_queries() as seen:
            office.get(f"/office/runs/{code}/invitations")
        return len(seen)

    queries_for(1)
    assert queries_for(1) == queries_for(20)
