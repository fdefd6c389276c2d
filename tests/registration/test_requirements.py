"""What a course requires of who registers: completed courses, membership."""

from datetime import date

import pytest
from sqlalchemy import select

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.membership.models import Membership
from club.people.models import AudienceKind
from club.records.models import TrainingRecord
from club.refusal import RefusedError
from club.registration import operations as registering
from club.registration.requirements import operations, queries
from club.registration.requirements.queries import NOTHING
from club.registration.requirements.rules import RequirementRefusal, refusal_to_require_course
from club.registration.rules.coming import NotEligibleError, RegistrationRefusal
from tests.registration.support import a_registrant, agree, register, states
from tests.support.factories import (
    NOW,
    a_course,
    a_person,
    a_run,
    an_account,
    an_employment,
    an_organisation,
    saved,
)
from tests.support.pages import words

pytestmark = pytest.mark.usefixtures("present")


@pytest.fixture
def by():
    return an_account(RoleName.COORDINATOR).id


@pytest.fixture
def office(sign_in):
    return sign_in(an_account(RoleName.COORDINATOR))


def a_member(**given):
    return saved(Membership(**{"from_day": date(2025, 1, 1)} | given))


def a_record(person, run, **given):
    """What the person did in the run: all of it, and so completed."""
    defaults = {
        "run_id": run.id, "person_id": person.id, "planned_minutes": 240, "attended_minutes": 240,
        "person_days": 1, "counts": True, "completed": True, "day": date(2026, 2, 1),
        "audience": AudienceKind.INDIVIDUAL, "sex": person.sex, "job_group": person.job_group,
        "topic_key": run.course.topic.key, "course_code": run.course.code, "form": run.form,
        "course_title": run.course.title, "course_title_en": run.course.title_en,
        "funding": run.funding, "computed_at": NOW,
    }  # fmt: skip
    return saved(TrainingRecord(**defaults | given))


def reasons(run, account):
    with pytest.raises(NotEligibleError) as refused:
        register(account, run)
    return told(refused.value.verdict)


def told(verdict):
    return [(one.refusal.name, one.course and one.course.title) for one in verdict.reasons]


def test_an_earlier_course_must_be_completed(by):
    basics, run, an = a_course(), a_run(), a_registrant()
    operations.require_course(run.course, basics, by=by, now=NOW)
    assert reasons(run, an) == [("EARLIER_COURSE", basics.title)]
    a_record(an.person, a_run(course=basics), completed=False)
    assert reasons(run, an) == [("EARLIER_COURSE", basics.title)]
    a_record(an.person, a_run(course=basics))
    register(an, run)
    assert states(run) == [(1, "confirmed")]


def test_a_record_that_was_replaced_completes_nothing(by):
    basics, run, an = a_course(), a_run(), a_registrant()
    operations.require_course(run.course, basics, by=by, now=NOW)
    a_record(an.person, a_run(course=basics), superseded_at=NOW)
    assert reasons(run, an) == [("EARLIER_COURSE", basics.title)]


def test_membership_is_ones_own_or_that_of_the_employer_today(by):
    run = a_run()
    operations.require_membership(run.course, by=by, now=NOW)
    own, worker, former, left, nobody = (a_registrant() for _ in range(5))
    firm = an_organisation()
    a_member(person_id=own.person_id)
    a_member(organisation_id=firm.id)
    a_member(person_id=former.person_id, to_day=date(2026, 3, 2))
    an_employment(worker.person, firm)
    an_employment(left.person, firm, to_day=date(2026, 3, 2))
    for account in (own, worker):
        register(account, run)
    for account in (former, left, nobody):
        assert reasons(run, account) == [("MEMBERS_ONLY", None)]


def test_everything_that_is_missing_is_said_at_once_also_to_staff(by):
    one, two, run, person = a_course(), a_course(), a_run(), a_person()
    agree(person)
    for course in (one, two):
        operations.require_course(run.course, course, by=by, now=NOW)
    operations.require_membership(run.course, by=by, now=NOW)
    with pytest.raises(NotEligibleError) as refused:
        registering.register_on_behalf(
            person.id, run_id=run.id, organisation_id=None, by=by, now=NOW
        )
    assert told(refused.value.verdict) == [
        ("EARLIER_COURSE", one.title), ("EARLIER_COURSE", two.title), ("MEMBERS_ONLY", None),
    ]  # fmt: skip


def test_who_is_on_the_list_stays_and_what_ends_is_asked_of_nobody(by):
    run = a_run()
    register(a_registrant(), run)
    operations.require_membership(run.course, by=by, now=NOW)
    [required] = queries.requirements_of(run.course_id)
    for _ in range(2):
        operations.stop_requiring(required, by=by, now=NOW)
    register(a_registrant(), run)
    assert states(run) == [(1, "confirmed"), (2, "confirmed")]
    entries = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.detail["needs"]) for entry in entries] == [
        ("registration.require", "membership"), ("registration.stop_requiring", "membership"),
    ]  # fmt: skip


