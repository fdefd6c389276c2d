"""What certificates look like: kept in versions, seen before they count."""

import re
import struct
import threading
import zlib
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from club.accounts.models import RoleName
from club.audit.models import AuditEntry
from club.db import db
from club.documents.pdf import PdfError
from club.files.models import StoredFile
from club.files.storage import StorageError, storage
from club.records.certificates import completions, queries
from club.records.certificates.designing import keep_design, keep_picture, sample_pdf
from club.records.certificates.designs import Design, Wording, drawn, refusal_of_picture
from club.records.certificates.models import CertificateDesign, DesignLanguage
from club.records.certificates.printing import certificate_pdf
from club.records.certificates.rules import Refusal
from club.records.certificates.signing import signed_file
from club.records.operations import close_run
from club.refusal import RefusedError
from tests.records.kit import a_coordinator, a_taught_run, certificates, every, present
from tests.support.factories import NOW, a_course, an_account

ADDRESS = "/office/certificates/design"
TYPED = {
    "language": "both",
    "title": "Giấy chứng nhận",
    "opening": "Chứng nhận học viên",
    "sentence": "đã học xong khóa",
    "sentence_en": "has finished",
    "signer_title": "CHỦ NHIỆM",
    "signer_name": "Trần Thị Minh Hạnh",
}


def a_png(width=40, height=16):
    def chunk(kind, content):
        whole = kind + content
        return struct.pack(">I", len(content)) + whole + struct.pack(">I", zlib.crc32(whole))

    lines = b"".join(b"\0" + b"\x0b\x5c\x61\x80" * width for _ in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(lines))
        + chunk(b"IEND", b"")
    )


def issued():
    run = a_taught_run(course=a_course(title="Đo lường năng suất", title_en="Measuring"))
    present(run)
    close_run(run.id, by=None, now=NOW)
    return certificates()[-1]


def text_of(content):
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == 1
    return reader.pages[0].extract_text()


def printed(certificate):
    file = signed_file(certificate, now=NOW)
    return text_of(b"".join(storage().pieces(file.key)))


def with_picture(name, content, **given):
    return TYPED | {name: (BytesIO(content), "hinh.png")} | given


def test_what_a_coordinator_words_is_printed_from_then_on(sign_in):
    before = issued()
    coordinator = a_coordinator()
    client = sign_in(coordinator)
    assert client.post(ADDRESS, data=TYPED).location == ADDRESS
    (design,) = every(CertificateDesign)
    assert (design.version, design.kept_by_id) == (1, coordinator.id)
    after = issued()
    assert (before.design_id, after.design_id) == (None, design.id)
    said = printed(after)
    for words in ("Chứng nhận học viên", "đã học xong khóa", "CHỦ NHIỆM", "Trần Thị Minh Hạnh"):
        assert words in said
    assert "Trần Thị Minh Hạnh" not in printed(before)
    assert "records.keep_design" in {entry.action for entry in every(AuditEntry)}


def test_a_certificate_keeps_the_version_it_was_issued_with(sign_in):
    client = sign_in(a_coordinator())
    client.post(ADDRESS, data=TYPED)
    first = issued()
    client.post(ADDRESS, data=TYPED | {"signer_name": "Người Khác"})
    assert [d.version for d in every(CertificateDesign)] == [1, 2]
    assert "Trần Thị Minh Hạnh" in printed(first)
    assert "Người Khác" in printed(issued())
    page = client.get(ADDRESS).text
    assert ('value="Người Khác"' in page, f"{ADDRESS}/1.pdf" in page) == (True, True)


def test_vietnamese_only_leaves_out_every_english_word():
    words = Wording(language=DesignLanguage.VIETNAMESE)
    said = text_of(sample_pdf(Design(words), public_url="http://localhost", now=NOW))
    assert "Giấy chứng nhận hoàn thành" in said
    for english in ("Certificate", "certif", "Dates", "Issued", "Measuring", "signed"):
        assert english not in said


def test_a_preview_shows_what_is_typed_as_a_sample_and_keeps_nothing(sign_in):
    answer = sign_in(a_coordinator()).post(
        f"{ADDRESS}/preview", data=with_picture("signature", a_png())
    )
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    said = text_of(answer.data)
    assert ("Chứng nhận học viên" in said, "CN-2" in said) == (True, True)
    assert (every(CertificateDesign), every(StoredFile)) == ([], [])


