"""The demo club is true to the club's own rules, and the same for the same seed and day."""

import re
from collections import Counter
from datetime import time, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from club.accounts.models import Account
from club.accounts.queries import account_by_email
from club.certification.assessment.conflicts import conflict_with
from club.certification.assessment.models import AssessorTask, Choice, PanelVote, TaskState
from club.certification.assessment.operations.deciding import Ruling, decide, vote
from club.certification.assessment.operations.judging import (
    NewFinding,
    finish,
    requirements_to_judge,
)
from club.certification.awards.models import Award
from club.certification.awards.operations.following import follow_days
from club.certification.awards.standing_queries import facts_of_candidates
from club.certification.candidacy.models import Candidate, CandidateState, StepReason
from club.certification.counting import valid_experts_on
from club.certification.expiry.operations import remind_of_ends
from club.certification.helping.models import HelpRequest
from club.certification.objections.models import (
    Appeal,
    AppealState,
    Complaint,
    ComplaintHearing,
    ComplaintState,
)
from club.certification.progress.validity import AwardStanding
from club.certification.queries import waiting_for_check
from club.certification.register.facts import Wanted
from club.certification.register.queries import experts_listed
from club.clock import instant_of, local_day
from club.courses.models import Run, RunState
from club.db import db
from club.demo.accounts import ACCOUNTS, PASSWORD
from club.demo.certifying import OTHERS
from club.demo.loading import DemoRefusal, Size, load_demo
from club.demo.queries import is_demo
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
from club.people.models import AudienceKind, Organisation, Person
from club.pilots.queries import pilot_firms_on
from club.privacy.requests.models import PrivacyRequest, RequestChannel, RequestState
from club.records.attendance.models import AttendanceMark, MarkSource, PaperList
from club.records.certificates.models import (
    CertificateDesign,
    CertificateException,
    CertificateState,
    CertificateStepKind,
    CompletionCertificate,
    NumberSeries,
)
from club.records.earlier.models import BatchState, EarlierBatch
from club.records.earlier.operations import choose, confirm, undo, work_on_lists
from club.refusal import RefusedError
from club.registration.inviting.models import RunInvitation
from club.registration.models import (
    SEATED_STATES,
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
from club.vietnamese import folded
from tests.support.demo import read_content
from tests.support.factories import NOW, a_person
from tests.support.kept import kept

#: Each of them loads a whole club.
pytestmark = pytest.mark.slow


@pytest.fixture
def reference():
    read_content(now=NOW)


@pytest.fixture
def club():
    """The demo club as it comes by default."""
    kept("default demo", _load_default_demo)


def _load_default_demo():
    read_content(now=NOW)
    load_demo(now=NOW)


def count(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_certificates_of_every_kind_can_be_looked_at(club):
    states = {
        state: count(CompletionCertificate, CompletionCertificate.state == state)
        for state in (
            CertificateState.SUSPENDED,
            CertificateState.REVOKED,
            CertificateState.REPLACED,
        )
    }
    assert set(states.values()) == {1}
    assert count(CompletionCertificate, CompletionCertificate.expires_on < local_day(NOW)) == 1
    (given,) = db.session.scalars(select(CertificateException))
    assert given.agreed
    assert given.asked_by_id != given.decided_by_id
    assert not given.training_record.completed
    assert count(CertificateDesign) == 1
    (new,) = db.session.scalars(
        select(CompletionCertificate).where(CompletionCertificate.replaces_id.is_not(None))
    )
    assert new.replaces.holder_name == folded(new.holder_name).title()
    assert (new.post_test_maximum, new.design_id is not None) == (10, True)
    last = db.session.scalars(select(NumberSeries).order_by(NumberSeries.year.desc())).first()
    assert int(new.number.rsplit("-")[-1]) == last.last
    assert [step.kind for step in new.replaces.steps] == [CertificateStepKind.REPLACED]


def test_visitors_can_try_a_certificate_in_each_state(club, client):
    with time_machine.travel(NOW, tick=False):
        codes = re.findall(r'href="/verify/(\w{14})"', client.get("/verify").text)
        states = [client.get(f"/verify/{code}.json").json["state"] for code in codes]
    # The last one certifies a recognition.
    assert states == ["valid", "expired", "suspended", "revoked", "replaced", "valid"]


def test_the_member_checked_in_by_the_code_and_trainers_marked_the_others(club):
    member = account_by_email("hoivien@club.example")
    by_code = AttendanceMark.source == MarkSource.SELF_CHECK_IN
    found = db.session.scalars(select(AttendanceMark).where(by_code)).all()
    assert {(mark.person_id, mark.marked_by_id) for mark in found} == {
        (member.person_id, member.id)
    }
    assert all(mark.confirmed_by_id for mark in found)
    assert count(AttendanceMark, AttendanceMark.source == MarkSource.TRAINER_TAP) > 2000


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


def test_marks_were_taken_in_every_way_and_a_paper_list_has_its_scan(club):
    assert set(db.session.scalars(select(AttendanceMark.source))) == set(MarkSource)
    (paper,) = db.session.scalars(select(PaperList))
    by_paper = select(AttendanceMark).where(
        AttendanceMark.session_id == paper.session_id,
        AttendanceMark.source == MarkSource.PAPER_LIST,
    )
    assert paper.signed == len(db.session.scalars(by_paper).all()) > 0
    assert paper.scan.name == "Danh sách điểm danh.pdf"


def test_lists_of_earlier_years_wait_to_be_brought_in_and_to_be_mended(reference):
    load_demo(Size(60, 20), now=NOW)
    ready, faulty = db.session.scalars(select(EarlierBatch).order_by(EarlierBatch.id))
    assert (ready.state, faulty.state) == (BatchState.READY, BatchState.FAULTY)
    assert [mistake["row"] for mistake in faulty.findings["mistakes"]] == [2, 3, 4, 4]
    (doubt,) = ready.findings["doubtful"]
    by = account_by_email("dieuphoi@club.example").id
    choose(ready.id, {str(doubt["row"]): doubt["candidates"][0]}, now=NOW)
    confirm(ready.id, by=by, now=NOW)
    work_on_lists(now=lambda: NOW, stopped=lambda: False)
    assert undo(ready.id, reason="Xem thử", by=by, now=NOW).state is BatchState.UNDONE


def test_requests_about_personal_data_came_in_more_than_one_way(club):
    found = db.session.scalars(select(PrivacyRequest).order_by(PrivacyRequest.id)).all()
    assert [(one.channel, one.state) for one in found] == [
        (RequestChannel.SITE, RequestState.OPEN),
        (RequestChannel.PAPER, RequestState.OPEN),
        (RequestChannel.SPOKEN, RequestState.GRANTED),
    ]
    assert db.session.scalar(select(Letter.id).where(Letter.kind.like("privacy.%"))) is None


def test_the_club_has_the_promised_size(reference):
    loaded = load_demo(now=NOW)
    assert count(Run) == loaded.runs == 60
    # Two who are entered twice, and the official who checks a report.
    assert count(Person) == 600 + len(ACCOUNTS) + len(OTHERS) + 3
    assert count(Organisation) == 80
    assert count(AttendanceMark) == loaded.marks > 2000
    assert count(CompletionCertificate) == loaded.certificates > 100
    assert is_demo()


def test_there_is_always_something_past_running_open_and_full(club):
    states = {state: count(Run, Run.state == state) for state in RunState}
    assert all(states.values())
    assert count(Run, Run.starts_at <= NOW, Run.ends_at > NOW, Run.state == RunState.PUBLISHED) > 0
    full = db.session.scalars(select(Run).where(Run.waiting_count > 0)).all()
    assert full
    assert all(run.places_taken == run.seats for run in full)


def test_places_noted_on_runs_are_those_of_the_registrations(club):
    for states, noted in (
        (SEATED_STATES, Run.places_taken),
        ([RegistrationState.WAITING], Run.waiting_count),
    ):
        counted = dict(
            db.session.execute(
                select(Registration.run_id, func.count())
                .where(Registration.state.in_(states))
                .group_by(Registration.run_id)
            ).all()
        )
        found = {run_id: n for run_id, n in db.session.execute(select(Run.id, noted)) if n}
        assert found == counted


#: What opens something, where files lie, and when exactly the club was loaded.
SECRETS = {
    "account": {"password", "fs_uniquifier", "fs_webauthn_user_handle", "sign_in_key"},
    "demo_load": {"loaded_at"},
    "stored_file": {"key"},
}
#: Comes with ``content/``.
REFERENCE = {"observation"}


def _everything():
    """All rows of all tables, but for secrets, table by table."""
    return {
        table.name: [
            tuple(row)
            for row in db.session.execute(
                select(*(c for c in table.c if c.name not in SECRETS.get(table.name, ()))).order_by(
                    *table.primary_key.columns
                )
            )
        ]
        for table in db.metadata.sorted_tables
        if table.name not in REFERENCE
    }


def test_two_loads_of_a_day_are_the_same_club(reference):
    from tests.support.engine import empty_all_tables

    clubs = []
    for seed, at in ((7, NOW), (7, NOW + timedelta(hours=9)), (8, NOW)):
        load_demo(Size(60, 20), seed=seed, now=at)
        clubs.append(_everything())
        db.session.rollback()
        empty_all_tables()
        read_content(now=NOW)
    first, again, other = clubs
    assert [name for name in first if first[name] != again[name]] == []
    assert first["person"] != other["person"]


def test_a_year_lies_behind_and_four_months_ahead(club):
    begin, end = db.session.execute(select(func.min(Run.starts_at), func.max(Run.starts_at))).one()
    days = (local_day(begin) - local_day(NOW)).days, (local_day(end) - local_day(NOW)).days
    assert (days[0] in {-365, -364}, 100 <= days[1] <= 120) == (True, True)
    ended = db.session.scalars(select(Run.ends_at).where(Run.state == RunState.CLOSED))
    assert len({local_day(at).strftime("%Y-%m") for at in ended}) >= 12


@pytest.mark.parametrize("hour", [0, 23])
def test_a_class_runs_and_meets_today_whenever_one_looks(reference, hour):
    now = instant_of(local_day(NOW), time(hour, 59))
    load_demo(Size(60, 12), now=now)
    running = db.session.scalars(
        select(Run).where(Run.starts_at <= now, Run.ends_at > now, Run.state == RunState.PUBLISHED)
    ).all()
    assert running
    for run in running:
        assert local_day(now) in {local_day(session.starts_at) for session in run.sessions}


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


def test_assessors_find_something_to_do(reference):
    load_demo(Size(60, 12), now=NOW)
    assert waiting_for_check() == 3


def test_it_is_never_mixed_with_real_people(reference):
    a_person()
    with pytest.raises(RefusedError) as refused:
        load_demo(now=NOW)
    assert refused.value.refusal is DemoRefusal.NOT_EMPTY


def test_it_is_never_loaded_in_production(reference):
    with pytest.raises(RefusedError) as refused:
        load_demo(now=NOW, production=True)
    assert refused.value.refusal is DemoRefusal.PRODUCTION
    assert count(Person) == 0


def test_experts_can_be_found_and_have_been_asked(reference):
    load_demo(Size(60, 12), now=NOW)
    day = local_day(NOW)
    able = experts_listed(Wanted(helps="1"), on=day).items
    assert [expert.name for expert in able] == ["Trần Demo Khoa", "Đặng Demo Minh"]
    assert experts_listed(Wanted(tool="5s", language="en"), on=day).total == 1
    states = sorted(request.state.value for request in db.session.query(HelpRequest))
    assert states == ["under_way", "with_club", "with_expert"]


def test_the_plan_has_a_pilot_and_one_expert_who_counts(reference):
    load_demo(Size(60, 12), now=NOW)
    day = local_day(NOW)
    assert pilot_firms_on(day) == 1
    assert valid_experts_on(day) == 1


def test_new_people_can_be_added_afterwards(reference):
    load_demo(Size(30, 12), now=NOW)
    assert a_person().id > 30


def test_every_demo_account_can_sign_in(reference, client):
    load_demo(Size(30, 12), now=NOW)
    for account in ACCOUNTS:
        answer = client.post("/login", data={"email": account.email, "password": PASSWORD})
        assert answer.status_code == 302, account.email
        client.post("/logout")


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


def test_people_are_on_their_way_to_the_own_recognition_at_several_stages(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    assert Counter(db.session.scalars(select(Candidate.state))) == {
        CandidateState.APPLIED: 2,
        CandidateState.ADMITTED: 1,
        CandidateState.COLLECTING: 3,
        CandidateState.UNDER_ASSESSMENT: 1,
        CandidateState.APPEALED: 1,
        CandidateState.VALID: 1,
        CandidateState.RENEWAL_DUE: 1,
    }


def test_one_recognition_is_near_its_end_and_its_holder_is_not_written_to(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    due = select(Candidate.id).where(Candidate.state == CandidateState.RENEWAL_DUE)
    [(candidate_id, facts)] = facts_of_candidates(db.session.scalars(due).all()).items()
    assert facts.on(local_day(NOW)) is AwardStanding.RENEWAL_DUE
    assert follow_days(now=NOW) == 0
    remind_of_ends(now=NOW)
    assert count(Letter, Letter.kind == "certification.recognition_ends") == 0
    assert db.session.get_one(Candidate, candidate_id).steps[-1].by_id is None


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


def test_an_appeal_waits_and_a_complaint_was_answered(reference):
    """Nobody was written to about them."""
    load_demo(Size(people=60, runs=8), now=NOW)
    assert count(Appeal, Appeal.state == AppealState.OPEN) == 1
    assert count(Complaint, Complaint.state == ComplaintState.PARTLY) == 1
    assert count(ComplaintHearing, ComplaintHearing.answer.is_not(None)) == 1
    assert count(Letter, Letter.kind.like("certification.%appeal%")) == 0


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
    official.post(f"/office/reports/{quarter.public_id}/1/check", data={"revision": 2})
    db.session.expire_all()
    assert draft.state is VersionState.CHECKED


def test_the_coordinator_finds_a_summary_of_the_departments_reports(club, sign_in):
    client = sign_in(account_by_email("dieuphoi@club.example"))
    [summary] = summaries()
    address = f"/office/department-reports/summaries/{summary.public_id}"
    assert summary.title.startswith("Tổng hợp báo cáo sáu tháng đầu năm")
    assert client.get(f"{address}.docx").data.startswith(b"PK")


def test_certifying_in_the_demo_club_keeps_the_clubs_own_rules(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    awards = db.session.scalars(select(Award)).all()
    assert len(awards) == 2
    for award in awards:
        steps = {step.reason: step for step in award.candidate.steps}
        decided = steps[StepReason.DECIDED]
        own = db.session.query(Account).filter_by(person_id=award.person_id).one()
        assert {steps[why].by_id for why in (StepReason.APPLIED, StepReason.HANDED_IN)} == {own.id}
        admitted, recognised = steps[StepReason.ADMITTED], steps[StepReason.RECOGNISED]
        [task] = db.session.scalars(select(AssessorTask).filter_by(candidate_id=award.candidate_id))
        voters = set(
            db.session.scalars(
                select(PanelVote.voter_id).filter_by(candidate_id=award.candidate_id)
            )
        )
        assert (task.state, len(voters), task.assessor_id in voters) == (TaskState.DONE, 3, False)
        deciding = (admitted.by_id, task.assessor_id, decided.by_id, recognised.by_id)
        assert len(set(deciding)) == 4
        assert decided.progress["readiness"] == 100
    assert count(Letter, Letter.kind.like("certification.%")) == 0


def test_the_assessors_task_can_end_in_a_yes(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    [task] = db.session.scalars(select(AssessorTask).where(AssessorTask.state == TaskState.ASKED))
    assert task.assessor.email == "thamdinh@club.example"
    keeper, decider = (account_by_email(f"{name}@club.example") for name in ("dieuphoi", "quantri"))
    another = account_by_email("thamdinh3@club.example")
    assert conflict_with(task.candidate, another, on=local_day(NOW)) is None
    found = [NewFinding(one.id, fulfilled=True) for one in requirements_to_judge(task.candidate)]
    finish(task.id, found, now=NOW)
    vote(task.candidate_id, Choice.YES, remark=None, by=keeper.id, now=NOW)
    yes = Ruling(CandidateState.CERTIFIED)
    assert decide(task.candidate_id, yes, by=decider.id, now=NOW).state is yes.outcome


def test_the_demo_member_is_on_the_way_to_the_certificate_of_another_body(reference):
    load_demo(Size(people=60, runs=8), now=NOW)
    member = account_by_email("hoivien@club.example")
    ways = db.session.scalars(select(Candidate).where(Candidate.person_id == member.person_id))
    by_club = {way.level.version.scheme.awarded_by_club: way.state for way in ways}
    assert by_club[False] is CandidateState.COLLECTING
