"""The text of calendars, byte by byte."""

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
from hypothesis import given
from hypothesis import strategies as st

from club.documents.icalendar import (
    DeadlineEvent,
    EventStatus,
    Mailbox,
    SessionEvent,
    message_text,
    whole_calendar,
    written,
)
from club.vietnamese import nfc

EVENT = SessionEvent(
    uid="7e0ab6f4-0000-4000-8000-000000000001",
    sequence=2,
    created_at=datetime(2026, 1, 1, tzinfo=UTC),
    modified_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    starts_at=datetime(2026, 3, 1, 0, 30, tzinfo=UTC),
    ends_at=datetime(2026, 3, 1, 4, 30, tzinfo=UTC),
    status=EventStatus.CONFIRMED,
    summary="Thực hành 5S: sàng lọc; sắp xếp, sạch sẽ",
    location="Phòng học 2, phường Lái Thiêu",
    description="Lớp 5S-2026-01\nhttps://club.example/runs/5S-2026-01",
    url="https://club.example/runs/5S-2026-01",
    category="Công cụ cải tiến",
)
DEADLINE = DeadlineEvent(
    uid="7e0ab6f4-0000-4000-8000-000000000002",
    sequence=0,
    modified_at=datetime(2026, 1, 2, tzinfo=UTC),
    day=date(2026, 2, 27),
    status=EventStatus.CONFIRMED,
    summary="Hết hạn đăng ký",
    url="https://club.example/runs/5S-2026-01",
)


def whole(*events):
    return whole_calendar(
        name="Lịch học", source="https://club.example/calendar.ics",
        url="https://club.example/calendar", entries=map(written, events),
    ).decode()  # fmt: skip


def test_local_time_is_written_with_its_zone():
    text = written(EVENT).decode()
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260301T073000\r\n" in text
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20260301T113000\r\n" in text


def test_commas_semicolons_and_line_breaks_are_escaped():
    unfolded = written(EVENT).decode().replace("\r\n ", "")
    assert "SUMMARY:Thực hành 5S: sàng lọc\\; sắp xếp\\, sạch sẽ\r\n" in unfolded
    assert "DESCRIPTION:Lớp 5S-2026-01\\nhttps://club.example/runs/5S-2026-01\r\n" in unfolded


def test_lines_are_folded_at_75_octets_between_characters():
    long = replace(EVENT, summary="Đẩy mạnh cải tiến năng suất " * 20)
    for line in whole(long).encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_every_line_ends_with_crlf_and_there_is_no_byte_order_mark():
    text = whole(EVENT, DEADLINE)
    assert text.count("\n") == text.count("\r\n")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_no_method_and_no_people():
    text = whole(EVENT, DEADLINE)
    assert "METHOD" not in text
    assert "ATTENDEE" not in text


def test_the_same_session_gives_the_same_bytes():
    assert whole(EVENT) == whole(replace(EVENT))


def test_another_reader_understands_it():
    parsed = icalendar.Calendar.from_ical(whole(EVENT, DEADLINE))
    session, deadline = parsed.walk("VEVENT")
    assert session["summary"] == EVENT.summary
    assert session.decoded("dtstart") == EVENT.starts_at
    assert session["sequence"] == 2
    assert deadline.decoded("dtstart") == date(2026, 2, 27)
    assert deadline.decoded("dtend") == date(2026, 2, 28)
    assert parsed["refresh-interval"].to_ical() == b"PT6H"
    zone = parsed.walk("VTIMEZONE")
    assert [str(z["tzid"]) for z in zone] == ["Asia/Ho_Chi_Minh"]


def test_nfd_text_is_written_in_nfc():
    decomposed = replace(EVENT, location="Phòng")
    assert "LOCATION:Phòng\r\n" in written(decomposed).decode()


def test_the_name_of_a_calendar_is_escaped_like_any_text():
    text = whole_calendar(name="Lịch: lean, 5S; kaizen", source="", url="", entries=[]).decode()
    assert "\r\nNAME:Lịch: lean\\, 5S\\; kaizen\r\n" in text
    assert "\r\nX-WR-CALNAME:Lịch: lean\\, 5S\\; kaizen\r\n" in text


#: What people type, with all that has a meaning in the format.
WORDS = st.text(st.sampled_from("aăđệ 🎓\\\\;,:^\"'’\n-/nN"), max_size=200).map(str.strip)


@given(summary=WORDS, location=WORDS, description=WORDS)
def test_another_reader_understands_whatever_was_typed(summary, location, description):
    text = whole(
        replace(EVENT, summary=summary, location=location, description=description),
    )
    assert max(map(len, text.encode().split(b"\r\n"))) <= 75
    (found,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(found["summary"]) == nfc(summary)
    assert str(found.get("location", "")) == nfc(location)
    assert str(found["description"]) == nfc(description)


def test_names_in_a_message_are_quoted():
    text = message_text(
        EVENT,
        organizer=Mailbox("clb@example.vn", 'CLB: "năng suất"'),
        attendee=Mailbox("an@example.vn", "Trần; An\nhai"),
    ).replace("\r\n ", "")
    assert "\r\nORGANIZER;CN=\"CLB: 'năng suất'\":mailto:clb@example.vn\r\n" in text
    assert (
        '\r\nATTENDEE;CN="Trần; An hai";PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:an@example.vn\r\n'
    ) in text
    (found,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert found["attendee"].params["CN"] == "Trần; An hai"
