"""The desks of those who work for the club, and whom they open to."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from flask_login import current_user

from club.web.layout import DeskLink


@dataclass(frozen=True)
class Desk:
    roles: frozenset[str]
    endpoint: str
    label: LazyString


DESKS: list[Desk] = [
    Desk(
        frozenset({"coordinator", "administrator"}),
        "courses_office.desk",
        lazy_gettext("Courses and classes"),
    ),
    Desk(
        frozenset({"trainer", "coordinator", "administrator"}),
        "records.teaching_desk",
        lazy_gettext("Teaching"),
    ),
    Desk(
        frozenset({"coordinator", "administrator"}),
        "records.outside_desk",
        lazy_gettext("Training taken elsewhere"),
    ),
    Desk(
        frozenset({"coordinator", "administrator"}),
        "records.import_desk",
        lazy_gettext("Training of earlier years"),
    ),
    Desk(
        frozenset({"coordinator", "administrator"}),
        "records.averages",
        lazy_gettext("What classes come to"),
    ),
    Desk(
        frozenset({"coordinator", "official", "administrator"}),
        "registration.demand_page",
        lazy_gettext("What people want to learn"),
    ),
    Desk(frozenset({"coordinator", "administrator"}), "members.desk", lazy_gettext("Members")),
    Desk(
        frozenset({"official", "coordinator", "reporting_officer", "administrator"}),
        "statistics.trainees",
        lazy_gettext("Trainee figures"),
    ),
    Desk(
        frozenset({"coordinator", "official", "administrator"}),
        "certification.desk",
        lazy_gettext("Expert certificates"),
    ),
    Desk(frozenset({"assessor"}), "certification.waiting", lazy_gettext("Certificates to check")),
    Desk(
        frozenset({"coordinator", "official", "administrator"}),
        "pilots.desk",
        lazy_gettext("Pilot projects"),
    ),
    Desk(
        frozenset({"coordinator", "official", "administrator"}),
        "plan.desk",
        lazy_gettext("Targets and values"),
    ),
    Desk(
        frozenset({"coordinator", "administrator"}),
        "privacy.desk",
        lazy_gettext("Requests about personal data"),
    ),
    Desk(
        frozenset({"coordinator", "administrator"}), "outbox.letter_list", lazy_gettext("Letters")
    ),
    Desk(frozenset({"coordinator", "administrator"}), "units.desk", lazy_gettext("Units")),
    Desk(frozenset({"administrator"}), "identity.history", lazy_gettext("Name and contact")),
    Desk(frozenset({"administrator"}), "accounts.account_list", lazy_gettext("Accounts")),
    Desk(
        frozenset({"official", "administrator"}),
        "audit.entry_list",
        lazy_gettext("Log of decisions"),
    ),
]


def desk_links() -> list[DeskLink]:
    """The desks that the signed-in person's roles open, in the order of a working day."""
    if not current_user.is_authenticated:
        return []
    held = {role.name for role in current_user.roles}
    return [
        DeskLink(label=str(desk.label), href=url_for(desk.endpoint))
        for desk in DESKS
        if held & desk.roles
    ]
