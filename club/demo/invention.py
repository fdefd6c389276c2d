"""Invented people and firms. The word Demo in every name keeps them from being taken for real."""

import random
from datetime import date

from club.people.models import AudienceKind, JobGroup, Sex

_FAMILIES = (
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Huỳnh",
    "Hoàng",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
)
_WOMEN = (
    "Hạnh",
    "Lan",
    "Mai",
    "Hương",
    "Thảo",
    "Ngọc",
    "Trang",
    "Yến",
    "Oanh",
    "Ánh",
    "Dung",
    "Phượng",
    "Quỳnh",
    "Thủy",
    "Vân",
    "Xuân",
    "Châu",
    "Diệp",
    "Giang",
    "Hòa",
)
_MEN = (
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Đức",
    "Hải",
    "Hùng",
    "Khoa",
    "Long",
    "Minh",
    "Nam",
    "Phong",
    "Quân",
    "Sơn",
    "Tài",
    "Thắng",
    "Tuấn",
    "Việt",
    "Ân",
)
_POSITIONS = {
    JobGroup.WORKERS: ("công nhân", "tổ trưởng", "chuyền trưởng"),
    JobGroup.MANAGERS: ("quản đốc", "kỹ sư", "trưởng phòng sản xuất"),
    JobGroup.OFFICE: ("kế toán", "nhân sự", "văn phòng"),
    JobGroup.OFFICIALS: ("chuyên viên", "công chức"),
}
#: Sector key and how a firm of that sector is called.
FIRMS = (
    ("garment", "May"), ("footwear", "Giày da"), ("wood", "Gỗ nội thất"), ("ceramics", "Gốm sứ"),
    ("plastics", "Nhựa"), ("metal", "Cơ khí"), ("electronics", "Điện tử"), ("food", "Thực phẩm"),
    ("printing_packaging", "Bao bì"), ("chemicals", "Hóa chất"),
)  # fmt: skip


class Invention:
    """Draws names and facts from a seed: the same seed, the same club."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  not for secrets

    def sex(self) -> Sex:
        return self.chance.choices([Sex.FEMALE, Sex.MALE, Sex.NOT_STATED], weights=[48, 46, 6])[0]

    def name(self, sex: Sex) -> str:
        given = _MEN if sex is Sex.MALE else _WOMEN if sex is Sex.FEMALE else _MEN + _WOMEN
        return f"{self.chance.choice(_FAMILIES)} Demo {self.chance.choice(given)}"

    def birth_year(self, today: date) -> int | None:
        return today.year - self.chance.randint(21, 58) if self.chance.random() < 0.7 else None

    def job_group(self, kind: AudienceKind) -> JobGroup:
        if kind is AudienceKind.STATE_AGENCY:
            return JobGroup.OFFICIALS
        groups = [JobGroup.WORKERS, JobGroup.MANAGERS, JobGroup.OFFICE]
        return self.chance.choices(groups, weights=[55, 28, 17])[0]

    def position(self, group: JobGroup) -> str:
        return self.chance.choice(_POSITIONS[group])

    def phone(self, number: int) -> str:
        """Numbers of one invented block; the site sends no messages to phones."""
        return f"+8490{number % 10_000_000:07d}"
