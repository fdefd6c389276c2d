"""A transcript on paper: A4, in Vietnamese whoever asks for it, as it is on the day it is made."""

from datetime import datetime

from club.clock import local_day
from club.documents.pdf import pdf
from club.records.certificates import codes
from club.records.models import TrainingRecord
from club.records.on_paper import TRANSCRIPT_TITLE, written_hours
from club.records.outside.models import OutsideTraining
from club.records.transcripts.reading import Transcript


def transcript_pdf(
    transcript: Transcript, *, issuer: str, public_url: str, made_at: datetime
) -> bytes:
    """``issuer`` is the club's name on that day."""
    day = f"{local_day(made_at):%d/%m/%Y}"
    data = {
        "title": TRANSCRIPT_TITLE,
        "issuer": issuer,
        "holder": transcript.person.full_name,
        "birth-year": str(transcript.person.birth_year or ""),
        "made-on": day,
        "scope": _scope(transcript),
        "totals": [
            ["Số lớp", str(len(transcript.records))],
            ["Hoàn thành", str(transcript.completed)],
            ["Giờ tham dự", written_hours(transcript.minutes)],
            ["Giờ học ở nơi khác", written_hours(transcript.minutes_elsewhere)],
        ],
        "years": [
            [str(year.year), _topic(transcript, key), written_hours(minutes)]
            for year in transcript.years
            for key, minutes in year.by_topic.items()
            if minutes
        ],
        "courses": [_course(transcript, record) for record in transcript.records],
        "elsewhere": [_elsewhere(training) for training in transcript.elsewhere],
        "note": (
            f"Bản trích do người học tự tải ngày {day}, theo dữ liệu của câu lạc bộ vào lúc ấy; "
            "phần của câu lạc bộ chỉ gồm các lớp đã chốt. Bản trích không phải là giấy chứng nhận. "
            "Kiểm tra giấy chứng nhận theo mã in dưới số của giấy tại "
            f"{public_url.split('//', 1)[-1]}/verify."
        ),
    }
    return pdf("records/transcript.typ", data, made_at=made_at)


def _scope(transcript: Transcript) -> str:
    wanted = transcript.wanted
    parts = [f"năm {wanted.year}" if wanted.year else ""]
    parts.append(f"chủ đề {_topic(transcript, wanted.topic)}" if wanted.topic else "")
    chosen = ", ".join(part for part in parts if part)
    return f"Chỉ gồm {chosen}" if chosen else "Toàn bộ thời gian, mọi chủ đề"


def _topic(transcript: Transcript, key: str) -> str:
    topic = transcript.topics.get(key)
    return topic.name if topic else key


def _course(transcript: Transcript, record: TrainingRecord) -> list[str]:
    certificate = transcript.certificates.get(record.run_id)
    return [
        record.course_title,
        record.run.code,
        f"{record.day:%d/%m/%Y}",
        f"{written_hours(record.attended_minutes)} / {written_hours(record.planned_minutes)}",
        _result(record),
        certificate.number if certificate else "",
        codes.written(certificate.code) if certificate else "",
    ]


def _elsewhere(training: OutsideTraining) -> list[str]:
    first, last = training.from_day, training.to_day
    days = f"{last:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    return [
        training.title,
        training.provider,
        days,
        written_hours(training.minutes),
        f"{local_day(training.changed_at):%d/%m/%Y}",
    ]


def _result(record: TrainingRecord) -> str:
    if record.completed:
        return "Hoàn thành"
    return "Có dự, chưa hoàn thành" if record.counts else "Dự chưa đủ"
