"""Things of the demo club that belong to none of its visitors, by the parts of their address."""

import secrets
import uuid
from io import BytesIO

from sqlalchemy import func, select

from club import clock
from club.accounts.models import Account, RoleName
from club.calendar.models import CalendarFeed, FeedKind
from club.certification.candidacy.operations import applying
from club.certification.candidacy.queries import uses_in
from club.certification.models import Expert
from club.certification.objections.operations import complaining
from club.courses.models import Course, Run, RunState, RunTrainer
from club.db import db, transaction
from club.demo.accounts import ACCOUNTS, DOMAIN
from club.files.receiving import add_file, receive
from club.identity.models import ClubProfile
from club.indicators.models import Calculator, Indicator, Observation, ObservationSeries
from club.knowledge.editing.models import Draft
from club.knowledge.editing.operations import drafting, reviewing
from club.knowledge.finding.models import PromotedAnswer
from club.knowledge.library.models import Document
from club.knowledge.models import Article, ArticleKind
from club.knowledge.pictures.keeping import store_picture
from club.knowledge.pictures.models import Picture
from club.knowledge.pictures.operations import lay_ready
from club.knowledge.sharing.pictures import draw_pictures
from club.materials.models import Visibility
from club.membership.models import Membership, MembershipApplication
from club.outbox.operations import write_letter
from club.people.models import Employment, Organisation
from club.pilots.models import PilotProject
from club.plan.budget.models import BudgetEntry, MoneySource
from club.plan.budget.operations import Place, enter_amounts
from club.plan.budget.rules import Amounts
from club.plan.items.operations import ProofFacts, add_proof
from club.privacy.models import CopyState, DataCopy
from club.privacy.requests.models import RequestKind
from club.privacy.requests.operations import Wish, ask
from club.records.attendance.models import PaperList
from club.records.certificates.designing import keep_design
from club.records.certificates.designs import Wording
from club.records.certificates.exceptions import ask_for_exception
from club.records.certificates.models import (
    CertificateException,
    CertificateState,
    CompletionCertificate,
)
from club.records.certificates.signing import keys_in_use
from club.records.inquiries.models import FollowUp, Inquiry, InquiryKind
from club.records.models import TrainingRecord
from club.registration.inviting.models import RunInvitation
from club.registration.models import Registration, RegistrationState, RunQuota
from club.registration.nominations.models import Nomination
from club.registration.questions.models import (
    CourseQuestion,
    QuestionKind,
    RegistrationAnswer,
)
from club.registration.requirements.models import CourseRequirement, RequirementKind
from club.reporting import queries as reporting_queries
from club.reporting.summaries.operations import compose_summary
from club.statistics.dashboard.operations import save_view
from club.units.models import Unit
from tests.certification.assessment import kit as assessments
from tests.certification.awards import kit as awards
from tests.certification.candidacy import kit as candidates
from tests.certification.helping import kit as helping
from tests.certification.kit import checked
from tests.certification.objections import kit as objections
from tests.certification.scheme_kit import a_requirement, a_scheme, a_version, published
from tests.knowledge.agreements import kit as agreements
from tests.knowledge.proposals import kit as proposals
from tests.knowledge.questions import kit as questions
from tests.materials.kit import PDF, a_material
from tests.people.merging_kit import joined
from tests.pilots import kit as pilots
from tests.records.earlier_kit import a_list, a_row, handed_in
from tests.records.outside_kit import training_elsewhere
from tests.reporting import kit as reporting
from tests.statistics.elsewhere.kit import a_reported_training
from tests.statistics.reports.kit import a_draft
from tests.support.demo import TODAY
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
from tests.support.pictures import a_picture


def published_run() -> Run:
    """A run that no visitor teaches."""
    visitor = select(Account.person_id).where(Account.email.in_([a.email for a in ACCOUNTS]))
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id.in_(visitor))
    found = select(Run).where(Run.state == RunState.PUBLISHED, Run.id.not_in(taught))
    return first(found.order_by(Run.starts_at.desc()))


def first(query):
    return db.session.scalars(query.limit(1)).one()


def code_of_a_run():
    return {"code": published_run().code}