def test_pictures_are_printed_kept_and_taken_away(sign_in):
    client = sign_in(a_coordinator())
    client.post(ADDRESS, data=with_picture("signature", a_png()))
    client.post(ADDRESS, data=TYPED | {"signer_title": "TRƯỞNG BAN"})
    client.post(ADDRESS, data=TYPED | {"no_signature": "y"})
    (file,) = every(StoredFile)
    assert [d.signature_id for d in every(CertificateDesign)] == [file.id, file.id, None]
    assert client.get(f"{ADDRESS}/1.pdf").status_code == 200


def test_a_certificate_with_pictures_is_an_archivable_page():
    design = Design(Wording(signer_name="A"), logo=drawn(a_png()), signature=drawn(a_png()))
    content = sample_pdf(design, public_url="http://localhost", now=NOW)
    assert b"pdfaid:part" in content
    assert len(PdfReader(BytesIO(content)).pages[0].images) >= 1


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (b"", 0),
        (b"\xff\xd8\xff" + b"0" * 30, 33),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 4, 12),
        (a_png(), 400_000),
        (a_png(3001, 1), 100),
        (a_png(0, 1), 100),
    ],
)
def test_what_is_no_small_png_is_no_picture(content, size):
    assert refusal_of_picture(content[:24], size=size)


def test_a_wrong_picture_is_refused_and_the_words_are_kept(sign_in):
    answer = sign_in(a_coordinator()).post(ADDRESS, data=with_picture("logo", b"GIF89a" * 9))
    assert (answer.status_code, "PNG tối đa 300 kB" in answer.text) == (422, True)
    assert 'value="Chứng nhận học viên"' in answer.text
    assert every(CertificateDesign) == []


def test_a_heading_is_needed(sign_in):
    answer = sign_in(a_coordinator()).post(ADDRESS, data=TYPED | {"title": " "})
    assert (answer.status_code, "Ghi tiêu đề trên giấy." in answer.text) == (422, True)


def test_a_full_disk_keeps_no_version(sign_in, monkeypatch):
    def full(*_given):
        raise StorageError("No space left on device")

    monkeypatch.setattr(type(storage()), "put", full)
    answer = sign_in(a_coordinator()).post(ADDRESS, data=with_picture("logo", a_png()))
    assert (answer.status_code, every(CertificateDesign)) == (503, [])


def test_a_picture_that_cannot_be_read_now_is_no_fault_of_the_page(sign_in, monkeypatch):
    client = sign_in(a_coordinator())
    client.post(ADDRESS, data=with_picture("logo", a_png()))

    def lost(*_given):
        raise StorageError("Input/output error")

    monkeypatch.setattr(type(storage()), "pieces", lost)
    assert client.post(f"{ADDRESS}/preview", data=TYPED).status_code == 503
    assert client.get(f"{ADDRESS}/1.pdf").status_code == 503


def test_a_certificate_that_cannot_be_printed_now_is_asked_for_later(sign_in, monkeypatch):
    it = issued()

    def unprintable(*_given, **_more):
        raise PdfError("no font")

    monkeypatch.setattr(completions, "certificate_pdf", unprintable)
    answer = sign_in(a_coordinator()).get(f"/certificates/{it.public_id}.pdf")
    assert (answer.status_code, "thử lại sau vài phút" in answer.text) == (503, True)


@pytest.mark.parametrize("role", [RoleName.TRAINER, RoleName.OFFICIAL, RoleName.MEMBER])
def test_only_coordinators_word_certificates(sign_in, role):
    client = sign_in(an_account(role))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, data=TYPED).status_code == 403


def test_long_words_stay_on_one_page():
    words = Wording(
        title="Giấy chứng nhận hoàn thành chương trình đào tạo năng suất",
        opening="ư" * 80,
        sentence="ư" * 120,
        signer_name="Công Tằng Tôn Nữ Thị Thùy Dương Minh Châu",
        signer_title="PHÓ CHỦ NHIỆM THƯỜNG TRỰC CÂU LẠC BỘ CẢI TIẾN NĂNG SUẤT",
    )
    text_of(sample_pdf(Design(words), public_url="http://localhost", now=NOW))


