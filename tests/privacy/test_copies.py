"""The download of everything: asked for, made by the worker, fetched by its owner, removed."""

import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from club.accounts.models import Account, RoleName
from club.accounts.operations import close_own_account
from club.certification.objections.operations import complaining
from club.db import db
from club.documents.pdf import PdfError
from club.files.models import StoredFile
from club.files.receiving import receive, sweep_orphans
from club.files.storage import StorageError, storage
from club.outbox.models import Letter
from club.people.models import Person
from club.privacy import operations, packing, queries
from club.privacy.models import CopyState, DataCopy
from club.privacy.rules import COPY_KEPT_FOR, MOST_TRIES
from club.records.certificates import personal_files
from club.records.certificates.rules import Refusal
from club.records.operations import close_run
from club.records.outside.operations import correct
from club.refusal import RefusedError
from club.registration.models import RegistrationStep
from club.registration.questions.models import CourseQuestion, QuestionKind, RegistrationAnswer
from club.rooms import PERSONAL_DATA
from tests.certification.objections.kit import a_complaint, a_sender, heard
from tests.materials.kit import PDF, a_material
from tests.records.kit import a_coordinator, a_taught_run, every, present
from tests.records.outside_kit import FACTS, training_elsewhere
from tests.support.demo import TODAY, load_small_demo
from tests.support.factories import NOW, a_person, a_run, an_account, saved
from tests.support.pages import flashed, words

LATER = NOW + timedelta(minutes=1)


def make(now=LATER):
    return operations.make_copies(now=lambda: now, stopped=lambda: False)


def copy_for(account, now=NOW):
    """Asked for and made."""
    public_id = operations.ask_for_copy(account.person_id, now=now).public_id
    assert make(now + timedelta(minutes=1))
    return public_id


def packed(account, now=NOW):
    into = BytesIO()
    packing.pack(queries.whose(account.person_id), into=into, language="vi", now=now)
    return ZipFile(into)


def told(archive, room):
    return json.loads(archive.read(f"{room}.json"))


def states():
    return [copy.state for copy in every(DataCopy)]


def letters_to(account):
    query = select(Letter.kind).where(Letter.person_id == account.person_id)
    return list(db.session.scalars(query.where(Letter.kind.startswith("privacy."))))


def test_a_person_asks_waits_and_downloads(sign_in):
    account = an_account()
    client = sign_in(account)
    answer = client.post("/me/privacy/copies")
    assert "đang được chuẩn bị" in flashed(client, answer)
    assert "Chuẩn bị bản sao" not in words(client.get("/me/privacy"))
    make()
    assert letters_to(account) == ["privacy.copy_ready"]
    page = client.get("/me/privacy").text
    (address,) = re.findall(r'href="(/me/privacy/copies/[^"]+\.zip)"', page)
    got = client.get(address)
    assert (got.status_code, got.mimetype) == (200, "application/zip")
    assert "attachment" in got.headers["Content-Disposition"]
    archive = ZipFile(BytesIO(got.data))
    assert archive.testzip() is None
    rooms = {f"{part.room}.json" for part in PERSONAL_DATA}
    assert set(archive.namelist()) == {"README.txt", "looks.json", *rooms}
    assert told(archive, "people")["person"][0]["full_name"] == account.person.full_name


def test_nobody_else_gets_it(client, sign_in):
    public_id = copy_for(an_account())
    address = f"/me/privacy/copies/{public_id}"
    everything = an_account(*RoleName)
    assert sign_in(everything).get(f"{address}.zip").status_code == 404
    assert sign_in(everything).post(f"{address}/removal").status_code == 404
    assert client.get(f"{address}.zip").status_code in {302, 401}
    assert states() == [CopyState.READY]


