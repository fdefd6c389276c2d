"""Courses and runs for search engines: schema.org ``Course`` and ``CourseInstance``."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from club import clock
from club.courses.models import Course, Run, RunForm, RunState
from club.courses.run_lists import RunRow
from club.courses.standing import RunStanding, standing_of
from club.web.language import said

_MODES = {
    RunForm.IN_PERSON: "Onsite",
    RunForm.IN_COMPANY: "Onsite",
    RunForm.ONLINE: "Online",
    RunForm.BLENDED: "Blended",
}
_ATTENDANCE = {
    "Onsite": "https://schema.org/OfflineEventAttendanceMode",
    "Online": "https://schema.org/OnlineEventAttendanceMode",
    "Blended": "https://schema.org/MixedEventAttendanceMode",
}


def course_data(course: Course, runs: Iterable[RunRow], *, site: str, club: str) -> dict[str, Any]:
    """A ``Course`` with its upcoming instances; ``club`` is who offers it."""
    return _filled(
        {
            "@context": "https://schema.org",
            **_course(course, site=site, club=club),
            "about": said(course.topic.name, course.topic.name_en),
            "teaches": [said(*pair) for pair in _pairs(course.outline, course.outline_en)],
            "hasCourseInstance": [_listed_run(run, site=site) for run in runs],
        }
    )


def run_data(run: Run, *, site: str, club: str, now: datetime) -> dict[str, Any]:
    """A ``CourseInstance``. The link to an online room is never in it."""
    mode, standing = _MODES[run.form], standing_of(run, now=now)
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "CourseInstance",
            "name": said(run.course.title, run.course.title_en),
            "description": said(run.course.summary, run.course.summary_en),
            "url": f"{site}/runs/{run.code}",
            "identifier": run.code,
            "courseMode": mode,
            "eventAttendanceMode": _ATTENDANCE[mode],
            "eventStatus": _status(run.state),
            "startDate": run.starts_at and clock.local(run.starts_at).isoformat(),
            "endDate": run.ends_at and clock.local(run.ends_at).isoformat(),
            "courseWorkload": f"PT{run.planned_minutes}M" if run.planned_minutes else None,
            "location": _location(run, site=site),
            "instructor": [_person(trainer.person.full_name) for trainer in run.trainers],
            "organizer": {"@type": "Organization", "name": club, "url": f"{site}/"},
            "maximumAttendeeCapacity": run.seats,
            "remainingAttendeeCapacity": run.places_free,
            "isAccessibleForFree": run.price_vnd == 0,
            "offers": _offer(run, site=site, standing=standing),
            "about": _course(run.course, site=site, club=club),
        }
    )


def _course(course: Course, *, site: str, club: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "Course",
            "name": said(course.title, course.title_en),
            "description": said(course.summary, course.summary_en),
            "courseCode": course.code,
            "url": f"{site}/courses/{course.slug}",
            "provider": {"@type": "Organization", "name": club, "url": f"{site}/"},
        }
    )


def _listed_run(run: RunRow, *, site: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "CourseInstance",
            "url": f"{site}/runs/{run.code}",
            "courseMode": _MODES[run.form],
            "eventStatus": _status(run.state),
            "startDate": run.starts_at and clock.local(run.starts_at).isoformat(),
            "endDate": run.ends_at and clock.local(run.ends_at).isoformat(),
        }
    )


def _status(state: RunState) -> str:
    return f"https://schema.org/Event{'Cancelled' if state is RunState.CANCELLED else 'Scheduled'}"


def _location(run: Run, *, site: str) -> dict[str, Any] | None:
    if run.form is RunForm.ONLINE:
        return {"@type": "VirtualLocation", "url": f"{site}/runs/{run.code}"}
    ward = said(run.ward.name, run.ward.name_en) if run.ward else None
    name = run.place or (run.host.name if run.host else None) or ward
    return _filled({"@type": "Place", "name": name, "address": ward}) if name else None


def _offer(run: Run, *, site: str, standing: RunStanding) -> dict[str, Any] | None:
    """Nothing is offered of a class that nobody can register for any more, or not yet."""
    if not standing.takes_registrations:
        return None
    is_full = standing is RunStanding.FULL
    return {
        "@type": "Offer",
        "price": run.price_vnd,
        "priceCurrency": "VND",
        "url": f"{site}/runs/{run.code}",
        "availability": f"https://schema.org/{'SoldOut' if is_full else 'InStock'}",
    }


def _person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def _pairs(vietnamese: list[str], english: list[str]) -> Iterable[tuple[str, str | None]]:
    padding = [None] * (len(vietnamese) - len(english))
    return zip(vietnamese, [*english[: len(vietnamese)], *padding], strict=True)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [])}
