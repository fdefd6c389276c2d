"""Entries of the log about pages that were opened, in words for the person they are about: when,
in which role, what, and what for. Who it was stays in the club's log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from club.audit.models import LIST_SAVED, AuditEntry
from club.audit.reading import read

#: Why somebody of the club opens such a page, by the kind of thing it is about.
PURPOSES: dict[str, LazyString] = {
    "appeal": lazy_gettext("Deciding about an appeal"),
    "assessor_task": lazy_gettext("Judging what you handed in for a level"),
    "award_certificate": lazy_gettext("Issuing and checking certificates"),
    "candidate": lazy_gettext("Deciding about expert certification"),
    "complaint": lazy_gettext("Looking into a complaint"),
    "completion_certificate": lazy_gettext("Issuing and checking certificates"),
    "evidence": lazy_gettext("Looking at papers that you handed in"),
    "expert_certificate": lazy_gettext("Checking expert certificates"),
    "report": lazy_gettext("Answering for the figures of a report"),
    "expert_figures": lazy_gettext("Answering for how many experts there are"),
    "trainee_figures": lazy_gettext("Answering for how many people were trained"),
    "unused_places": lazy_gettext("Answering for how the places in classes were used"),
    "help_request": lazy_gettext("Seeing to it that requests for an expert's help are answered"),
    "letter": lazy_gettext("Seeing to it that letters arrive"),
    "member_question": lazy_gettext("Answering what members ask"),
    "membership": lazy_gettext("Keeping the list of members"),
    "membership_application": lazy_gettext("Deciding about an application"),
    "organisation": lazy_gettext("Keeping the training records of an organisation"),
    "outside_training": lazy_gettext("Checking training taken elsewhere"),
    "person": lazy_gettext("Looking after accounts, roles, and people entered twice"),
    "person_merge": lazy_gettext("Seeing to it that nobody is entered twice"),
    "privacy_request": lazy_gettext("Deciding about your requests"),
    "registration": lazy_gettext("Giving out places in a class"),
    "scheme_trial": lazy_gettext("Trying out what a scheme of certification asks for"),
    "run": lazy_gettext("Preparing and holding a class"),
}


@dataclass(frozen=True)
class Look:
    at: datetime
    role: str
    what: str
    purpose: str


def looked_at(entries: Sequence[AuditEntry]) -> list[Look]:
    return [
        Look(
            told.at,
            role=next((line.text for line in told.lines if line.key == "acting_as"), ""),
            what=_what(entry, told.kind, told.subject),
            purpose=str(PURPOSES.get(entry.subject_kind, "")),
        )
        for entry, told in zip(entries, read(entries), strict=True)
    ]


def _what(entry: AuditEntry, kind: str, subject: str) -> str:
    if entry.action == LIST_SAVED:
        return str(gettext("List of people: %(thing)s", thing=subject))
    return f"{kind}: {subject}"