def test_certificates_and_files_are_in_it():
    run = a_taught_run()
    account, other = an_account(person=present(run)), an_account(person=present(run))
    close_run(run.id, by=a_coordinator().id, now=NOW)
    (certificate,) = every_of(account)
    mine, theirs = uploaded(account), uploaded(other)
    answered(account, run, mine)
    answered(other, run, theirs)
    archive = packed(account)
    names = archive.namelist()
    (pdf,) = [n for n in names if n.endswith(f"{certificate.number}.pdf")]
    assert archive.read(pdf).startswith(b"%PDF-")
    (answer,) = [n for n in names if n.startswith("registration/")]
    assert archive.read(answer) == b"".join(storage().pieces(mine.key))
    assert told(archive, "registration")["registration_answer"][0]["file"] == mine.name


def test_evidence_of_training_elsewhere_is_in_it_also_what_a_correction_replaced():
    account = an_account()
    training = training_elsewhere(account)
    training_elsewhere()
    later = receive(BytesIO(PDF + b"%2"), name="Giấy mới.pdf")
    correct(training.id, FACTS, later, by=account.id, now=LATER)
    archive = packed(account)
    names = [name for name in archive.namelist() if name.startswith("records/")]
    assert names == ["records/001 Giấy mới.pdf", "records/002 Giấy xác nhận.pdf"]
    assert [archive.read(name) for name in names] == [PDF + b"%2", PDF]


def test_papers_of_complaints_are_in_the_copy_of_who_complained():
    sender, subject = an_account(), an_account()
    paper = receive(BytesIO(PDF), name="don.pdf")
    complaint = a_complaint(a_sender(sender))
    complaining.add_paper(complaint.id, paper, by=sender.id, now=NOW)
    heard(complaint, subject.person)
    names = packed(sender).namelist()
    assert [name for name in names if name.startswith("certification/")] == [
        "certification/001 don.pdf"
    ]
    assert not [n for n in packed(subject).namelist() if n.startswith("certification/")]


def test_the_guide_says_which_files_are_left_out_and_why():
    guide = packed(an_account()).read("README.txt").decode()
    assert "Các tệp sau không có trong bản sao:" in guide
    assert "- các bản sao trước" in guide


@pytest.mark.parametrize("fault", [RefusedError(Refusal.KEY_MISSING), PdfError("no font")])
def test_a_certificate_that_cannot_be_signed_holds_up_nothing(monkeypatch, fault):
    run = a_taught_run()
    account = an_account(person=present(run))
    close_run(run.id, by=a_coordinator().id, now=NOW)
    (certificate,) = every_of(account)

    def fail(*_given, **_more):
        raise fault

    monkeypatch.setattr(personal_files, "signed_content", fail)
    archive = packed(account)
    (note,) = [n for n in archive.namelist() if n.endswith(f"{certificate.number}.txt")]
    said = archive.read(note).decode()
    assert said.count(f"/certificates/{certificate.public_id}") == 2
    assert ("Giấy vẫn có giá trị" in said, "could not be made" in said) == (True, True)
    copy_for(account)
    assert states() == [CopyState.READY]


def every_of(account):
    from club.records.certificates.queries import certificates_of

    return certificates_of(account.person_id)


def uploaded(account):
    from club.files.receiving import add_file, receive

    content = PDF + f"\n%{account.id}\n%%EOF".encode()
    return add_file(receive(BytesIO(content), name="giấy.pdf"), by=account.id, now=NOW)


def answered(account, run, file):
    from club.registration.models import Registration

    registration = db.session.scalars(
        select(Registration).where(Registration.person_id == account.person_id)
    ).one()
    question = saved(
        CourseQuestion(
            course_id=run.course_id,
            position=1,
            kind=QuestionKind.FILE,
            wording="Giấy giới thiệu",
            required=True,
            added_at=NOW,
        )
    )
    saved(
        RegistrationAnswer(
            registration_id=registration.id,
            question_id=question.id,
            file_id=file.id,
            answered_at=NOW,
        )
    )


