"""Materials of the demo club: a handout, a link and pages, where somebody looks first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO

from club import clock
from club.db import db
from club.demo.runs import DemoRun, Part
from club.documents.pdf import pdf
from club.files.models import StoredFile
from club.files.receiving import add_file, receive
from club.materials.models import (
    Material,
    MaterialDownloads,
    MaterialKind,
    MaterialVersion,
    Visibility,
)

_NOTICE = "Tài liệu minh họa, nội dung do máy đặt ra. Made up for the demonstration."
_BEFORE = (
    "## Mang theo gì\n\n"
    "- Ảnh một góc làm việc của tổ mình, chụp trước khi dọn.\n"
    "- **Một việc phải chờ** trong tuần, và chờ bao lâu.\n"
    "- Bút và sổ tay.\n\n"
    "*Nội dung minh họa.*"
)
_AFTER = (
    "## Việc nên làm trong 30 ngày\n\n"
    "1. Chọn một khu vực nhỏ.\n2. Đo trước khi đổi.\n3. Đổi một thứ mỗi lần.\n4. Đo lại.\n\n"
    "*Nội dung minh họa.*"
)


def publish_materials(runs: dict[Part, DemoRun], *, by: int, now: datetime) -> None:
    """``runs``: one of each part. Nobody is written to: these things happened before."""
    lots = [_Lot(runs[part], by, now) for part in Part if part in runs]
    for lot in lots:
        if lot.run.part in {Part.PAST, Part.RUNNING, Part.FULL}:
            lot.add_handout(has_second_version=lot.run.part is not Part.FULL)
            lot.add_page("Chuẩn bị trước khi đến lớp", Visibility.EVERYBODY, _BEFORE)
            lot.add_page("Sau lớp học: 30 ngày đầu", Visibility.PARTICIPANTS_AFTER, _AFTER)
        elif lot.run.part is Part.OPEN:
            lot.add_page("Chuẩn bị trước khi đến lớp", Visibility.EVERYBODY, _BEFORE)
            lot.add_link_for_the_course()


@dataclass
class _Lot:
    """The materials of one run, in order."""

    run: DemoRun
    by: int
    now: datetime
    position: int = 0

    def add_handout(self, *, has_second_version: bool) -> None:
        handout = self._material("Tài liệu học viên", MaterialKind.FILE, Visibility.PARTICIPANTS)
        first = self._version(handout, 1, file=self._file("Bản đầu"))
        db.session.flush()
        day = clock.local_day(first.published_at)
        db.session.add(MaterialDownloads(version_id=first.id, day=day, downloads=14))
        if has_second_version:
            handout.version = 2
            note = "Thêm bài tập ở phần 2."
            self._version(handout, 2, file=self._file("Bản 2, thêm bài tập"), note=note)

    def add_page(self, title: str, visibility: Visibility, body: str) -> None:
        self._version(self._material(title, MaterialKind.PAGE, visibility), 1, body=body)

    def add_link_for_the_course(self) -> None:
        material = self._material(
            "Phim ngắn để xem trước (minh họa)", MaterialKind.LINK, Visibility.MEMBERS
        )
        material.run_id, material.course_id = None, self.run.course.id
        self._version(material, 1, link="https://phim.example/demo")

    def _material(self, title: str, kind: MaterialKind, visibility: Visibility) -> Material:
        self.position += 1
        material = Material(
            run_id=self.run.id,
            kind=kind,
            title=title,
            visibility=visibility,
            position=self.position,
            version=1,
            created_at=self._published_at(1),
        )
        db.session.add(material)
        return material

    def _version(
        self,
        material: Material,
        number: int,
        *,
        note: str | None = None,
        file: StoredFile | None = None,
        link: str | None = None,
        body: str | None = None,
    ) -> MaterialVersion:
        version = MaterialVersion(
            material=material,
            number=number,
            note=note,
            file=file,
            link=link,
            body=body,
            published_at=self._published_at(number),
            published_by_id=self.by,
        )
        db.session.add(version)
        return version

    def _file(self, edition: str) -> StoredFile:
        course = self.run.course
        said = {
            "title": f"Tài liệu học viên: {course.title}",
            "course": f"{self.run.code} · {edition}",
            "author": "Câu lạc bộ minh họa",
            "points": course.outline or ["Nội dung của khóa học chưa được chốt."],
            "notice": _NOTICE,
        }
        made = pdf("demo/handout.typ", said, made_at=self.now)
        received = receive(BytesIO(made), name=f"Tài liệu học viên – {course.title}.pdf")
        return add_file(received, by=self.by, now=self._published_at(1))

    def _published_at(self, number: int) -> datetime:
        begin = min(self.run.sessions[0].starts_at, self.now)
        return begin - timedelta(days=4 - number)
