"""Erasure: nothing says who somebody was any more, and no figure changes."""

import json
import uuid
from datetime import timedelta
from decimal import Decimal
from itertools import chain

import pytest
from sqlalchemy import JSON, Enum, String, TypeDecorator, exists, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from club.accounts.models import Account, RoleName
from club.audit.models import AuditEntry
from club.courses.models import Run, RunState, RunTrainer
from club.db import Model, db
from club.outbox.models import Letter, LetterState
from club.people.models import Person
from club.periods import period_of_days
from club.privacy import erasing, queries
from club.privacy.operations import forget_last_letters
from club.privacy.personal_data import ErasureRefusal
from club.privacy.requests import operations
from club.privacy.requests.models import PrivacyRequest, RequestKind, RequestState
from club.privacy.requests.operations import Wish
from club.privacy.requests.rules import RequestRefusal
from club.records.attendance.models import Mark
from club.records.certificates.exceptions import ask_for_exception
from club.records.certificates.models import CertificateState, CompletionCertificate
from club.records.inquiries.models import FollowUp, Inquiry, InquiryKind
from club.records.inquiries.operations import (
    Application,
    answer_follow_up,
    make_case_candidate,
)
from club.records.models import TrainingRecord
from club.records.operations import close_run
from club.records.outside.models import OutsideState
from club.refusal import RefusedError
from club.registration.models import Registration
from club.rooms import PERSONAL_DATA
from club.statistics.dimensions import Dimension
from club.statistics.figures import trainee_counts
from club.upkeep.tables import all_tables
from club.web.personal_data import ERASED_NAME
from tests.records.kit import a_coordinator, a_taught_run, every, marked, on_the_list, present
from tests.records.outside_kit import decided, training_elsewhere
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import NOW, a_person, a_run, an_account, reload
from tests.support.pages import words
from tests.sweeps.filling import _fewest_first, _value, fill_every_table

TRACE = "dấu vết"
#: What stays, since it says something about a thing, a group or a state and not about somebody.
STAYS = {
    "account": {"tf_last_counter"},
    "award_certificate": {
        "number", "code", "scheme_name", "scheme_name_en", "version_label", "level_name",
        "level_name_en", "assessed", "issuer_name", "issuer_name_en",
    },
    "candidate": {"level_key"},
    "complaint": {"language"},
    "evidence_use": {"category"},
    "help_request": {"sector"},
    "consent": {"version", "wording", "language", "channel"},
    "completion_certificate": {
        "number", "code", "course_code", "course_slug", "course_title", "course_title_en", "run_code",
        "issuer_name", "issuer_name_en",
    },
    "expert": {"code"},
    "expert_certificate": {"scheme_name", "level", "body"},
    "letter": {"kind", "event_key", "language"},
    "nominee": {"refusal"},
    "person": {"language"},
    "person_merge": {"moved", "left", "filled"},
    "training_record": {
        "organisation_name", "sector", "topic_key", "course_code", "course_title",
        "course_title_en",
    },
    "material_version": {"note", "link", "body"},
    # Written for the library, and kept without a name as the privacy page says.
    "article_draft": {"facts", "note"},
    "article_draft_comment": {"text"},
    # A firm goes on standing by what somebody agreed to for it.
    "publication_agreement": {"organisation_name", "given_by_role", "words", "reason"},
    "draft_picture": {"alt", "caption", "credit"},
    "picture": {"code"},
    "audit_entry": {"action", "subject_kind", "subject_id", "request_number", "detail"},
}  # fmt: skip


def asked(person, *, keeps_certificates=True, now=NOW):
    wish = Wish(RequestKind.ERASURE, f"Xóa giúp, {TRACE}", keeps_certificates=keeps_certificates)
    return operations.ask(person.id, wish, now=now)


def erase(request, by=None, now=NOW):
    erasing.erase(request.id, by=(by or a_coordinator()).id, now=now)


def a_learner(**given):
    """Somebody with an account, a record and a certificate of a class that is closed."""
    run = a_taught_run()
    account = an_account(person=present(run, on_the_list(run, a_person(**given))))
    close_run(run.id, by=a_coordinator().id, now=NOW)
    return account


def figures():
    """Every figure of these years, by every dimension."""
    period = period_of_days("2025-01-01", "2027-12-31")
    return [
        trainee_counts(period, by=by, as_of=TODAY + timedelta(days=1))
        for by in ((), *((dimension,) for dimension in Dimension))
    ]