def test_what_one_published_is_in_it_and_what_others_published_is_not():
    run, account = a_run(), an_account(RoleName.TRAINER)
    mine, theirs = a_material(run), a_material(run)
    for material, by in ((mine, account), (theirs, an_account())):
        material.versions[0].published_by_id = by.id
    db.session.commit()
    archive = packed(account)
    assert len([n for n in archive.namelist() if n.startswith("materials/")]) == 1
    assert [m["title"] for m in told(archive, "materials")["material_version"]] == [mine.title]


@pytest.mark.slow
def test_no_other_person_is_in_it():
    """Read as an attacker would: for everybody of the demo club, whoever they decide about."""
    load_small_demo()
    remark = "Người này hay bỏ buổi"
    people = [(p.id, p.full_name, p.email, p.phone) for p in every(Person)]
    accounts = db.session.scalars(select(Account)).all()
    for step in every(RegistrationStep):
        if step.registration.person_id not in {a.person_id for a in accounts}:
            step.remark = remark
    db.session.commit()
    for account in accounts:
        archive = packed(account, now=TODAY)
        text = "\n".join(
            archive.read(n).decode() for n in archive.namelist() if n.endswith((".json", ".txt"))
        )
        own = (account.person.full_name, account.person.email, account.person.phone)
        found = {
            secret
            for person_id, *secrets in people
            for secret in secrets
            if secret and person_id != account.person_id and secret not in own and secret in text
        }
        assert found == set(), account.email
        assert remark not in text
        assert account.password not in text
        assert account.fs_uniquifier not in text


def test_what_staff_did_is_a_number(sign_in):
    coordinator, run = a_coordinator(), a_taught_run()
    person = present(run)
    close_run(run.id, by=coordinator.id, now=NOW)
    archive = packed(coordinator)
    assert told(archive, "courses")["what_you_did"] == {"run.closed_by_id": 1, "run_event.by_id": 1}
    text = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".json"))
    assert person.full_name not in text
    assert str(person.public_id) not in text


def test_one_is_made_at_a_time(sign_in):
    account = an_account()
    operations.ask_for_copy(account.person_id, now=NOW)
    with pytest.raises(RefusedError):
        operations.ask_for_copy(account.person_id, now=LATER)
    answer = sign_in(account).post("/me/privacy/copies")
    assert answer.status_code == 409
    assert "đang được chuẩn bị" in words(answer)
    assert states() == [CopyState.ASKED]


def test_a_newer_one_takes_the_place_of_the_older():
    account = an_account()
    first = copy_for(account)
    second = copy_for(account, now=NOW + timedelta(days=1))
    assert queries.own_copy(account.person_id, first) is None
    assert queries.own_copy(account.person_id, second)
    assert states() == [CopyState.REMOVED, CopyState.READY]
    assert len(every(StoredFile)) == 1


def test_it_is_removed_after_its_time_and_its_bytes_are_swept(sign_in):
    account = an_account()
    address = f"/me/privacy/copies/{copy_for(account)}.zip"
    assert operations.remove_old_copies(now=LATER + COPY_KEPT_FOR - timedelta(seconds=1)) == 0
    assert sign_in(account).get(address).status_code == 200
    assert operations.remove_old_copies(now=LATER + COPY_KEPT_FOR) == 1
    assert sign_in(account).get(address).status_code == 404
    (left,) = [found.modified_at for found in storage().objects()]
    sweep_orphans(now=left + timedelta(days=3))
    assert list(storage().objects()) == []


@pytest.fixture(autouse=True)
def _empty_store(context):
    for found in list(storage().objects()):
        storage().delete(found.key)


def test_its_owner_may_remove_it_at_once(sign_in):
    account = an_account()
    client = sign_in(account)
    public_id = copy_for(account)
    client.post(f"/me/privacy/copies/{public_id}/removal")
    assert client.get(f"/me/privacy/copies/{public_id}.zip").status_code == 404
    assert states() == [CopyState.REMOVED]


