"""How figures are written on Vietnamese papers, whoever asks for them."""

from decimal import Decimal

from babel.numbers import format_decimal

#: What a transcript is called; its file says so in its description too.
TRANSCRIPT_TITLE = "Bản trích hồ sơ đào tạo"


def written_hours(minutes: int) -> str:
    """Hours with at most one decimal: ``7``, ``7,5``, ``1.250``."""
    hours = (Decimal(minutes) / 60).quantize(Decimal("0.1"))
    return str(format_decimal(hours, format="#,##0.#", locale="vi"))


def written_points(points: Decimal) -> str:
    """With at most two decimals: ``85``, ``7,25``."""
    return str(format_decimal(points, format="#,##0.##", locale="vi"))
