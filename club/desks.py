"""The desks of those who work for the club, and whom they open to."""

from functools import lru_cache

from flask import request, url_for
from flask_babel import get_locale, lazy_gettext
from flask_login import current_user

from club.web.desks import Desk, Field
from club.web.layout import DeskLink

_KEEPERS = frozenset({"coordinator", "administrator"})
_READERS = _KEEPERS | {"official"}
_ADMINISTRATOR = frozenset({"administrator"})

DESKS: list[Desk] = [
    Desk(
        _KEEPERS,
        "home.today",
        lazy_gettext("Today"),
        Field.TRAINING,
        lazy_gettext("What needs a decision, from all desks in one list."),
        daily=True,
    ),
    Desk(
        _KEEPERS,
        "courses_office.desk",
        lazy_gettext("Courses and classes"),
        Field.TRAINING,
        lazy_gettext("Plan classes, publish them, and look after who comes."),
        daily=True,
    ),
    Desk(
        _KEEPERS | {"trainer"},
        "records.teaching_desk",
        lazy_gettext("Teaching"),
        Field.TRAINING,
        lazy_gettext("Take attendance, enter results, and close classes."),
        daily=True,
    ),
    Desk(
        _READERS,
        "registration.demand_page",
        lazy_gettext("What people want to learn"),
        Field.TRAINING,
        lazy_gettext("Who waits for which course, or asked to be told of it."),
    ),
    Desk(
        _KEEPERS,
        "records.averages",
        lazy_gettext("What classes come to"),
        Field.TRAINING,
        lazy_gettext("What people thought of classes and trainers, and what they learned."),
    ),
    Desk(
        _KEEPERS,
        "records.outside_desk",
        lazy_gettext("Training taken elsewhere"),
        Field.TRAINING,
        lazy_gettext("Check the evidence that people hand in."),
    ),
    Desk(
        _KEEPERS,
        "records.import_desk",
        lazy_gettext("Training of earlier years"),
        Field.TRAINING,
        lazy_gettext("Bring in lists of classes from before this site."),
    ),
    Desk(
        _KEEPERS,
        "members.desk",
        lazy_gettext("Members"),
        Field.PEOPLE,
        lazy_gettext("Decide about applications, and see who belongs to the club."),
        daily=True,
    ),
    Desk(
        _KEEPERS,
        "merging.desk",
        lazy_gettext("People entered twice"),
        Field.PEOPLE,
        lazy_gettext("See who may be one person, put two entries together, and undo it."),
    ),
    Desk(
        _KEEPERS,
        "privacy.desk",
        lazy_gettext("Requests about personal data"),
        Field.PEOPLE,
        lazy_gettext("Answer within the days that the decree gives."),
    ),
    Desk(
        _KEEPERS,
        "outbox.letter_list",
        lazy_gettext("Letters"),
        Field.PEOPLE,
        lazy_gettext("What was sent, what waits, and what could not be delivered."),
    ),
    Desk(
        _KEEPERS,
        "help_requests.desk",
        lazy_gettext("Requests for help"),
        Field.PEOPLE,
        lazy_gettext("Who asks experts for help, and who waits for the club to find one."),
    ),
    Desk(
        _KEEPERS | {"trainer"},
        "knowledge_editing.desk",
        lazy_gettext("Texts of the library"),
        Field.SITE,
        lazy_gettext("Write cases, tools' pages and articles, look them over and publish them."),
    ),
    Desk(
        _KEEPERS,
        "questions.desk",
        lazy_gettext("Questions of members"),
        Field.PEOPLE,
        lazy_gettext("Answer what members ask, and publish what helps others too."),
    ),
    Desk(
        frozenset({"trainer"}),
        "questions.drafts",
        lazy_gettext("Answers to draft"),
        Field.TRAINING,
        lazy_gettext("Questions of members that the club asks you to answer."),
    ),
    Desk(
        _READERS,
        "dashboard.page",
        lazy_gettext("Dashboard"),
        Field.PLAN,
        lazy_gettext("A period on one page: trainees, seats, experts and pilot projects."),
        daily=True,
    ),
    Desk(
        _READERS | {"reporting_officer"},
        "statistics.trainees",
        lazy_gettext("Trainee figures"),
        Field.PLAN,
        lazy_gettext("Turns and people by period, kind, topic and ward."),
    ),
    Desk(
        _READERS,
        "elsewhere.reported",
        lazy_gettext("Training reported by others"),
        Field.PLAN,
        lazy_gettext("Sums that departments and partners report, apart from the club's figures."),
    ),
    Desk(
        _READERS,
        "reports.desk",
        lazy_gettext("Reports"),
        Field.PLAN,
        lazy_gettext("Draft, check and freeze the figures of a period, and send them out."),
        daily=True,
    ),
    Desk(
        frozenset({"coordinator", "official"}),
        "department_reports.desk",
        lazy_gettext("Reports of departments"),
        Field.PLAN,
        lazy_gettext("Ask units for reports, see who is late, return and accept."),
    ),
    Desk(
        frozenset({"reporting_officer"}),
        "reporting.desk",
        lazy_gettext("Reports of my unit"),
        Field.PLAN,
        lazy_gettext("What your unit is asked to report, and until when."),
        daily=True,
    ),
    Desk(
        _READERS,
        "certification.desk",
        lazy_gettext("Expert certificates"),
        Field.PLAN,
        lazy_gettext("Certificates that other bodies issued to people of the club."),
        daily=True,
    ),
    Desk(
        _READERS,
        "certification_figures.figures",
        lazy_gettext("Certified experts and candidates"),
        Field.PLAN,
        lazy_gettext("How many experts count on a day, and how far candidates have come."),
    ),
    Desk(
        _KEEPERS,
        "schemes.desk",
        lazy_gettext("Schemes of certification"),
        Field.PLAN,
        lazy_gettext("What candidates for a certificate must bring, version by version."),
    ),
    Desk(
        _KEEPERS,
        "candidacies.candidates",
        lazy_gettext("Candidates for expert certification"),
        Field.PLAN,
        lazy_gettext("Who is on the way to which level, and what waits for you."),
    ),
    Desk(
        _KEEPERS,
        "objections.desk",
        lazy_gettext("Appeals and complaints"),
        Field.PLAN,
        lazy_gettext("Who does not accept a decision, and by when the club answers."),
    ),
    Desk(
        frozenset({"assessor"}),
        "assessment.desk",
        lazy_gettext("Assessments"),
        Field.PLAN,
        lazy_gettext("Candidates whose evidence the club asks you to judge."),
        daily=True,
    ),
    Desk(
        frozenset({"assessor"}),
        "certification.waiting",
        lazy_gettext("Certificates to check"),
        Field.PLAN,
        lazy_gettext("Certificates that wait for your check."),
        daily=True,
    ),
    Desk(
        _READERS,
        "pilots.desk",
        lazy_gettext("Pilot projects"),
        Field.PLAN,
        lazy_gettext("Enterprises of the plan, and how far each has come."),
    ),
    Desk(
        _READERS,
        "plan.desk",
        lazy_gettext("Targets and values"),
        Field.PLAN,
        lazy_gettext("Targets of the plan, and the published values behind them."),
        daily=True,
    ),
    Desk(
        _KEEPERS,
        "searches.desk",
        lazy_gettext("What people search for"),
        Field.SITE,
        lazy_gettext("What nobody finds, and the answers that you put first."),
    ),
    Desk(
        _KEEPERS,
        "units.desk",
        lazy_gettext("Units"),
        Field.SITE,
        lazy_gettext("Wards and departments, with what came before and after them."),
    ),
    Desk(
        _ADMINISTRATOR,
        "identity.history",
        lazy_gettext("Name and contact"),
        Field.SITE,
        lazy_gettext("How the club is called and reached, from which day on."),
    ),
    Desk(
        _ADMINISTRATOR,
        "accounts.account_list",
        lazy_gettext("Accounts"),
        Field.SITE,
        lazy_gettext("Who can sign in, and in which roles."),
    ),
    Desk(
        _ADMINISTRATOR | {"official"},
        "audit.entry_list",
        lazy_gettext("Log of decisions"),
        Field.SITE,
        lazy_gettext("Who decided what, when and why."),
    ),
]


def desk_links() -> list[DeskLink]:
    """The desks that the signed-in person's roles open, field by field."""
    if not current_user.is_authenticated:
        return []
    held = frozenset(str(role.name) for role in current_user.roles)
    return list(_links_for(held, str(get_locale()), request.root_path))


@lru_cache(maxsize=256)
def _links_for(held: frozenset[str], _language: str, _root: str) -> tuple[DeskLink, ...]:
    """In the language of the moment: every page asks for them."""
    return tuple(
        DeskLink(
            label=str(desk.label),
            href=url_for(desk.endpoint),
            field=str(desk.field.value),
            about=str(desk.about),
            daily=desk.daily,
        )
        for field in Field
        for desk in DESKS
        if desk.field is field and held & desk.roles
    )