def traces():
    """Where any text of the database still bears a trace."""
    db.session.expire_all()
    found = set()
    for table in all_tables():
        for column in table.columns:
            stored = (
                column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
            )
            if not isinstance(stored, String | JSON) or isinstance(stored, Enum):
                continue
            for value in db.session.scalars(select(column).where(column.is_not(None))):
                text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
                if TRACE in text.lower() or "dau vet" in text.lower():
                    found.add(f"{table.name}.{column.name}")
    return found - {f"{table}.{column}" for table, columns in STAYS.items() for column in columns}


def marked_value(column, position, own):  # noqa: PLR0911  one for each kind of column
    if column.foreign_keys:
        (key,) = column.foreign_keys
        # Of two entries that became one, the other is somebody else's.
        if key.column.table.name in own and column.name not in {"gone_id", "other_id"}:
            return own[key.column.table.name]
        return _value(column, position)
    stored = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(stored, JSON):
        return {"chữ": TRACE}
    if isinstance(stored, String) and not isinstance(stored, Enum):
        return f"{TRACE} {uuid.uuid4().hex}"
    if column.name in {"queue_number", "position"}:
        return 999
    if stored.python_type in {uuid.UUID, bytes}:
        made = uuid.uuid4()
        return made if stored.python_type is uuid.UUID else made.bytes
    return _value(column, position)


def leads_to(column, own):
    return any(key.column.table.name in own for key in column.foreign_keys)


def mark(table, own):
    """A row about the person with a trace in every text, as full as the table's checks allow."""
    may_be_empty = [c for c in table.columns if c.nullable]
    spare = [c for c in may_be_empty if not leads_to(c, own)]
    for left_out in chain(_fewest_first(spare), _fewest_first(may_be_empty)):
        values = {
            column.name: marked_value(column, position, own)
            for position, column in enumerate(table.columns)
            if column not in left_out and not (column.primary_key and column.name == "id")
        }
        try:
            with db.session.begin_nested():
                made = db.session.execute(table.insert().values(values))
        except (IntegrityError, StatementError):
            continue
        if "id" in table.columns:
            own[table.name] = made.inserted_primary_key[0]
        return True
    return False


def a_marked_person():
    """Rows in every table that is about people, of one person, with a trace in each text."""
    fill_every_table()
    account = an_account(
        person=a_person(full_name="Đặng Dấu Vết", email="dau vet@example.vn", phone=TRACE),
        email="dau vet@account.vn",
    )
    account.tf_totp_secret = account.tf_phone_number = account.tf_primary_method = TRACE
    account.mf_recovery_codes = [TRACE]
    db.session.commit()
    own = {"person": account.person_id, "account": account.id}
    about = {name for part in PERSONAL_DATA for name in part.rows} - {"person", "account"}
    tables = [table for table in Model.metadata.sorted_tables if table.name in about]
    assert [table.name for table in tables if not mark(table, own)] == []
    runs = select(Registration.run_id).where(Registration.person_id == account.person_id)
    taught = select(RunTrainer.run_id).where(RunTrainer.person_id == account.person_id)
    db.session.execute(
        update(Run).where(Run.id.in_(runs) | Run.id.in_(taught)).values(state=RunState.CLOSED)
    )
    db.session.execute(update(PrivacyRequest).values(state=RequestState.WITHDRAWN, closed_at=NOW))
    db.session.commit()
    return account


@pytest.mark.slow
@pytest.mark.parametrize("keeps", [True, False])
def test_no_table_keeps_a_trace(keeps):
    account = a_marked_person()
    request = asked(account.person, keeps_certificates=keeps)
    before = traces()
    assert len(before) > 25
    erase(request, now=TODAY)
    # The last letter is on its way to the address, and then deleted.
    db.session.execute(
        update(Letter)
        .values(state=LetterState.SENT, recipient="x@example.vn")
        .where(Letter.kind == "privacy.erased")
    )
    db.session.commit()
    left = {
        "award_certificate.holder_name",
        "award_certificate.lost_sha256",
        "completion_certificate.holder_name",
        "completion_certificate.lost_sha256",
        "completion_certificate.state_reason",
        "certificate_step.reason",
    }
    assert traces() - (left if keeps else set()) == set()


@pytest.mark.slow
def test_no_figure_of_the_club_changes():
    load_small_demo()
    by = a_coordinator()
    before = figures()
    open_runs = select(Run.id).where(Run.state.not_in([RunState.CLOSED, RunState.CANCELLED]))
    busy = select(Registration.person_id).where(Registration.run_id.in_(open_runs))
    counted = select(TrainingRecord.person_id).where(TrainingRecord.counts)
    people = db.session.scalars(
        select(Person).where(
            Person.id.in_(counted),
            Person.id.not_in(busy),
            ~exists().where(RunTrainer.person_id == Person.id),
        )
    ).all()
    assert len(people) >= 3
    for person in people:
        erase(asked(person, keeps_certificates=False, now=TODAY), by=by, now=TODAY)
    assert figures() == before