def paper_list_of_a_run():
    run = published_run()
    found = saved(
        PaperList(
            session_id=run.sessions[0].id,
            scan=add_file(receive(BytesIO(PDF), name="giay.pdf"), by=None, now=NOW),
            signed=1,
            entered_at=NOW,
        )
    )
    return {"code": run.code, "public_id": found.public_id}


def another_account():
    """Of somebody who is none of the visitors."""
    return {"public_id": an_account().person.public_id}


def a_version_of_the_club():
    return {"profile_id": first(select(ClubProfile.id))}


def unit_key():
    return {"key": first(select(Unit)).key}


def course_slug():
    return {"slug": first(select(Course)).slug}


def course_code():
    return {"code": first(select(Course)).code}


def requirement_of_a_course():
    course = first(select(Course))
    required = saved(
        CourseRequirement(course_id=course.id, kind=RequirementKind.MEMBERSHIP, added_at=NOW)
    )
    return {"code": course.code, "requirement_id": required.id}


def session_of_a_run():
    run = published_run()
    return {"code": run.code, "public_id": run.sessions[0].public_id}


def trainer_of_a_run():
    run, person = published_run(), a_person()
    with transaction() as session:
        session.add(RunTrainer(run=run, person=person))
    return {"code": run.code, "public_id": person.public_id}


def another_organisation() -> Organisation:
    """One that no visitor speaks for."""
    spoken_for = (
        select(Employment.organisation_id)
        .join(Account, Account.person_id == Employment.person_id)
        .where(Account.email.like(f"%@{DOMAIN}"))
    )
    return first(select(Organisation).where(Organisation.id.not_in(spoken_for)))


def code_of_another_organisation():
    return {"code": another_organisation().code}


def run_for_another_organisation():
    return {"code": another_organisation().code, "run": published_run().code}


def registration_of_another_organisation():
    """Of one that no visitor speaks for."""
    organisation, run = another_organisation(), a_run()
    made = Registration(
        run_id=run.id,
        person_id=a_person().id,
        state=RegistrationState.CONFIRMED,
        queue_number=1,
        audience=organisation.kind,
        organisation_id=organisation.id,
        registered_at=TODAY,
    )
    return {"code": organisation.code, "public_id": saved(made).public_id}


def another_nomination():
    """Of an organisation that no visitor speaks for."""
    organisation = another_organisation()
    made = Nomination(
        public_id=uuid.uuid4(),
        run_id=published_run().id,
        organisation_id=organisation.id,
        places_shown=0,
        statement="Đã đồng ý",
        at=TODAY,
        by_id=an_account().id,
    )
    return {"code": organisation.code, "public_id": saved(made).public_id}


def another_employment():
    """In an organisation that no visitor speaks for, of a person who is no visitor."""
    organisation = another_organisation()
    employment = first(
        select(Employment)
        .where(Employment.organisation_id == organisation.id, Employment.to_day.is_(None))
        .where(Employment.person_id.not_in(select(Account.person_id)))
    )
    return {"code": organisation.code, "employment_id": employment.id}


def another_workplace():
    return {"employment_id": another_employment()["employment_id"]}


def another_certificate() -> CompletionCertificate:
    holders = select(Account.person_id)
    return first(
        select(CompletionCertificate)
        .where(CompletionCertificate.person_id.not_in(holders))
        .where(CompletionCertificate.state == CertificateState.VALID)
    )


def another_inquiry():
    """Of somebody who cannot sign in."""
    signed_in = select(Account.person_id)
    return {
        "public_id": first(select(Inquiry).where(Inquiry.person_id.not_in(signed_in))).public_id
    }


def a_follow_up():
    inquiry = saved(
        Inquiry(
            run=a_run(),
            person=a_person(),
            kind=InquiryKind.AFTER_30_DAYS,
            asked_at=NOW,
            answered=True,
        )
    )
    told = FollowUp(
        inquiry=inquiry, applied="Sắp xếp lại kho", may_become_case=True, answered_at=NOW
    )
    return {"public_id": saved(told).public_id}


def id_of_a_certificate():
    return {"public_id": another_certificate().public_id}


def a_list_of_earlier_years():
    return {"public_id": handed_in(a_list([a_row()])).public_id}


