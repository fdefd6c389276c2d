"""An enterprise sends people to a class: one list, one transaction, one letter each."""

import uuid
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from club import clock
from club.accounts.consents import withdraw_consent
from club.accounts.models import Consent, ConsentPurpose, RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.membership.models import Membership
from club.outbox.models import Letter
from club.people.models import Employment, Person
from club.people.queries import people_matching
from club.refusal import RefusedError
from club.registration import queries, terms
from club.registration.models import NoRoom, WayIn
from club.registration.nominations.models import Nomination, Nominee
from club.registration.nominations.rules.nominating import NominationRefusal
from club.registration.requirements import operations as requirements
from club.registration.rules.coming import RegistrationRefusal
from club.registration.rules.terms import Terms
from club.registration.terms import Group
from tests.registration.nominating_kit import AN, BICH, CAM, address, colleague, count, nominate
from tests.registration.support import (
    a_registrant,
    a_waiting_list,
    agree,
    kept_places,
    letters,
    register,
    states,
)
from tests.support.factories import (
    NOW,
    a_person,
    a_run,
    an_account,
    an_employment,
    saved,
)

pytestmark = pytest.mark.usefixtures("present")


def refusals():
    query = select(Nominee.refusal).where(Nominee.refusal.is_not(None)).order_by(Nominee.id)
    return list(db.session.scalars(query))


def test_places_first_then_the_line_in_the_order_of_the_list(firm, representative):
    run = a_run(seats=2)
    dung = colleague(firm, full_name="Đỗ Dũng")

    outcome = nominate(representative, firm, run, AN, BICH, CAM, ticked=[dung])

    assert outcome == [
        ("Đỗ Dũng", "place"),
        ("Nguyễn Văn An", "place"),
        ("Trần Thị Bích", "waiting"),
        ("Lê Cẩm", "waiting"),
    ]
    assert states(run) == [(1, "confirmed"), (2, "confirmed"), (3, "waiting"), (4, "waiting")]
    assert kept_places(run) == (2, 2)
    waiting = queries.waiting_of(run.id)
    assert [one.person.full_name for one in waiting] == ["Trần Thị Bích", "Lê Cẩm"]


def test_who_is_new_is_entered_employed_and_has_agreed_through_the_organisation(
    firm, representative
):
    nominate(representative, firm, a_run(), AN)

    (an,) = people_matching("nguyen van an")
    assert (an.email, an.phone) == ("an@congty.vn", "+84901234567")
    work = db.session.scalars(select(Employment).filter_by(person_id=an.id)).one()
    assert (work.organisation_id, work.from_day, work.position) == (
        firm.id, clock.local_day(NOW), "Tổ trưởng",
    )  # fmt: skip
    consent = db.session.scalars(select(Consent).filter_by(person_id=an.id)).one()
    assert (consent.purpose, consent.channel) == (ConsentPurpose.PERSONAL_DATA, "organisation")


def test_everybody_with_an_address_gets_one_letter_that_says_who_nominated(firm, representative):
    run = a_run(seats=1)
    nominate(representative, firm, run, AN, BICH, CAM)

    written = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    assert [letter.recipient for letter in written] == ["an@congty.vn", "bich@congty.vn"]
    who = f"{representative.display_name}, Công ty Gỗ Demo"
    assert f"{who} đã cử anh chị học lớp này và anh chị đã có chỗ" in written[0].body_text
    assert "vị trí 1 trong danh sách chờ" in written[1].subject


def test_confirming_twice_is_once(firm, representative):
    run, once = a_run(), uuid.uuid4()
    first = nominate(representative, firm, run, AN, BICH, public_id=once)
    second = nominate(representative, firm, run, AN, BICH, public_id=once)

    assert first == second
    assert states(run) == [(1, "confirmed"), (2, "confirmed")]
    assert letters() == ["nominated", "nominated"]
    assert count(Person) == 3


def test_a_person_known_by_name_and_address_is_the_same_person(firm, representative):
    known = a_person(full_name="Nguyễn Văn An", email="An@Congty.vn")
    agree(known)
    nominate(representative, firm, a_run(), "nguyen van an\tan@congty.vn")

    assert len(people_matching("nguyen van an")) == 1
    assert count(Consent) == 1


def test_another_name_at_the_same_address_is_somebody_else(firm, representative, browser):
    account = an_account(email="bich@congty.vn", person=a_person(full_name="Đặng Thị Bí Mật"))
    run = a_run()

    page = browser.post(
        f"/organisations/{firm.code}/nominate/{run.code}/preview", data={"people": BICH}
    )
    assert "Bí Mật" not in page.text
    nominate(representative, firm, run, BICH)

    assert queries.registration_of(account.person_id, run.id) is None
    assert "Bí Mật" not in browser.get(f"/organisations/{firm.code}/").text
    (bich,) = people_matching("tran thi bich")
    assert queries.registration_of(bich.id, run.id) is not None


def test_a_sign_up_that_nobody_confirmed_says_nothing_about_an_address(firm, representative):
    newcomer = an_account(
        email="bich@congty.vn", confirmed_at=None, person=a_person(full_name="Trần Thị Bích")
    )
    nominate(representative, firm, a_run(), BICH)
    assert len(people_matching("tran thi bich")) == 2
    assert (
        db.session.scalars(select(Employment).filter_by(person_id=newcomer.person_id)).all() == []
    )


def test_a_colleague_on_the_list_already_is_named_and_nothing_changes(firm, representative):
    run = a_run()
    dung = a_registrant()
    an_employment(dung.person, firm)
    register(dung, run)

    outcome = nominate(representative, firm, run, AN, ticked=[dung.person])

    assert outcome == [(dung.display_name, "already"), ("Nguyễn Văn An", "place")]
    assert states(run) == [(1, "confirmed"), (2, "confirmed")]


