"""The sentences that say what changed, for letters and pages alike."""

from flask import current_app
from flask_babel import gettext

from club.courses.differences import RunDifference, SessionChange, SessionChangeKind
from club.courses.models import RunForm
from club.courses.versions import Place, SessionDescription
from club.web.language import said, wall_clock, weekday_day


def sentences(news: RunDifference) -> list[str]:
    """In the language of the present locale, the most important first."""
    found = [_of_session(change) for change in news.sessions]
    if news.form:
        found.append(
            gettext(
                "Form: %(after)s (before: %(before)s)",
                after=_form(news.form.after),
                before=_form(news.form.before),
            )
        )
    if news.place:
        after, before = _place(news.place.after), _place(news.place.before)
        found.append(gettext("Place: %(after)s (before: %(before)s)", after=after, before=before))
    if news.has_other_link:
        found.append(gettext("The online room has a new address: see the page of the class."))
    if news.trainers:
        found.append(
            gettext(
                "Trainer: %(after)s (before: %(before)s)",
                after=_names(news.trainers.after),
                before=_names(news.trainers.before),
            )
        )
    return found


def _of_session(change: SessionChange) -> str:
    title = change.after.title or gettext("Session")
    if change.kind is SessionChangeKind.CANCELLED:
        assert change.before
        return str(
            gettext(
                "%(title)s: cancelled (was %(before)s)", title=title, before=_when(change.before)
            )
        )
    if change.kind is SessionChangeKind.ADDED or change.before is None:
        return str(
            gettext(
                "%(title)s: added, %(after)s",
                title=title,
                after=_when(change.after, place=bool(change.after.place)),
            )
        )
    moved_place = change.before.place != change.after.place
    return str(
        gettext(
            "%(title)s: now %(after)s (before: %(before)s)",
            title=title,
            after=_when(change.after, place=moved_place),
            before=_when(change.before, place=moved_place),
        )
    )


def _when(meeting: SessionDescription, *, place: bool = False) -> str:
    hours = f"{wall_clock(meeting.starts_at)} – {wall_clock(meeting.ends_at)}"
    parts = [weekday_day(meeting.starts_at), hours]
    if place:
        parts.append(meeting.place or gettext("where the class meets"))
    return ", ".join(parts)


def _place(place: Place) -> str:
    parts = [place.room, place.host, said(place.ward, place.ward_en)]
    return ", ".join(part for part in parts if part) or gettext("not stated")


def _names(trainers: dict[int, str]) -> str:
    return ", ".join(trainers.values()) or gettext("nobody yet")


def _form(form: RunForm) -> str:
    return str(current_app.extensions["club.labels"][form])