def outside_training():
    return {"public_id": training_elsewhere().public_id}


def id_of_a_record():
    return {"public_id": db.session.scalars(select(TrainingRecord)).first().public_id}


def id_of_an_exception():
    asked_before = select(CertificateException.training_record_id)
    record = db.session.scalars(
        select(TrainingRecord).where(
            TrainingRecord.id.not_in(asked_before),
            TrainingRecord.superseded_at.is_(None),
            ~TrainingRecord.completed,
            TrainingRecord.attended_minutes > 0,
        )
    ).first()
    asker = an_account(RoleName.COORDINATOR)
    asked = ask_for_exception(record.id, reason="Ốm buổi cuối", by=asker.id, now=NOW)
    return {"public_id": asked.public_id}


def status_list():
    return {"purpose": "revocation", "number": 0}


def public_key():
    return {"fingerprint": keys_in_use(now=NOW)[1].fingerprint}


def design_of_certificates():
    return {"version": keep_design(Wording(), logo=None, signature=None, by=None, now=NOW).version}


def code_of_a_certificate():
    return {"code": another_certificate().code}


def code_of_a_closed_run():
    """One that no visitor teaches."""
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id.in_(select(Account.person_id)))
    return {
        "code": first(select(Run).where(Run.state == RunState.CLOSED, Run.id.not_in(taught))).code
    }


def another_application():
    person = a_person()
    with transaction() as session:
        application = MembershipApplication(person_id=person.id, applied_at=TODAY)
        session.add(application)
    return {"public_id": application.public_id}


def a_membership():
    return {"membership_id": first(select(Membership)).id}


def a_purpose():
    return {"purpose": "news"}


def another_feed():
    person = a_person()
    with transaction() as session:
        feed = CalendarFeed(
            person_id=person.id,
            kind=FeedKind.PERSON,
            name="điện thoại",
            language="vi",
            token_hash=secrets.token_hex(32),
            created_at=TODAY,
        )
        session.add(feed)
    return {"feed_id": feed.id}


def a_wrong_token():
    return {"token": "not-a-token"}


def reported_training():
    return {"public_id": a_reported_training().public_id}


def code_of_a_draft():
    return {"code": a_run(state=RunState.DRAFT, published_at=None).code}


def registration():
    people = select(Account.person_id)
    found = select(Registration).where(
        Registration.person_id.not_in(people), Registration.state == RegistrationState.CONFIRMED
    )
    return {"public_id": first(found).public_id}


def invitation_to_a_run():
    run = published_run()
    invitation = RunInvitation(run_id=run.id, email="moi@example.vn", invited_at=NOW)
    return {"code": run.code, "public_id": saved(invitation).public_id}


def request_to_another_organisation():
    return {"code": another_organisation().code} | registration()


def question_of_a_course():
    course = first(select(Course))
    return {"code": course.code, "question_id": a_question(course).id}


def file_answered():
    address = registration()
    found = first(select(Registration).where(Registration.public_id == address["public_id"]))
    question = a_question(found.run.course, kind=QuestionKind.FILE)
    received = receive(BytesIO(PDF), name="a.pdf")
    with transaction() as session:
        file = add_file(received, by=None, now=NOW)
        session.add(
            RegistrationAnswer(
                registration_id=found.id, question_id=question.id, file=file, answered_at=NOW
            )
        )
    return address | {"question_id": question.id}


def a_question(course, *, kind=QuestionKind.TEXT):
    return saved(
        CourseQuestion(
            course_id=course.id, position=1, kind=kind, wording="Hỏi gì?", required=False,
            added_at=NOW,
        )
    )  # fmt: skip


def group_of_a_run():
    run = published_run()
    found = select(RunQuota).where(RunQuota.run_id == run.id)
    group = db.session.scalars(found).first() or saved(
        RunQuota(run_id=run.id, position=1, seats=1, members_only=True)
    )
    return {"code": run.code, "position": group.position}


def expert_certificate():
    return {"public_id": checked(number=secrets.token_hex(4)).public_id}


def certificate_with_a_paper():
    found = checked(number=secrets.token_hex(4))
    with transaction():
        file = add_file(candidates.a_paper().file, by=None, now=NOW)
        found.file_id = file.id
    return {"public_id": found.public_id}