def test_facts_of_many_people_take_as_many_statements_as_of_one(by, count_queries):
    basics, run = a_course(), a_run()
    operations.require_course(run.course, basics, by=by, now=NOW)
    operations.require_membership(run.course, by=by, now=NOW)
    people = [a_person() for _ in range(20)]
    a_record(people[3], a_run(course=basics))
    a_member(person_id=people[3].id)
    day, ids, run_id = date(2026, 3, 3), [person.id for person in people], run.id
    with count_queries() as one:
        queries.unmet_by(run_id, ids[:1], on=day)
    with count_queries() as twenty:
        found = queries.unmet_by(run_id, ids, on=day)
    assert len(twenty) == len(one)
    assert set(ids) - set(found) == {ids[3]}
    assert NOTHING not in found.values()


@pytest.mark.parametrize(
    ("course", "earlier", "refusal"),
    [
        (1, 1, RequirementRefusal.ITSELF),
        (3, 2, RequirementRefusal.TWICE),
        (2, 3, RequirementRefusal.IN_A_CIRCLE),
        (1, 3, RequirementRefusal.IN_A_CIRCLE),
        (3, 1, None),
        (1, 4, None),
    ],
)
def test_what_a_course_may_require(course, earlier, refusal):
    edges = [(3, 2), (2, 1)]
    assert refusal_to_require_course(course, earlier, edges=edges) is refusal


def test_the_operation_asks_the_rule(by):
    one, two, old = a_course(), a_course(), a_course(retired_on=date(2026, 1, 1))
    operations.require_course(one, two, by=by, now=NOW)
    for course, earlier, refusal in [
        (two, one, RequirementRefusal.IN_A_CIRCLE),
        (one, two, RequirementRefusal.TWICE),
        (one, old, RequirementRefusal.NOT_ON_OFFER),
    ]:
        with pytest.raises(RefusedError) as refused:
            operations.require_course(course, earlier, by=by, now=NOW)
        assert refused.value.refusal is refusal
    operations.require_membership(one, by=by, now=NOW)
    with pytest.raises(RefusedError):
        operations.require_membership(one, by=by, now=NOW)


def test_the_office_page_adds_and_ends(office, client):
    course, basics = a_course(), a_course()
    run = a_run(course=course)
    page = f"/office/courses/{course.code}/requirements"
    assert "Nothing is required" in words(office.get(f"{page}?lang=en"))
    assert office.post(page, data={"needed": ""}).status_code == 422
    assert office.post(page, data={"needed": f"course:{course.code}"}).status_code == 422
    office.post(page, data={"needed": f"course:{basics.code}"})
    office.post(page, data={"needed": "membership"})
    again = office.post(page, data={"needed": "membership"})
    assert (again.status_code, RequirementRefusal.TWICE in words(again)) == (422, True)
    for address in (f"/runs/{run.code}?lang=en", f"/courses/{course.slug}?lang=en"):
        shown = client.get(address)
        assert "What you need to register" in words(shown)
        assert f'href="/courses/{basics.slug}"' in shown.text
        assert 'href="/membership/"' in shown.text
    for required in queries.requirements_of(course.id):
        office.post(f"{page}/{required.id}/end")
    assert "What you need to register" not in words(client.get(f"/runs/{run.code}"))


def test_the_requirement_of_another_course_is_not_found(office, by):
    course, other = a_course(), a_course()
    operations.require_membership(other, by=by, now=NOW)
    [required] = queries.requirements_of(other.id)
    answer = office.post(f"/office/courses/{course.code}/requirements/{required.id}/end")
    assert answer.status_code == 404
    assert len(queries.requirements_of(other.id)) == 1


def test_the_page_of_a_run_says_what_is_missing_and_where_to_get_it(sign_in, by):
    basics, run = a_course(), a_run()
    operations.require_course(run.course, basics, by=by, now=NOW)
    operations.require_membership(run.course, by=by, now=NOW)
    client = sign_in(a_registrant())
    page = client.get(f"/runs/{run.code}?lang=en")
    said = words(page)
    assert RegistrationRefusal.EARLIER_COURSE in said
    assert basics.title_en in said
    assert RegistrationRefusal.MEMBERS_ONLY in said
    assert f'action="/runs/{run.code}/registration"' not in page.text
    answer = client.post(f"/runs/{run.code}/registration", data={"comes_for": "individual"})
    assert (answer.status_code, states(run)) == (409, [])
    assert RegistrationRefusal.MEMBERS_ONLY in words(answer)