def test_versions_are_counted(sign_in):
    picture = keep_picture(a_png(), name="logo.png")
    first = keep_design(Wording(), logo=picture, signature=None, by=None, now=NOW)
    second = keep_design(Wording(), logo=first.logo_id, signature=None, by=None, now=NOW)
    assert (first.version, second.version, second.logo_id) == (1, 2, first.logo_id)


def test_what_somebody_else_kept_meanwhile_is_not_overwritten_unseen(sign_in):
    first, second = sign_in(a_coordinator()), sign_in(a_coordinator())
    first.post(ADDRESS, data=TYPED | {"seen": "0"})
    answer = second.post(ADDRESS, data=TYPED | {"title": "Giấy khen", "seen": "0"})
    assert (answer.status_code, "Người khác vừa lưu một mẫu mới" in answer.text) == (409, True)
    assert 'value="Giấy khen"' in answer.text
    assert [d.title for d in every(CertificateDesign)] == ["Giấy chứng nhận"]
    (seen,) = re.findall(r'name="seen"[^>]*value="(\d+)"', answer.text)
    assert second.post(ADDRESS, data=TYPED | {"title": "Giấy khen", "seen": seen}).location
    assert [d.title for d in every(CertificateDesign)] == ["Giấy chứng nhận", "Giấy khen"]


@pytest.mark.parametrize("seen", [0, None])
def test_of_two_who_keep_a_design_at_one_moment_nobody_is_lost(app, seen):
    outcomes, both_here = [], threading.Barrier(2)
    db.session.rollback()

    def keep(title):
        with app.app_context():
            both_here.wait()
            try:
                keep_design(
                    Wording(title=title), logo=None, signature=None, seen=seen, by=None, now=NOW
                )
                outcomes.append(title)
            except RefusedError as refused:
                outcomes.append(refused.refusal)

    threads = [threading.Thread(target=keep, args=[title]) for title in ("Một", "Hai")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [design.title for design in every(CertificateDesign)]
    refused = [outcome for outcome in outcomes if outcome is Refusal.OTHER_DESIGN]
    assert sorted(outcomes, key=str) == sorted([*kept, *refused], key=str)
    assert (len(outcomes), len(kept) >= 1) == (2, True)


def test_the_database_says_who_was_first(monkeypatch):
    """As it is on PostgreSQL, where both read that there is none yet."""
    keep_design(Wording(), logo=None, signature=None, by=None, now=NOW)
    monkeypatch.setattr(queries, "present_design", lambda: None)
    with pytest.raises(RefusedError) as refused:
        keep_design(Wording(title="Hai"), logo=None, signature=None, seen=0, by=None, now=NOW)
    assert refused.value.refusal is Refusal.OTHER_DESIGN
    assert len(every(CertificateDesign)) == 1


def heights(content):
    """The lines of a page with the height of their baseline and the size of their letters."""
    found = []

    def see(text, outer, inner, _font, size):
        if text.strip():
            height = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            found.append((text.strip(), height, abs(size * inner[3] * outer[3])))

    (page,) = PdfReader(BytesIO(content)).pages
    page.extract_text(visitor_text=see)
    return found


def test_long_names_and_titles_touch_nothing_else():
    words = Wording(signer_name="Trần Thị Minh Hạnh", signer_title="CHỦ NHIỆM", prints_scores=True)
    it = issued()
    it.holder_name = "Công Tằng Tôn Nữ Thị Thùy Dương Minh Châu Nguyễn Phúc Bảo Ân"
    it.course_title = "Áp dụng hệ thống quản lý chất lượng theo tiêu chuẩn ISO 9001 " * 2
    it.course_title_en = "Applying a quality management system together with Kaizen " * 2
    it.post_test, it.post_test_maximum = Decimal(87), Decimal(100)
    seen = heights(certificate_pdf(it, Design(words), public_url="http://localhost"))
    db.session.rollback()
    place = {text: (height, size) for text, height, size in seen}
    title, letters = next(place[text] for text in place if text.startswith("Giấy chứng nhận hoàn"))
    issuer, _size = place[it.issuer_name_en]
    assert issuer - title > 0.8 * letters
    lowest = min(h for text, h, _s in seen if "Kaizen" in text or "management" in text)
    facts, _size = place["Thời gian học"]
    assert lowest - facts > 10
