"""Who issues certificates: the club under its name of the day."""

from datetime import date

from club.identity.queries import club_profile_on

_NAMELESS_CLUB = ("Câu lạc bộ cải tiến năng suất", "Productivity improvement club")


def name_on_the_key(day: date) -> str:
    """Short, since a key has room for few letters."""
    profile = club_profile_on(day)
    return f"Câu lạc bộ {profile.short_name}" if profile else _NAMELESS_CLUB[0]


def issuer_on(day: date) -> tuple[str, str]:
    """The club's name as it is on ``day``, in Vietnamese and English."""
    profile = club_profile_on(day)
    return (profile.name, profile.name_en) if profile else _NAMELESS_CLUB
