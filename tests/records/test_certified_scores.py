"""Scores on certificates: printed, checked and handed on where the design says so."""

from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from club.files.storage import storage
from club.records.certificates.badges import credential
from club.records.certificates.designing import keep_design, sample_pdf
from club.records.certificates.designs import Design, Wording
from club.records.certificates.models import CertificateState, DesignLanguage
from club.records.certificates.operations import correct_certificate
from club.records.certificates.rules import Correction
from club.records.certificates.signing import signed_file
from club.records.operations import close_run, reopen_run
from club.records.results.facts import Result, Scale
from club.records.results.operations import Typed, save_results, state_scale
from club.records.results.queries import results_of
from tests.records.badge_rules import breaches
from tests.records.kit import a_coordinator, a_taught_run, certificates, on_the_list, present
from tests.support.factories import NOW, a_person, reload

EARNED = Result(post_test=Decimal("8.5"), assignment=Decimal(1))
OUT_OF_TEN = Scale(Decimal(10), Decimal(10))


@pytest.fixture(autouse=True)
def _on_that_morning(key_file):
    with time_machine.travel(NOW, tick=False):
        yield


def print_scores(*, prints=True):
    keep_design(Wording(prints_scores=prints), logo=None, signature=None, by=None, now=NOW)


def write_down(run, person, result):
    held = results_of(run.id).get(person.id)
    typed = Typed(result, held.id if held else None)
    save_results(run.id, {person.id: typed}, by=None, now=NOW)


def issued(result=EARNED, scale=OUT_OF_TEN):
    run = a_taught_run()
    state_scale(run.id, scale, by=None, now=NOW)
    person = present(run, on_the_list(run, a_person(full_name="Nguyễn Thị Thùy Dương")))
    write_down(run, person, result)
    close_run(run.id, by=None, now=NOW)
    return certificates()[-1]


def printed(certificate):
    file = signed_file(certificate, now=NOW)
    (page,) = PdfReader(BytesIO(b"".join(storage().pieces(file.key)))).pages
    return page.extract_text()


def scores_as_data(client, certificate):
    return client.get(f"/verify/{certificate.code}.json").json["scores"]


def test_scores_are_printed_and_checked_from_the_design_on_that_says_so(client):
    before = issued()
    print_scores()
    after = issued()
    assert "Điểm" not in printed(before)
    assert "Kiểm tra cuối khóa 8,5/10 · Bài tập đạt" in printed(after)
    page = client.get(f"/verify/{after.code}").text
    assert ("8,5 / 10" in page, "8,5 / 10" in client.get(f"/verify/{before.code}").text) == (
        True,
        False,
    )
    assert scores_as_data(client, before) == []
    assert scores_as_data(client, after) == [
        {"part": "post_test", "points": 8.5, "maximum": 10.0},
        {"part": "assignment", "points": None, "maximum": None},
    ]


def test_an_assignment_in_points_says_how_many_of_how_many(client):
    print_scores()
    scale = Scale(assignment=Decimal(50))
    certificate = issued(Result(assignment=Decimal("42.25")), scale)
    assert "Bài tập 42,25/50" in printed(certificate)
    assert "Kiểm tra" not in printed(certificate)
    assert "42,25 / 50" in client.get(f"/verify/{certificate.code}").text


def test_what_was_not_passed_or_not_written_down_is_left_out(client):
    print_scores()
    failed = issued(Result(post_test=Decimal(0), assignment=Decimal(0)))
    assert [score["part"] for score in scores_as_data(client, failed)] == ["post_test"]
    assert "Bài tập" not in printed(failed)
    run = a_taught_run()
    present(run)
    close_run(run.id, by=None, now=NOW)
    assert scores_as_data(client, certificates()[-1]) == []


def closed_again(certificate, result):
    run = certificate.run
    reopen_run(run.id, reason="Chấm lại bài", by=None, now=NOW)
    write_down(run, certificate.person, result)
    close_run(run.id, by=None, now=NOW)


def test_another_score_replaces_the_certificate_that_says_the_first():
    print_scores()
    old = issued()
    closed_again(old, Result(post_test=Decimal(9), assignment=Decimal(1)))
    old, new = certificates()
    assert (old.state, new.post_test) == (CertificateState.REPLACED, Decimal(9))


@pytest.mark.parametrize("prints", [True, False])
def test_a_certificate_stays_where_what_it_says_is_still_true(prints):
    print_scores(prints=prints)
    it = issued()
    same = EARNED if prints else Result(post_test=Decimal(9))
    closed_again(it, same)
    assert [c.state for c in certificates()] == [CertificateState.VALID]


def test_a_corrected_name_leaves_the_scores_as_they_were():
    print_scores()
    old = issued()
    said = Correction("Nguyễn Thị Thuỳ Dương", old.attended_minutes)
    new = correct_certificate(old.id, said, reason="Sai dấu", by=None, now=NOW)
    assert (new.post_test, new.assignment) == (Decimal("8.5"), Decimal(1))
    closed_again(reload(new), EARNED)
    assert len(certificates()) == 2


def test_the_badge_says_them_as_results():
    print_scores()
    it = issued()
    whole = credential(it, public_url="https://clb.example")
    assert breaches(whole) == []
    said = whole["credentialSubject"]
    _completion, test, assignment = said["result"]
    assert (test["value"], assignment["status"]) == ("8.5", "Completed")
    measured = {one["id"]: one for one in said["achievement"]["resultDescription"]}
    assert measured[test["resultDescription"]]["valueMax"] == "10"
    assert measured[assignment["resultDescription"]]["resultType"] == "Status"


def test_a_coordinator_says_so_on_the_page_of_the_design(sign_in):
    client, address = sign_in(a_coordinator()), "/office/certificates/design"
    typed = {"language": "both", "title": "Giấy", "opening": "Cho", "sentence": "đã học"}
    client.post(address, data=typed | {"prints_scores": "y"})
    assert issued().post_test == Decimal("8.5")
    page = client.get(address).text
    assert 'name="prints_scores"' in page
    client.post(address, data=typed)
    assert issued().post_test is None


@pytest.mark.parametrize("language", DesignLanguage)
def test_a_sample_shows_scores_and_stays_one_page(language):
    words = Wording(
        language=language,
        prints_scores=True,
        title="Giấy chứng nhận hoàn thành chương trình đào tạo năng suất",
        opening="ư" * 80,
        sentence="ư" * 120,
        signer_name="Công Tằng Tôn Nữ Thị Thùy Dương Minh Châu",
        signer_title="PHÓ CHỦ NHIỆM THƯỜNG TRỰC CÂU LẠC BỘ CẢI TIẾN NĂNG SUẤT",
    )
    content = sample_pdf(Design(words), public_url="http://localhost", now=NOW)
    (page,) = PdfReader(BytesIO(content)).pages
    assert "Kiểm tra cuối khóa 85/100" in page.extract_text()
