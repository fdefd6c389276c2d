"""The certificate of a recognition: numbered, signed and checked as certificates of completion are,
and another thing all the same.
"""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine

from club.accounts.models import RoleName
from club.accounts.operations import set_roles
from club.certification.awards.certificates import queries
from club.certification.awards.certificates.files import sign_files
from club.certification.awards.certificates.issuing import issue_for
from club.certification.awards.certificates.models import AwardCertificate, Occasion
from club.certification.awards.certificates.rules import PaperRefusal, unbroken_since
from club.certification.awards.certificates.standing import standing_of
from club.certification.awards.models import AwardPeriod
from club.certification.awards.operations.correcting import correct_name
from club.certification.awards.operations.suspending import suspend
from club.certification.awards.rules import Pause
from club.certification.candidacy.operations.going_on import withdraw
from club.db import db, transaction
from club.documents.pdf import PdfError
from club.files.storage import storage
from club.records.certificates import codes, finding
from club.records.certificates.examining import FileVerdict, examine
from club.records.certificates.models import CertificateState
from club.records.certificates.signing import signed_file
from club.refusal import RefusedError
from tests.certification.assessment.kit import a_coordinator
from tests.certification.awards.kit import TODAY, paper_of, recognised
from tests.support.factories import NOW, a_person, an_account, reload
from tests.support.letters import letters_to

pytestmark = pytest.mark.usefixtures("context")

S = CertificateState
DAY = timedelta(days=1)


@pytest.fixture
def account():
    return an_account(person=a_person(full_name="Nguyễn Thị Dung"))


@pytest.fixture
def award(account):
    return recognised(account=account, validity_months=36)


@pytest.fixture
def paper(award):
    return paper_of(award)


def renewed(award, *, first, last):
    with transaction() as session:
        period = AwardPeriod(
            award=reload(award),
            position=1,
            valid_from=first,
            valid_until=last,
            earned_on=first,
            decided_at=NOW,
        )
        session.add(period)
        session.flush()
        return issue_for(period, by=None, now=NOW)


def content_of(paper):
    return b"".join(storage().pieces(signed_file(paper, now=NOW).key))


def test_recognising_issues_it_in_a_row_of_numbers_of_its_own(award, paper):
    assert paper.number == "DH-2026-000001"
    assert paper_of(recognised()).number == "DH-2026-000002"
    assert codes.is_well_formed(paper.code)
    assert (paper.holder_name, paper.occasion) == ("Nguyễn Thị Dung", Occasion.FIRST)
    assert (paper.valid_from, paper.expires_on) == (TODAY, date(2029, 3, 3))
    assert (paper.level_name, paper.decided_on) == ("Chuyên gia", TODAY)
    names = [name for name, _english in paper.assessed]
    assert names == ["Yêu cầu project", "Yêu cầu interview"]
    (letter,) = letters_to(award.person_id, "certification.recognised")
    assert paper.number in letter.body_text
    assert codes.written(paper.code) in letter.body_text


def test_anybody_checks_it_by_its_code_and_sees_that_it_is_no_course(client, paper):
    page = client.get(f"/verify/{paper.code}").text
    assert "Công nhận của chính câu lạc bộ" in page
    assert "không phải chứng nhận do tổ chức khác cấp" in page
    assert "Nguyễn Thị D." in page
    assert "Nguyễn Thị Dung" not in page
    assert "Yêu cầu interview" in page
    assert "khóa học" not in re.search(r"<main.*?</main>", page, re.DOTALL).group()
    said = client.get(f"/verify/{paper.code}.json").json
    assert (said["kind"], said["valid"], said["state"]) == ("expert_recognition", True, "valid")
    assert (said["level"], said["expires_on"]) == ("Chuyên gia", "2029-03-03")


def test_its_number_is_told_from_its_code(client, paper):
    assert "mã" in client.get("/verify", query_string={"code": paper.number}).text.lower()
    assert client.get("/verify", query_string={"code": paper.number}).status_code == 404


def test_it_stands_in_a_list_beside_others(client, paper):
    page = client.post("/verify/list", data={"codes": codes.written(paper.code)}).text
    assert "DH-2026-000001" in page
    assert "Chuyên gia, Chuyên gia cải tiến" in page


