"""What each role finds to try in the demo club: places, groups, questions, proposals, reports."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from club.accounts.queries import account_by_email
from club.courses.models import RunState
from club.db import db
from club.demo.loading import Size, load_demo
from club.knowledge.agreements.models import Agreement
from club.knowledge.editing.models import Draft, TextState
from club.knowledge.models import Article, Measure
from club.knowledge.proposals.rules import wanting
from club.knowledge.queries import known_keys
from club.knowledge.questions.models import MemberQuestion, QuestionState
from club.outbox.models import Letter
from club.people.likeness import Likeness
from club.people.merging.plan import plan_of
from club.people.merging.queries import probable_duplicates
from club.people.models import AudienceKind
from club.privacy.requests.models import PrivacyRequest, RequestChannel, RequestState
from club.registration.inviting.models import RunInvitation
from club.registration.models import (
    Offer,
    Registration,
    RegistrationState,
    RunQuota,
    RunTerms,
    WayIn,
)
from club.registration.nominations.models import Nomination
from club.registration.questions.queries import answers_of
from club.reporting.summaries.queries import summaries
from club.statistics.reports.contents import from_bytes
from club.statistics.reports.models import StepKind, VersionState
from club.statistics.reports.queries import frozen_content, reports
from tests.demo.kit import count
from tests.statistics.reports.kit import on_the_page
from tests.support.factories import NOW

#: Each of them loads a whole club.
pytestmark = pytest.mark.slow


def test_two_people_are_there_twice_and_can_be_put_together(club):
    twins = [
        two
        for two in probable_duplicates(page=1).items
        if {Likeness.PHONE, Likeness.EMAIL} & set(two.alike)
    ]
    plans = [plan_of(two.one, two.other) for two in twins]
    assert [plan.conflicts for plan in plans] == [[], []]
    moved = {table.table.name for plan in plans for table in plan.tables if table.moving}
    assert {"walk_in", "registration", "training_record", "attendance_mark"} <= moved


def test_requests_about_personal_data_came_in_more_than_one_way(club):
    found = db.session.scalars(select(PrivacyRequest).order_by(PrivacyRequest.id)).all()
    assert [(one.channel, one.state) for one in found] == [
        (RequestChannel.SITE, RequestState.OPEN),
        (RequestChannel.PAPER, RequestState.OPEN),
        (RequestChannel.SPOKEN, RequestState.GRANTED),
    ]
    assert db.session.scalar(select(Letter.id).where(Letter.kind.like("privacy.%"))) is None


def test_the_member_is_offered_a_place_that_holds_all_day(reference):
    load_demo(Size(60, 12), now=NOW)
    [offer] = db.session.scalars(select(Offer))
    assert offer.person_id == account_by_email("hoivien@club.example").person_id
    assert offer.registration.state is RegistrationState.OFFERED
    assert offer.expires_at > NOW + timedelta(hours=24)


def test_a_run_keeps_places_for_groups(reference):
    load_demo(Size(60, 12), now=NOW)
    quotas = db.session.scalars(select(RunQuota).order_by(RunQuota.position)).all()
    assert [(q.audience, q.members_only) for q in quotas] == [
        (AudienceKind.ENTERPRISE, False), (None, True),
    ]  # fmt: skip


def test_there_is_a_run_by_request_and_one_by_invitation(club):
    by_way = {terms.way_in: terms.run_id for terms in db.session.scalars(select(RunTerms))}
    requests = db.session.scalars(
        select(Registration)
        .where(Registration.run_id == by_way[WayIn.ENDORSED_APPROVAL])
        .where(Registration.state == RegistrationState.REQUESTED)
    ).all()
    firm = account_by_email("doanhnghiep@club.example").person.employments[0].organisation_id
    assert firm in {request.organisation_id for request in requests}
    assert all(answers_of(request.id) for request in requests)
    [member] = db.session.scalars(
        select(RunInvitation.email).where(
            RunInvitation.run_id == by_way[WayIn.INVITATION], RunInvitation.person_id.is_not(None)
        )
    )
    assert member == "hoivien@club.example"


def test_the_demo_enterprise_has_people_in_an_open_class(club, sign_in):
    (nomination,) = db.session.scalars(select(Nomination)).all()
    run = nomination.run
    assert (run.state, run.starts_at > NOW) == (RunState.PUBLISHED, True)
    assert [nominee.registration.person_id for nominee in nomination.nominees]
    assert count(Letter, Letter.kind == "registration.nominated") == 0
    representative = account_by_email("doanhnghiep@club.example")
    code = nomination.organisation.code
    page = sign_in(representative).get(f"/organisations/{code}/").text
    assert f'href="/organisations/{code}/classes/{run.code}"' in page


def test_two_questions_are_published_and_one_waits(club, client):
    """Nobody was written to about them."""
    states = Counter(db.session.scalars(select(MemberQuestion.state)))
    assert states == {QuestionState.PUBLISHED: 2, QuestionState.ASKED: 1}
    assert count(Letter, Letter.kind == "knowledge.question_news") == 0
    page = client.get("/knowledge/questions/5s-trinh-dien").text
    assert ("Tổ sơn hai mươi người" in page, "hoivien" in page) == (True, False)
    assert "/knowledge/questions/kaizen-trinh-dien" in client.get("/search?q=tho+gop+y").text


def test_proposals_wait_are_written_and_were_sent_back(club):
    """Nobody was written to about them; the one that waits has all that a member is asked for."""
    waits, begun, back = db.session.scalars(select(Draft).order_by(Draft.id))
    states = [TextState.IN_REVIEW, TextState.DRAFT, TextState.RETURNED]
    assert [one.state for one in (waits, begun, back)] == states
    assert [one.is_private for one in (waits, begun, back)] == [False, True, False]
    assert not any(wanting(waits.facts, known_keys()).values())
    assert count(Letter, Letter.kind.like("knowledge.%")) == 0


def test_the_demo_enterprise_agreed_is_asked_and_took_back(club, client, sign_in):
    """What it took back is gone for readers; what it agreed to shows no invented figure."""
    states = Counter(db.session.scalars(select(Agreement.state)))
    assert states == dict.fromkeys(["given", "asked", "withdrawn"], 1)
    kept, gone = (
        f"/knowledge/{slug}-trinh-dien"
        for slug in ("treo-dung-cu-theo-bong", "moi-san-pham-mot-khay")
    )
    answers = [client.get(at).status_code for at in (kept, gone, f"{gone}/revisions/1")]
    assert answers == [200, 410, 410]
    assert count(Measure, Measure.article_id == Article.id, Article.slug == kept[11:]) == 1
    exact = Measure.before_number.is_not(None) | Measure.after_number.is_not(None)
    assert count(Measure, exact, Measure.article_id == Article.id, Article.slug == kept[11:]) == 0
    speaker = sign_in(account_by_email("doanhnghiep@club.example"))
    firm = account_by_email("doanhnghiep@club.example").person.employments[0].organisation
    page = speaker.get(f"/organisations/{firm.code}/agreements").text
    assert "Kẻ ô và dán nhãn kho phụ liệu" in page


def test_the_last_month_is_frozen_and_the_official_can_check_the_last_quarter(club, sign_in):
    official = sign_in(account_by_email("canbo@club.example"))
    month, quarter = sorted(reports(), key=lambda one: one.kind.value)
    assert (month.period_name, quarter.period_name) == ("2026-02", "2025-Q4")
    [frozen], [draft] = month.versions, quarter.versions
    checks = [step.by_id for step in frozen.steps if step.kind is StepKind.CHECKED]
    assert checks != [account_by_email("canbo@club.example").id]
    assert from_bytes(frozen_content(frozen.id).content)["total"]["turns"] > 0
    here = f"/office/reports/{month.public_id}/1"
    assert official.get(f"{here}.docx").data.startswith(b"PK")
    official.post(f"/office/reports/{quarter.public_id}/1/check", data=on_the_page(draft))
    db.session.expire_all()
    assert draft.state is VersionState.CHECKED


def test_the_coordinator_finds_a_summary_of_the_departments_reports(club, sign_in):
    client = sign_in(account_by_email("dieuphoi@club.example"))
    [summary] = summaries()
    address = f"/office/department-reports/summaries/{summary.public_id}"
    assert summary.title.startswith("Tổng hợp báo cáo sáu tháng đầu năm")
    assert client.get(f"{address}.docx").data.startswith(b"PK")
