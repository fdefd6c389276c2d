"""What the head and the foot of every page say of the club."""

from datetime import date

from flask import url_for
from flask_babel import get_locale, gettext

from club import clock
from club.demo.queries import profile_and_is_demo
from club.web.cache import kept
from club.web.language import said
from club.web.layout import ClubFacts


def club_facts() -> ClubFacts:
    """The club's profile of today in the reader's language, at most some seconds old."""
    today = clock.today()
    return kept(f"club_facts {get_locale()} {today}", lambda: _club_facts(today))


def _club_facts(today: date) -> ClubFacts:
    profile, invented = profile_and_is_demo(today)
    if profile is None:
        name = gettext("Productivity improvement club")
        return ClubFacts("", name, name, "", "", None, None, None, invented)
    owner = profile.owner
    return ClubFacts(
        name_kicker=gettext("Club"),
        name=said(profile.short_name, profile.short_name_en),
        full_name=said(profile.name, profile.name_en),
        founding_text=said(profile.founding_text, profile.founding_text_en),
        owner_name=said(owner.name, owner.name_en) if owner and owner.exists_on(today) else "",
        contact_email=profile.contact_email,
        contact_phone=profile.contact_phone,
        contact_address=profile.contact_address,
        is_demo=invented,
        logo=url_for("identity.logo", profile_id=profile.id) if profile.logo_id else None,
    )