def test_who_closed_the_account_gets_none():
    account = an_account()
    operations.ask_for_copy(account.person_id, now=NOW)
    close_own_account(account.id, now=NOW)
    make()
    assert states() == [CopyState.REMOVED]
    assert letters_to(account) == []


def test_a_full_disk_is_tried_again_and_given_up_in_the_end(monkeypatch):
    account, other = an_account(), an_account()
    operations.ask_for_copy(account.person_id, now=NOW)

    def full(*_given, **_named):
        raise StorageError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr(operations, "keep", full)
        with pytest.raises(StorageError):
            make()
        assert states() == [CopyState.ASKED]
        # The one that was never tried comes first now.
        operations.ask_for_copy(other.person_id, now=LATER)
        with pytest.raises(StorageError):
            make()
        assert [copy.tries for copy in every(DataCopy)] == [1, 1]
        for _ in range(2 * MOST_TRIES - 2):
            with pytest.raises(StorageError):
                make()
    assert make()
    assert make()
    assert not make()
    assert states() == [CopyState.FAILED, CopyState.FAILED]
    assert letters_to(account) == ["privacy.copy_failed"]
    assert copy_for(account, now=NOW + timedelta(hours=1))


KILLED = """
import os
from club import clock
from club.app import create_app
from club.privacy import operations

def kill(*given, **named):
    os.kill(os.getpid(), 9)

app = create_app()
setattr(operations, "{moment}", kill)
with app.app_context():
    operations.make_copies(now=clock.now, stopped=lambda: False)
"""


@pytest.mark.slow
@pytest.mark.parametrize("moment", ["pack", "keep", "_finish"])
def test_a_worker_that_is_killed_in_the_middle_goes_on_when_it_is_back(app, moment):
    account = an_account()
    operations.ask_for_copy(account.person_id, now=NOW)
    settings = app.extensions["club.settings"]
    surroundings = {
        "DATABASE_URL": settings.database_url,
        "STORAGE_URL": settings.storage_url,
        "VAR": str(settings.var),
        "SECRET_KEY": "only-for-tests",
        "PATH": os.environ["PATH"],
    }
    killed = subprocess.run(
        [sys.executable, "-c", KILLED.format(moment=moment)], env=surroundings, check=False
    )
    assert killed.returncode == -9
    assert states() == [CopyState.ASKED]
    assert every(StoredFile) == []
    assert make()
    assert states() == [CopyState.READY]
    assert letters_to(account) == ["privacy.copy_ready"]


def test_files_beyond_the_most_are_named_not_packed(monkeypatch):
    run, account = a_run(), an_account(RoleName.TRAINER)
    material = a_material(run)
    material.versions[0].published_by_id = account.id
    db.session.commit()
    monkeypatch.setattr(packing, "_ROOM_FOR_FILES", 10)
    archive = packed(account)
    assert [n for n in archive.namelist() if "/" in n] == []
    assert material.versions[0].file.name in archive.read("README.txt").decode()


def test_two_files_of_one_name_are_two(monkeypatch):
    run, account = a_run(), an_account(RoleName.TRAINER)
    for material in (a_material(run), a_material(run)):
        material.versions[0].published_by_id = account.id
        material.versions[0].file.name = "bài.pdf"
    db.session.commit()
    names = packed(account).namelist()
    assert [n for n in names if "/" in n] == ["materials/001 bài.pdf", "materials/002 bài.pdf"]


def test_the_part_of_the_page_costs_one_statement(sign_in, count_queries):
    account = an_account()
    client = sign_in(account)
    with count_queries() as before:
        client.get("/me/privacy")
    for day in range(4):
        copy_for(account, now=NOW + timedelta(days=day))
    with count_queries() as after:
        client.get("/me/privacy")
    assert len(after) == len(before)


def test_a_person_without_account_has_nothing_to_tell_of_one():
    whose = queries.whose(a_person().id)
    assert whose.account_id is None
    into = BytesIO()
    packing.pack(whose, into=into, language="en", now=NOW)
    assert told(ZipFile(into), "accounts")["account"] == []