def test_who_was_erased_cannot_sign_in_and_has_no_name(sign_in):
    account = a_learner(full_name="Nguyễn Thị Ra Đi")
    client = sign_in(account)
    erase(asked(account.person))
    assert client.get("/me/").status_code in {302, 401}
    account = reload(account)
    assert (account.active, account.password) == (False, None)
    assert reload(account.person).full_name == ERASED_NAME
    (certificate,) = every(CompletionCertificate)
    assert (certificate.holder_name, certificate.state) == (
        "Nguyễn Thị Ra Đi",
        CertificateState.VALID,
    )


def test_certificates_are_withdrawn_where_the_person_wants_that(client):
    account = a_learner(full_name="Nguyễn Thị Ra Đi")
    db.session.execute(
        update(CompletionCertificate).values(post_test=Decimal(9), post_test_maximum=Decimal(10))
    )
    erase(asked(account.person, keeps_certificates=False))
    (certificate,) = every(CompletionCertificate)
    assert (certificate.state, certificate.post_test) == (CertificateState.REVOKED, None)
    page = words(client.get(f"/verify/{certificate.code}"))
    assert "Ra Đi" not in page
    assert "Thu hồi theo yêu cầu xóa dữ liệu" in page


def test_kept_certificates_can_still_be_checked(client):
    account = a_learner(full_name="Nguyễn Thị Ra Đi")
    erase(asked(account.person))
    (certificate,) = every(CompletionCertificate)
    assert client.get(f"/verify/{certificate.code}.json").json["state"] == "valid"


def test_the_last_letter_goes_out_without_a_name_and_is_deleted():
    account = a_learner(full_name="Nguyễn Thị Ra Đi")
    address = account.email
    erase(asked(account.person))
    last = db.session.scalars(select(Letter).where(Letter.kind == "privacy.erased")).one()
    assert (last.recipient, last.person_id) == (address, None)
    assert "Ra Đi" not in last.subject + last.body_text
    assert forget_last_letters() == 0
    last.state = LetterState.SENT
    db.session.commit()
    assert forget_last_letters() == 1
    addresses = db.session.scalars(select(Letter.recipient)).all()
    assert address not in addresses


def test_erasing_twice_is_refused_and_changes_nothing():
    account = a_learner()
    request = asked(account.person)
    erase(request)
    with pytest.raises(RefusedError) as refused:
        erase(request)
    assert refused.value.refusal is RequestRefusal.NOT_OPEN
    assert [e.action for e in every(AuditEntry)].count("privacy.erase") == 1


def test_somebody_who_is_still_on_a_list_is_not_erased():
    person = on_the_list(a_run())
    request = asked(person)
    with pytest.raises(RefusedError):
        erase(request)
    assert reload(person).full_name != ERASED_NAME
    assert reload(request).state is RequestState.OPEN


def test_who_still_teaches_is_not_erased():
    person = a_person()
    a_run(trainers=[person])
    with pytest.raises(RefusedError):
        erase(asked(person))


def test_the_last_administrator_is_not_erased():
    account = an_account(RoleName.ADMINISTRATOR)
    with pytest.raises(RefusedError):
        erase(asked(account.person))


def test_what_breaks_in_the_middle_erases_nothing(monkeypatch):
    account = a_learner(full_name="Nguyễn Thị Ra Đi")
    request = asked(account.person)

    def broken(*_given, **_named):
        raise RuntimeError

    monkeypatch.setattr(erasing, "_close", broken)
    with pytest.raises(RuntimeError):
        erase(request)
    assert reload(account.person).full_name == "Nguyễn Thị Ra Đi"
    assert reload(account).active


def test_other_people_stay_as_they_are():
    one, other = a_learner(), a_learner(full_name="Trần Văn Ở Lại")
    employed = other.person.email
    erase(asked(one.person, keeps_certificates=False))
    other = reload(other)
    assert (other.person.full_name, other.person.email, other.active) == (
        "Trần Văn Ở Lại",
        employed,
        True,
    )
    held = queries.whose(other.person_id)
    assert len(erasing.losses(held)) == len(erasing.losses(held))
    (kept,) = [c for c in every(CompletionCertificate) if c.person_id == other.person_id]
    assert kept.state is CertificateState.VALID