def test_its_file_is_recognised_and_a_changed_one_is_found(client, paper):
    content = content_of(paper)
    assert (examine(content).verdict, examine(content).certificate) == (
        FileVerdict.UNCHANGED,
        paper,
    )
    answer = client.post("/verify", data={"file": (BytesIO(content), "giay.pdf")})
    assert "Tệp còn nguyên vẹn" in answer.text
    changed = bytearray(content)
    changed[len(content) // 3] ^= 1
    assert examine(bytes(changed)).verdict is FileVerdict.ALTERED


def test_a_key_that_may_be_stolen_is_told_with_its_files_of_both_kinds(paper):
    key = signed_file(paper, now=NOW) and paper.signing_key
    assert finding.files_signed_since(key, NOW) == 1
    assert finding.files_signed_since(key, NOW + DAY) == 0


def test_the_day_after_its_last_one_it_has_expired(client, paper):
    assert standing_of(paper, paper.expires_on).state is S.VALID
    assert standing_of(paper, paper.expires_on + DAY).state is S.EXPIRED
    with time_machine.travel(NOW + timedelta(days=365 * 4), tick=False):
        assert "03/03/2029" in client.get(f"/verify/{paper.code}").text
        assert client.get(f"/verify/{paper.code}.json").json["state"] == "expired"


def test_a_suspension_shows_its_public_words_and_holds_back_the_file(client, sign_in, award, paper):
    pause = Pause("Có khiếu nại", "Đang xem xét một khiếu nại", to_do="Gửi giải trình")
    suspend(award.candidate_id, pause, by=a_coordinator().id, now=NOW)
    page = client.get(f"/verify/{paper.code}").text
    assert "Đang xem xét một khiếu nại" in page
    assert "Có khiếu nại" not in page
    assert client.get(f"/verify/{paper.code}.json").json["state"] == "suspended"
    desk = sign_in(an_account(RoleName.COORDINATOR))
    assert desk.get(f"/recognitions/{paper.public_id}.pdf").status_code == 409


def test_what_its_holder_gave_back_is_said_so(client, account, award, paper):
    withdraw(award.candidate_id, remark="Chuyển nghề", by=account.id, now=NOW)
    said = client.get(f"/verify/{paper.code}.json").json
    assert (said["state"], said["valid"]) == ("revoked", False)
    assert "trả lại" in said["reason"]
    assert "Chuyển nghề" not in client.get(f"/verify/{paper.code}").text


def test_a_renewal_replaces_it_with_one_that_is_valid_at_once(client, award, paper):
    later = renewed(award, first=date(2029, 3, 4), last=date(2032, 3, 3))
    assert (later.occasion, later.valid_from) == (Occasion.RENEWED, TODAY)
    said = client.get(f"/verify/{paper.code}.json").json
    assert (said["state"], said["replaced_by"]) == ("replaced", later.number)
    assert client.get(f"/verify/{later.code}.json").json["state"] == "valid"
    assert paper_of(award) == later


def test_after_a_break_it_is_valid_from_the_renewal_only():
    first = (date(2024, 2, 29), date(2025, 2, 28))
    assert unbroken_since([first, (date(2025, 3, 1), date(2026, 2, 28))]) == date(2024, 2, 29)
    assert unbroken_since([first, (date(2025, 3, 2), date(2026, 2, 28))]) == date(2025, 3, 2)
    assert unbroken_since([(date(2024, 1, 1), None)]) == date(2024, 1, 1)


def test_nobody_corrects_the_own_name(sign_in, award, account):
    set_roles(account.id, [RoleName.COORDINATOR], by=a_coordinator().id, now=NOW)
    with transaction():
        reload(award).person.full_name = "Nguyễn Thị Dung Hạnh"
    here = f"/candidacies/{award.candidate.public_id}/certificate"
    assert sign_in(account).post(here).status_code == 404


def test_a_misspelt_name_is_corrected_by_another_certificate(sign_in, award, paper):
    desk, here = sign_in(a_coordinator()), f"/candidacies/{award.candidate.public_id}/certificate"
    with pytest.raises(RefusedError, match=re.escape(PaperRefusal.NOTHING_TO_CORRECT.value)):
        correct_name(award.candidate_id, by=a_coordinator().id, now=NOW)
    with transaction():
        reload(award).person.full_name = "Nguyễn Thị Dung Hạnh"
    assert f'href="{here}"' in desk.get(f"/candidacies/{award.candidate.public_id}").text
    assert "giấy công nhận ghi nguyễn thị dung; hồ sơ ghi" in desk.get(here).text.lower()
    assert desk.post(here).status_code == 302
    later = paper_of(reload(award))
    assert (later.occasion, later.holder_name) == (Occasion.CORRECTED, "Nguyễn Thị Dung Hạnh")
    assert (later.valid_from, later.expires_on) == (paper.valid_from, paper.expires_on)
    assert standing_of(reload(paper), TODAY).replaced_by == later.number


def test_its_holder_finds_it_and_gets_the_file_and_nobody_else_does(sign_in, account, paper):
    own, stranger = sign_in(account), sign_in(an_account())
    file = f"/recognitions/{paper.public_id}.pdf"
    page = own.get("/me/certification").text
    assert f'href="{file}"' in page
    assert f'href="/verify/{paper.code}"' in page
    assert own.get(file).data.startswith(b"%PDF-")
    assert stranger.get(file).status_code == 404


def test_the_worker_signs_it_and_one_that_cannot_be_printed_waits(paper, monkeypatch, caplog):
    other = paper_of(recognised())
    printed = queries.unsigned(due=NOW)
    assert printed == [paper.id, other.id]

    def picky(it, **given):
        raise PdfError("no font")

    kind = "club.certification.awards.certificates.kind.recognition_pdf"
    with monkeypatch.context() as patch:
        patch.setattr(kind, picky)
        assert sign_files(now=lambda: NOW, stopped=lambda: False) == 0
    assert queries.unsigned(due=NOW) == []
    later = NOW + timedelta(minutes=2)
    assert sign_files(now=lambda: later, stopped=lambda: False) == 2
    assert db.session.query(AwardCertificate).filter_by(file_id=None).count() == 0
