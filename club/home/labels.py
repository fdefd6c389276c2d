"""What each errand is called, and where it is done."""

from flask_babel import lazy_gettext

from club.home.queries import Errand, Waiting
from club.web.layout import Labels

LABELS: Labels = {
    Errand.CLOSE_RUN: lazy_gettext("A class is over and not closed"),
    Errand.DECIDE_PLACES: lazy_gettext("Requests for a place in a class"),
    Errand.OFFERS_END: lazy_gettext("Offered places that run out within a day"),
    Errand.APPLICATIONS: lazy_gettext("Applications for membership"),
    Errand.PRIVACY: lazy_gettext("Requests about personal data"),
    Errand.APPEALS: lazy_gettext("Appeals against decisions"),
    Errand.COMPLAINTS: lazy_gettext("Complaints"),
    Errand.CANDIDATES: lazy_gettext("Candidates who wait for the club"),
    Errand.CERTIFICATES: lazy_gettext("Expert certificates to check"),
    Errand.HELP: lazy_gettext("Requests for help that the club looks for an expert for"),
    Errand.OUTSIDE: lazy_gettext("Training taken elsewhere, to check"),
    Errand.PILOT_PARTS: lazy_gettext("People in pilot projects, to confirm"),
    Errand.QUESTIONS: lazy_gettext("Questions of members"),
    Errand.TEXTS: lazy_gettext("Texts to look over"),
    Errand.TEXTS_DUE: lazy_gettext("Texts to check again"),
    Errand.LETTERS: lazy_gettext("Letters that could not be delivered"),
    Errand.REPORTS_CHECK: lazy_gettext("Drafts of reports, to check"),
    Errand.REPORTS_FREEZE: lazy_gettext("Checked reports whose period is over, to freeze"),
    Errand.DEPARTMENTS_LATE: lazy_gettext("Reports of departments that are late"),
    Errand.DEPARTMENTS_CHECK: lazy_gettext("Reports of departments, to look at"),
}
_DESKS = {
    Errand.APPLICATIONS: "/office/members",
    Errand.PRIVACY: "/office/privacy",
    Errand.APPEALS: "/office/certification/objections",
    Errand.COMPLAINTS: "/office/certification/objections",
    Errand.CANDIDATES: "/office/certification/candidates?waits_for=coordinator",
    Errand.CERTIFICATES: "/office/certification",
    Errand.HELP: "/office/certification/help-requests",
    Errand.OUTSIDE: "/office/outside-training",
    Errand.PILOT_PARTS: "/office/pilots",
    Errand.QUESTIONS: "/office/knowledge/questions",
    Errand.TEXTS: "/office/knowledge/",
    Errand.TEXTS_DUE: "/office/knowledge/",
    Errand.LETTERS: "/office/letters",
    Errand.REPORTS_CHECK: "/office/reports",
    Errand.REPORTS_FREEZE: "/office/reports",
    Errand.DEPARTMENTS_LATE: "/office/department-reports",
    Errand.DEPARTMENTS_CHECK: "/office/department-reports",
}
_OF_A_RUN = {
    Errand.CLOSE_RUN: "/teaching/runs/{}/closing",
    Errand.DECIDE_PLACES: "/office/runs/{}/requests",
    Errand.OFFERS_END: "/office/runs/{}/registrations",
}


def place_of(waiting: Waiting) -> str:
    """Where somebody does something about it."""
    if waiting.run:
        return _OF_A_RUN[waiting.errand].format(waiting.run)
    return _DESKS[waiting.errand]