def draft_of_a_scheme():
    scheme = a_scheme(key=f"scheme_{secrets.token_hex(4)}")
    return {"key": scheme.key, "number": a_version(scheme=scheme).number}


def level_of_a_draft():
    return {**draft_of_a_scheme(), "level": "expert"}


def level_and_person():
    return {**level_of_a_draft(), "public_id": a_person().public_id}


def requirement_of_a_draft():
    scheme = a_scheme(key=f"scheme_{secrets.token_hex(4)}")
    a_requirement(a_version(scheme=scheme))
    return {"key": scheme.key, "number": 1, "level": "expert", "asked": "training"}


def published_scheme():
    version = published(a_version(scheme=a_scheme(key=f"scheme_{secrets.token_hex(4)}")))
    return {"key": version.scheme.key}


def expert_who_did_not_agree():
    person = a_person()
    checked(person, number=secrets.token_hex(4))
    return {"code": first(select(Expert).where(Expert.person_id == person.id)).code}


def request_for_help():
    return {"public_id": helping.asked().public_id}


def _new_level():
    return candidates.a_level(a_scheme(secrets.token_hex(4)))


def level_to_apply_for():
    level = _new_level()
    return {"scheme": level.version.scheme.key, "number": level.version.number, "level": level.key}


def candidacy():
    return {"public_id": candidates.admitted(_new_level()).public_id}


def candidacy_under_assessment():
    return {"public_id": assessments.under_assessment().public_id}


def candidacy_that_is_recognised():
    return {"public_id": awards.holder().public_id}


def certificate_of_a_recognition():
    return {"public_id": awards.paper_of(awards.recognised()).public_id}


def candidacy_to_recognise():
    return {"public_id": awards.certified().public_id}


def task_of_an_assessor():
    return {"public_id": assessments.asked(assessments.under_assessment()).public_id}


def paper_of_a_task():
    task = assessments.asked(assessments.under_assessment())
    paper = uses_in(task.candidate_id)[0].evidence
    return {"public_id": task.public_id, "evidence_id": paper.public_id}


def appeal():
    return {"public_id": objections.appealed(objections.decided()).public_id}


def paper_of_an_appeal():
    paper = candidates.a_paper().file
    made = objections.appealed(objections.decided(), paper=paper)
    return {"public_id": made.public_id, "paper_id": made.papers[0].public_id}


def complaint():
    return {"public_id": objections.a_complaint().public_id}


def paper_of_a_complaint():
    made = objections.a_complaint()
    paper = complaining.add_paper(made.id, candidates.a_paper().file, by=None, now=NOW)
    return {"public_id": made.public_id, "paper_id": paper.public_id}


def a_wrong_token_and_paper():
    return {**a_wrong_token(), "paper_id": uuid.uuid4()}


def hearing_about_a_complaint():
    return {"public_id": objections.heard(objections.a_complaint()).public_id}


def requirement_of_a_candidacy():
    return {**candidacy(), "key": "work"}


def piece_of_evidence():
    return {"public_id": candidates.handed_in(candidates.admitted(_new_level())).evidence.public_id}


def use_of_evidence():
    return {"public_id": candidates.handed_in(candidates.admitted(_new_level())).public_id}


def use_for_a_project():
    candidate = assessments.under_assessment()
    return {"public_id": uses_in(candidate.id)[0].public_id}


def nomination_of_another_organisation():
    firm, person = an_organisation(code=f"dn-{secrets.token_hex(4)}"), a_person()
    an_employment(person, firm)
    nomination = applying.Nomination(person.id, _new_level().id, firm.id)
    nominated = applying.nominate(nomination, by=an_account().id, now=NOW)
    return {"code": firm.code, "public_id": nominated.public_id}


def question_of_a_member():
    return {"public_id": questions.asked().public_id}


def published_question():
    return {"slug": questions.published().slug}


def article_slug():
    return {"slug": first(select(Article)).slug}


def slug_of_the_plan():
    return {"slug": first(select(Document).where(Document.lines.any())).slug}


def line_of_the_plan():
    return {"line": "II.1-4"}


