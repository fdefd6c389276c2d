"""What a person's own page shows of this room: the next session, and the classes ahead."""

from datetime import datetime

from club.registration import queries
from club.registration.rules.leaving import is_ahead
from club.web.me_panels import MePanel, PanelPlace


def next_session_panel(person_id: int, now: datetime) -> MePanel | None:
    """One sentence under the greeting: when the person is expected next."""
    session = queries.next_session_of(person_id, now=now)
    if session is None:
        return None
    return MePanel(PanelPlace.LEAD, "registration/_me_next.html", {"session": session})


def classes_panel(person_id: int, now: datetime) -> MePanel:
    rows = queries.registrations_of(person_id, now=now)
    ahead = [row for row in rows if is_ahead(row.registration, at=now)]
    return MePanel(
        PanelPlace.MAIN,
        "registration/_me_classes.html",
        {"ahead": ahead, "has_more": len(ahead) < len(rows)},
    )