def test_staff_see_what_happens_and_confirm_it(sign_in):
    account = a_learner(full_name="Nguyễn Thị Ra Đi")
    request = asked(account.person, keeps_certificates=False)
    office = sign_in(a_coordinator())
    address = f"/office/privacy/{request.public_id}"
    assert office.post(address, data={"decision": "grant", "reason": "x"}).status_code == 409
    page = words(office.get(f"{address}/erasure"))
    assert "Giấy chứng nhận bị thu hồi" in page
    assert "Hồ sơ học và giấy chứng nhận" in page
    assert office.post(f"{address}/erasure").status_code == 422
    assert reload(request).state is RequestState.OPEN
    assert office.post(f"{address}/erasure", data={"sure": "y"}).location == "/office/privacy"
    assert reload(request).state is RequestState.GRANTED
    assert "Ra Đi" not in words(office.get("/office/privacy"))
    assert office.post(f"{address}/erasure", data={"sure": "y"}).status_code == 409


def test_staff_see_what_has_to_be_done_first(sign_in):
    person = on_the_list(a_run())
    office = sign_in(a_coordinator())
    page = words(office.get(f"/office/privacy/{asked(person).public_id}/erasure"))
    assert "còn trong danh sách lớp chưa đóng" in page
    assert "Xóa vĩnh viễn" not in page


def test_asking_for_it_asks_about_certificates(sign_in):
    account = an_account()
    form = {"kind": "erasure", "words": "Tôi không tham gia nữa"}
    client = sign_in(account)
    assert client.post("/me/privacy/requests/new", data=form).status_code == 422
    client.post("/me/privacy/requests/new", data=form | {"certificates": "withdraw"})
    (request,) = every(PrivacyRequest)
    assert request.keeps_certificates is False


def test_the_log_keeps_who_decided_and_nothing_about_the_person():
    account = a_learner()
    request, by = asked(account.person), a_coordinator()
    db.session.add(
        AuditEntry(
            at=NOW, account_id=by.id, action="accounts.roles", subject_kind="person",
            subject_id=str(account.person.public_id), detail={"reason": TRACE},
        )
    )  # fmt: skip
    db.session.commit()
    erase(request, by=by)
    entries = [e for e in every(AuditEntry) if e.subject_kind in {"person", "privacy_request"}]
    assert {(e.action, e.account_id) for e in entries} >= {
        ("accounts.roles", by.id),
        ("privacy.erase", by.id),
    }
    assert [e.detail for e in entries if e.detail] == []


def test_the_log_forgets_the_person_in_entries_about_other_things():
    run, by = a_taught_run(), a_coordinator()
    account = an_account(person=on_the_list(run))
    marked(run, account.person, Mark.PRESENT, Mark.ABSENT)
    close_run(run.id, by=by.id, now=NOW)
    decided(training_elsewhere(account), OutsideState.REFUSED, by=by, remark=TRACE)
    (record,) = every(TrainingRecord)
    ask_for_exception(record.id, reason=TRACE, by=by.id, now=NOW)
    kept = {e.action: e.detail for e in every(AuditEntry)}
    named = [kept["records.decide_outside_training"], kept["records.ask_exception"]]
    assert [detail["person"] for detail in named] == [str(account.person.public_id)] * 2
    erase(asked(account.person))
    db.session.expire_all()
    kept = {e.action: e.detail for e in every(AuditEntry)}
    assert kept["records.decide_outside_training"] is None
    assert kept["records.ask_exception"] is None
    assert kept["records.close_run"]


def test_of_an_answer_without_words_no_case_study_is_made():
    account = a_learner()
    (record,) = every(TrainingRecord)
    inquiry = Inquiry(
        run_id=record.run_id, person_id=account.person_id, kind=InquiryKind.AFTER_30_DAYS,
        asked_at=NOW,
    )  # fmt: skip
    db.session.add(inquiry)
    db.session.commit()
    found = answer_follow_up(inquiry.id, Application(TRACE, may_become_case=True), now=NOW)
    make_case_candidate(found.id, by=a_coordinator().id, now=NOW)
    erase(asked(account.person))
    (kept,) = every(FollowUp)
    assert (reload(kept).applied, kept.case_candidate_since) == (ERASED_NAME, None)


def test_a_person_without_an_account_can_be_erased():
    person = a_person(full_name="Nguyễn Thị Ra Đi")
    erase(asked(person))
    assert reload(person).full_name == ERASED_NAME
    assert db.session.query(Account).filter_by(person_id=person.id).count() == 0


def test_what_else_was_asked_is_decided_first():
    account = a_learner()
    wish = Wish(RequestKind.CORRECTION, "Năm sinh của tôi ghi sai.")
    other = operations.ask(account.person_id, wish, now=NOW)
    request = asked(account.person)
    with pytest.raises(RefusedError) as refused:
        erase(request)
    assert refused.value.refusal is ErasureRefusal.ASKED_MORE
    assert reload(request).state is RequestState.OPEN
    operations.refuse(other.id, reason="Đã đúng.", by=a_coordinator().id, now=NOW)
    erase(request)
    assert reload(request).state is RequestState.GRANTED