def entry_of_a_line():
    facts = ProofFacts(NOW.date(), "Biên bản", None, is_public=True)
    line = line_of_the_plan()
    return line | {"public_id": add_proof(line["line"], facts, by=None, now=NOW).public_id}


def file_of_a_line(*, is_public=False):
    facts = ProofFacts(NOW.date(), "Biên bản", None, is_public=is_public)
    file = receive(BytesIO(reporting.PDF), name="bien-ban.pdf")
    proof = add_proof("II.1-4", facts, file=file, by=None, now=NOW)
    return line_of_the_plan() | {"public_id": proof.public_id}


def public_file_of_a_line():
    return file_of_a_line(is_public=True)


def money_of_a_line():
    place = Place(line_of_the_plan()["line"], 2024, MoneySource.SCIENCE_BUDGET)
    # Another amount each time it is asked for: the same one again is refused.
    planned = db.session.scalar(select(func.count(BudgetEntry.id))) + 1
    enter_amounts(place, Amounts(planned, None), seen=None, reason="Nhập lại", by=None, now=NOW)
    return line_of_the_plan() | {"year": place.year, "source": place.source.value}


def chapter_of_the_plan():
    return slug_of_the_plan() | {"chapter": "II"}


def revision_of_a_text():
    return article_slug() | {"number": 1}


def draft_of_a_text():
    slug = first(select(Article).where(Article.retired_at.is_(None))).slug
    return {"public_id": drafting.begin_change(slug, by=an_account().id, now=NOW).public_id}


def picture_of_a_draft():
    found = draft_of_a_text()
    draft = first(select(Draft).where(Draft.public_id == found["public_id"]))
    stored = store_picture(BytesIO(a_picture()))
    lay_ready(draft.id, [stored], by=draft.author_id, now=NOW)
    return found | {"code": stored.address.code}


def picture_of_a_proposal():
    draft, stored = proposals.begun(), store_picture(BytesIO(a_picture()))
    lay_ready(draft.id, [stored], by=draft.author_id, now=NOW)
    return {"public_id": draft.public_id, "code": stored.address.code}


def unpublished_picture():
    picture_of_a_draft()
    return {"name": str(first(select(Picture)).address).rpartition("/")[2]}


def proposal_of_a_member():
    return {"public_id": proposals.begun().public_id, "part": "problem"}


def agreement_of_a_firm():
    draft = agreements.a_new_draft(an_account(), agreements.a_document())
    return {"public_id": agreements.agreed(draft, an_account(), scan=a_scan()).public_id}


def agreement_of_another_organisation():
    firm, draft = an_organisation(), agreements.a_new_draft(an_account(), agreements.a_document())
    given = agreements.agreed(draft, an_account(), code=firm.code, scan=a_scan())
    return {"code": firm.code, "public_id": given.public_id}


def a_scan():
    return receive(BytesIO(PDF), name="giay.pdf")


def remark_on_a_draft():
    found = draft_of_a_text()
    draft = first(select(Draft).where(Draft.public_id == found["public_id"]))
    remark = reviewing.comment(draft.id, "Nên nói rõ", answers=None, by=draft.author_id, now=NOW)
    return found | {"remark_id": remark.id}


def slug_of_a_tool():
    return {"slug": first(select(Article).where(Article.kind == ArticleKind.TOOL)).slug}


def slug_of_a_drawn_tool():
    draw_pictures(now=clock.now, stopped=lambda: False)
    return slug_of_a_tool()


def letter():
    written = write_letter(
        kind="test",
        event_key=f"test:{secrets.token_hex(4)}",
        person_id=None,
        recipient="nguoi-khac@example.vn",
        language="vi",
        subject="Chào",
        body_text="Chào anh chị.",
        now=TODAY,
    )
    return {"public_id": written}


def another_notice():
    """Told to somebody who is none of the visitors."""
    written = write_letter(
        kind="registration.confirmed",
        event_key=f"test:{secrets.token_hex(4)}",
        person_id=a_person().id,
        recipient="nguoi-khac@example.vn",
        language="vi",
        subject="Chào",
        body_text="Chào anh chị.",
        now=TODAY,
    )
    return {"public_id": written}


