"""How figures are written on Vietnamese papers, whoever asks for them."""

from decimal import Decimal

from babel.numbers import format_decimal

from club.hours import hours_of

#: What a transcript is called; its file says so in its description too.
TRANSCRIPT_TITLE = "Bản trích hồ sơ đào tạo"


def written_hours(minutes: int) -> str:
    """``7``, ``7,5``, ``0,33``, ``1.250``."""
    return str(format_decimal(hours_of(minutes), format="#,##0.##", locale="vi"))


def written_points(points: Decimal) -> str:
    """With at most two decimals: ``85``, ``7,25``."""
    return str(format_decimal(points, format="#,##0.##", locale="vi"))
