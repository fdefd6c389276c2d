"""Lists of participants as meeting programs export them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from club.records.attendance.meeting_reports import (
    LARGEST,
    MOST_PEOPLE,
    MOST_ROWS,
    Participant,
    ReportRefusal,
    participants,
)
from club.refusal import RefusedError

ZOOM = """\
Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
973 0329 0176,Kaizen buổi 1,02/03/2026 09:00:00 AM,02/03/2026 01:00:00 PM,clb@club.example,240,3

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room
"Châu, Trần (Trần Thị Châu)",Chau@Club.example,02/03/2026 09:00:00 AM,x,90,No,No
"Châu, Trần (Trần Thị Châu)",chau@club.example,02/03/2026 11:00:00 AM,x,110,No,No
Khách,,02/03/2026 09:00:00 AM,x,12,Yes,Yes
Lê Văn Dũng,,02/03/2026 09:00:00 AM,x,57,Yes,No
"""
ZOOM_IN_VIETNAMESE = """\
Tên (Tên gốc),Email người dùng,Thời gian vào,Thời gian ra,Thời gian (Phút),Khách
Lê Văn Dũng,dung@club.example,a,b,57,Không
"""
ZOOM_OF_EACH_ONCE = """\
Name (original name),Email,Total duration (minutes),Guest
Lê Văn Dũng,dung@club.example,57,No
"""
TEAMS = """\
1. Summary
Meeting title|Kaizen buổi 1
Meeting duration|1h 30m 51s

2. Participants
Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role
Trần Thị Châu|3/2/26, 9:00:05 AM|x|1h 27m 51s|chau@club.example|x|Attendee
Lê Văn Dũng (Guest)|3/2/26, 9:00:05 AM|x|4m 55s||x|Presenter

3. In-Meeting Activities
Name|Join Time|Leave Time|Duration|Email|Role
Trần Thị Châu|3/2/26, 9:00:05 AM|x|1h 27m 51s|chau@club.example|Attendee
""".replace("|", "\t").replace("\n", "\r\n")
MEET = """\
First name,Last name,Email,Duration,Time joined,Time exited
Thị Châu,Trần,chau@club.example,1 hr 2 min,9:00 AM,10:02 AM
Văn Dũng,Lê,dung@club.example,58 min,9:00 AM,9:58 AM
"""
DUNG = Participant("Lê Văn Dũng", "dung@club.example", 57, 1)


@pytest.mark.parametrize(
    ("whole", "expected"),
    [
        (
            ZOOM.encode("utf-8-sig"),
            [
                Participant("Châu, Trần (Trần Thị Châu)", "Chau@Club.example", 200, 2),
                Participant("Lê Văn Dũng", "", 57, 1),
            ],
        ),
        (ZOOM_IN_VIETNAMESE.encode(), [DUNG]),
        (ZOOM_IN_VIETNAMESE.replace(",", ";").encode(), [DUNG]),
        (ZOOM_OF_EACH_ONCE.encode(), [DUNG]),
        (
            TEAMS.encode("utf-16"),
            [
                Participant("Trần Thị Châu", "chau@club.example", 87, 1),
                Participant("Lê Văn Dũng (Guest)", "", 4, 1),
            ],
        ),
        (
            MEET.encode(),
            [
                Participant("Trần Thị Châu", "chau@club.example", 62, 1),
                Participant("Lê Văn Dũng", "dung@club.example", 58, 1),
            ],
        ),
    ],
    ids=["zoom", "zoom-vi", "semicolons", "zoom-unique", "teams", "meet"],
)
def test_lists_of_the_three_programs_are_read_with_minutes_added_up(whole, expected):
    assert participants(whole) == expected


def test_seconds_of_several_joins_are_added_before_they_become_minutes():
    rows = "".join(f"An,an@club.example,{m}m 40s\n" for m in (1, 2, 3))
    (found,) = participants(f"Name,Email,Duration\n{rows}".encode())
    assert (found.minutes, found.joins) == (8, 3)


def test_a_duration_that_cannot_be_read_leaves_the_row_for_somebody_to_look_at():
    assert participants(b"Name,Duration\nAn,soon\nB,\nC,1:02:03\nD,-5\n") == [
        Participant("An", "", 0, 1), Participant("B", "", 0, 1),
        Participant("C", "", 62, 1), Participant("D", "", 0, 1),
    ]  # fmt: skip


HEAD = b"Name,Duration\n"


@pytest.mark.parametrize(
    ("whole", "refusal"),
    [
        (b"", ReportRefusal.NO_TABLE),
        (b"Name,Email\nAn,an@club.example\n", ReportRefusal.NO_TABLE),
        (b"\n" * 60 + HEAD + b"An,5\n", ReportRefusal.NO_TABLE),
        (HEAD, ReportRefusal.NOBODY),
        (HEAD + b",5\n", ReportRefusal.NOBODY),
        (b"PK\x03\x04\x14\x00\x06\x00\xff", ReportRefusal.NO_TEXT),
        (b"%PDF-1.7\n\xe2\xe3", ReportRefusal.NO_TEXT),
        (HEAD + b"An\0,5\n", ReportRefusal.NO_TEXT),
        (b"\xff\xfe\x00\xd8", ReportRefusal.NO_TEXT),
        (HEAD + b'"' + b"x" * 200_000 + b'",5\n', ReportRefusal.NO_TEXT),
        (HEAD + b"An,5\n" * (MOST_ROWS + 1), ReportRefusal.TOO_LARGE),
        (b"x" * (LARGEST + 1), ReportRefusal.TOO_LARGE),
        (
            HEAD + b"".join(b"P%d,5\n" % n for n in range(MOST_PEOPLE + 1)),
            ReportRefusal.TOO_MANY_PEOPLE,
        ),
    ],
)
def test_what_is_no_list_of_participants_is_refused(whole, refusal):
    with pytest.raises(RefusedError) as caught:
        participants(whole)
    assert (caught.value.refusal, caught.value.field) == (refusal, "file")


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda t: HEAD + t.encode()))
def test_whatever_comes_it_is_read_or_refused(whole):
    try:
        found = participants(whole)
    except RefusedError:
        return
    assert all(one.name and one.minutes >= 0 and len(one.name) <= 200 for one in found)