def saved_view():
    return {"public_id": save_view(a_person().id, "Của người khác", "", now=TODAY).public_id}


def drafted_report():
    return {"public_id": a_draft(now=TODAY).report.public_id}


def version_of_a_report():
    return {**drafted_report(), "number": 1}


def department_report():
    """Of a unit that none of the visitors reports for; on the day of the visit."""
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    return {"public_id": report.public_id}


def request_for_reports():
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    return {"public_id": report.request.public_id}


def file_of_a_department_report():
    return reporting.attached()


def summary_of_reports():
    [report] = reporting.asked(now=clock.now(), due_on=clock.today())
    made = compose_summary(report.request, title="Tổng hợp", by=None, now=clock.now())
    return {"public_id": made.public_id}


def wording_of_a_summary():
    return summary_of_reports() | {"number": 1}


def reporter_of_a_unit():
    unit = reporting.a_department()
    reporting.a_reporter(unit)
    return {"reporter_id": reporting_queries.reporters()[-1].id}


def part_in_a_pilot():
    return {"public_id": pilots.taking_part().public_id}


def measure_of_a_pilot():
    return {"public_id": pilots.measured().public_id}


def pilot_project_of_a_firm():
    project = pilots.a_project()
    return {"code": project.organisation.code, "public_id": project.public_id}


def part_in_a_pilot_of_a_firm():
    part = pilots.taking_part()
    return {"code": part.project.organisation.code, "public_id": part.public_id}


def pilot_project():
    firm = another_organisation()
    with transaction() as session:
        project = PilotProject(
            organisation_id=firm.id,
            size_class=firm.size_class,
            title="Giảm thời gian chờ",
            started_on=TODAY.date(),
            evidence="Biên bản số 1",
            recorded_at=TODAY,
        )
        session.add(project)
    return {"public_id": project.public_id}


def slug_of_a_calculator():
    return {"slug": first(select(Calculator)).slug}


def key_of_a_series():
    return {"key": first(select(ObservationSeries)).key}


def a_chart():
    return {"chart": "topic"}


def slug_of_an_indicator():
    return {"slug": first(select(Indicator)).slug}


def published_value():
    return {"public_id": first(select(Observation)).public_id}


def code_of_an_untaught_course():
    return {"code": a_course().code}


def material():
    return {"public_id": a_material(published_run()).public_id}


def material_for_everybody():
    return {"public_id": a_material(published_run(), visibility=Visibility.EVERYBODY).public_id}


def material_of_a_draft():
    draft = a_run(state=RunState.DRAFT, published_at=None)
    return {"public_id": a_material(draft, visibility=Visibility.EVERYBODY).public_id}


def material_taken_down():
    down = a_material(published_run(), visibility=Visibility.EVERYBODY, removed_at=TODAY)
    return {"public_id": down.public_id}


def version_of_a_material():
    return {"public_id": a_material(published_run()).public_id, "number": 1}


def copy_of_data():
    made = add_file(receive(BytesIO(PDF), name="a.pdf"), by=None, now=NOW)
    copy = DataCopy(
        person_id=a_person().id,
        state=CopyState.READY,
        asked_at=NOW,
        made_at=NOW,
        file_id=made.id,
    )
    return {"public_id": saved(copy).public_id}


def two_entries():
    return {"kept": a_person().public_id, "gone": a_person().public_id}


def two_entries_put_together():
    return {"public_id": joined(a_person(), a_person()).public_id}


def privacy_request():
    wish = Wish(RequestKind.CORRECTION, "Tên sai dấu")
    return {"public_id": ask(a_person().id, wish, now=NOW).public_id}


def request_for_erasure():
    wish = Wish(RequestKind.ERASURE, "Tôi không tham gia nữa", keeps_certificates=True)
    return {"public_id": ask(a_person().id, wish, now=NOW).public_id}


def a_promoted_answer():
    answer = saved(
        PromotedAnswer(
            words="bảo dưỡng",
            asked="#bao_duong",
            ref="tool:tpm",
            from_day=TODAY,
            made_at=NOW,
            made_by_id=an_account().id,
        )
    )
    return {"public_id": answer.public_id}