def test_one_sentence_for_whatever_stands_in_the_way_of_a_stranger(firm, representative):
    run = a_run()
    registered = a_registrant(email="a@x.vn", person=a_person(full_name="Lê An"))
    register(registered, run)
    objects = a_registrant(email="b@x.vn", person=a_person(full_name="Lê Bình"))
    withdraw_consent(objects.person_id, ConsentPurpose.PERSONAL_DATA, now=NOW)
    an_account(email="c@x.vn", active=False, person=a_person(full_name="Lê Chi"))

    outcome = nominate(
        representative, firm, run, "Lê An\ta@x.vn", "Lê Bình\tb@x.vn", "Lê Chi\tc@x.vn"
    )

    assert [what for _, what in outcome] == ["refused"] * 3
    assert set(refusals()) == {NominationRefusal.OWN_WORD_NEEDED.value}
    assert count(Employment) == 1


def test_who_left_the_organisation_meanwhile_is_said(firm, representative):
    left = a_person()
    an_employment(left, firm, to_day=date(2026, 3, 1))
    nominate(representative, firm, a_run(), AN, ticked=[left])
    assert refusals() == [NominationRefusal.NOT_YOURS.value]


def test_a_stranger_cannot_be_ticked(firm, representative):
    stranger = a_person()
    assert nominate(representative, firm, a_run(), AN, ticked=[stranger]) == [
        ("Nguyễn Văn An", "place")
    ]


def test_the_most_for_one_organisation_and_its_group_hold(firm, representative):
    run = a_run(seats=10)
    by = an_account(RoleName.COORDINATOR)
    terms.set_terms(run.id, Terms(most_per_organisation=2), by=by.id, now=NOW)
    terms.add_group(run.id, Group(organisation_id=firm.id), seats=1, by=by.id, now=NOW)

    outcome = nominate(representative, firm, run, AN, BICH, CAM)

    assert [what for _, what in outcome] == ["place", "place", "waiting"]
    whys = [step.no_room for one in queries.active_of(run.id) for step in one.steps]
    assert whys == [None, None, NoRoom.ORGANISATION_AT_ITS_MOST]
    assert {r.quota_id for r in queries.active_of(run.id)} == {queries.groups_of(run)[0].quota.id}


def test_who_waits_already_comes_before_a_new_list(firm, representative):
    run = a_run(seats=1)
    _, (waiting,) = a_waiting_list(run, 1)
    nominate(representative, firm, run, AN)
    first, *_ = queries.waiting_of(run.id)
    assert first.person_id == waiting.person_id
    assert "vị trí 2" in db.session.scalars(select(Letter.subject).order_by(Letter.id)).all()[-1]


@pytest.mark.parametrize(
    ("way_in", "refusal"),
    [(WayIn.NOMINATION, None), (WayIn.INVITATION, RegistrationRefusal.INVITED_ONLY)],
)
def test_a_nomination_is_a_way_into_a_class(firm, representative, way_in, refusal):
    run = a_run()
    by = an_account(RoleName.COORDINATOR)
    terms.set_terms(run.id, Terms(way_in=way_in), by=by.id, now=NOW)
    if refusal is None:
        assert nominate(representative, firm, run, AN) == [("Nguyễn Văn An", "place")]
        return
    with pytest.raises(RefusedError) as refused:
        nominate(representative, firm, run, AN)
    assert refused.value.refusal is refusal


def test_what_the_course_requires_is_asked_of_everybody(firm, representative, browser):
    run = a_run()
    requirements.require_membership(run.course, by=representative.id, now=NOW)
    dung = colleague(firm, full_name="Đỗ Dũng")
    saved(Membership(person_id=dung.id, from_day=date(2026, 1, 1)))
    typed = {"people": AN, "colleagues": str(dung.public_id)}

    page = browser.post(address(firm, run, "/preview"), data=typed).text
    assert "Nguyễn Văn An: Chưa đủ điều kiện của khóa học" in page
    assert nominate(representative, firm, run, AN, ticked=[dung]) == [
        ("Đỗ Dũng", "place"), ("Nguyễn Văn An", "refused"),
    ]  # fmt: skip
    saved(Membership(organisation_id=firm.id, from_day=date(2026, 1, 1)))
    assert nominate(representative, firm, run, AN) == [("Nguyễn Văn An", "place")]


def test_a_class_that_has_begun_takes_nobody_and_nothing_is_kept(firm, representative):
    run = a_run()
    with pytest.raises(RefusedError):
        nominate(representative, firm, run, AN, now=NOW + timedelta(days=11))
    assert (count(Nomination), count(Person)) == (0, 1)


def test_staff_act_for_an_organisation_and_the_log_says_so(firm, representative):
    nominate(an_account(RoleName.COORDINATOR), firm, a_run(), AN, by_staff=True)
    entry = db.session.scalars(select(AuditEntry).filter_by(action="registration.nominate")).one()
    assert (entry.subject_id, entry.detail["acting_as"]) == (firm.code, "coordinator")
    letter = db.session.scalars(select(Letter)).one()
    assert "Công ty Gỗ Demo đã cử anh chị" in letter.body_text


def test_a_list_costs_the_same_number_of_statements_however_long(
    firm, representative, count_queries
):
    def statements(people):
        lines = [f"Nguyễn Văn {n}\tn{people}.{n}@congty.vn" for n in range(people)]
        run = a_run(seats=max(people // 2, 1))
        representative.id, run.id, firm.id  # noqa: B018  loaded before it is counted
        with count_queries() as seen:
            nominate(representative, firm, run, *lines)
        return len(seen)

    assert statements(2) == statements(200)
